package io.github.miaudit.djl;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.miaudit.AuditException;
import io.github.miaudit.likelihood.MaskingRule;
import io.github.miaudit.likelihood.SequenceScore;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every token's log-probability against Hugging Face transformers and minicons. */
class GoldenValuesTest {

    private static final double TOLERANCE = 1e-4;

    static Stream<MaskingRule> rules() {
        return Stream.of(MaskingRule.original(), MaskingRule.withinWordLeftToRight(), MaskingRule.maskless());
    }

    @ParameterizedTest
    @MethodSource("rules")
    void everyTokenLogProbabilityIsTheReferences(MaskingRule rule) {
        List<Golden.Sentence> sentences = Golden.plainSentences();
        assertTrue(sentences.size() > 40, "golden sentences");
        try (MaskedLmScorer scorer = MaskedLmScorer.open(Golden.FOLDER)) {
            List<SequenceScore> scores = scorer.score(sentences.stream().map(Golden.Sentence::sample).toList(), rule);
            for (int index = 0; index < sentences.size(); index++) {
                Golden.Sentence expected = sentences.get(index);
                assertEquals(expected.sample().id(), scores.get(index).id());
                assertArrayEquals(expected.contentIds(), scores.get(index).tokenIds(), expected.sample().id());
                assertArrayEquals(expected.logLikelihoods(rule), scores.get(index).logLikelihoods(), TOLERANCE, expected.sample().id());
            }
        }
    }

    @Test
    void aSentenceBeyondTheModelsLengthIsRefusedByIdAndLength() {
        Golden.Sentence tooLong = Golden.sentences().stream().filter(Golden.Sentence::truncated).findFirst().orElseThrow();
        try (MaskedLmScorer scorer = MaskedLmScorer.open(Golden.FOLDER)) {
            AuditException error = assertThrows(AuditException.class,
                    () -> scorer.score(List.of(tooLong.sample()), MaskingRule.maskless()));
            assertTrue(error.getMessage().startsWith("sentence s42 has 129 tokens with the special ones, more than the 128"), error.getMessage());
        }
    }

    @Test
    void anEmptySentenceHasNoScore() {
        Golden.Sentence empty = Golden.sentences().stream().filter(sentence -> sentence.sample().text().isEmpty()).findFirst().orElseThrow();
        try (MaskedLmScorer scorer = MaskedLmScorer.open(Golden.FOLDER)) {
            assertEquals(SequenceScore.Status.EMPTY, scorer.score(List.of(empty.sample()), MaskingRule.original()).get(0).status());
        }
    }
}
