package io.github.miaudit.djl;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.miaudit.likelihood.LengthPolicy;
import io.github.miaudit.likelihood.MaskingRule;
import io.github.miaudit.likelihood.Reduction;
import io.github.miaudit.likelihood.SequenceScore;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every token's log-probability against Hugging Face transformers and minicons. */
class GoldenValuesTest {

    private static final double TOLERANCE = 5e-5;
    private static final MaskedLmOptions TRUNCATING = MaskedLmOptions.withDefaults().withLengthPolicy(LengthPolicy.TRUNCATE);

    static Stream<Golden> checkpoints() {
        return Stream.of(Golden.ROBERTA, Golden.BERT);
    }

    static Stream<Arguments> checkpointsAndRules() {
        return checkpoints()
                .flatMap(golden -> Stream.of(MaskingRule.original(), MaskingRule.withinWordLeftToRight(), MaskingRule.maskless())
                        .map(rule -> Arguments.of(golden, rule)));
    }

    @ParameterizedTest
    @MethodSource("checkpointsAndRules")
    void everyTokenLogProbabilityIsTheReferences(Golden golden, MaskingRule rule) {
        List<Golden.Sentence> sentences = golden.sentences().stream().filter(sentence -> !sentence.specialLiteral()).toList();
        assertTrue(sentences.size() > 40, "golden sentences");
        try (MaskedLmScorer scorer = MaskedLmScorer.open(golden.folder(), TRUNCATING)) {
            List<SequenceScore> scores = scorer.score(sentences.stream().map(Golden.Sentence::sample).toList(), rule);
            for (int index = 0; index < sentences.size(); index++) {
                Golden.Sentence expected = sentences.get(index);
                SequenceScore score = scores.get(index);
                assertEquals(expected.sample().id(), score.id());
                assertArrayEquals(expected.contentIds(), score.tokenIds(), expected.sample().id());
                assertArrayEquals(expected.logLikelihoods(rule), score.logLikelihoods(), TOLERANCE, expected.sample().id());
                assertEquals(expected.truncated() ? SequenceScore.Status.TRUNCATED
                        : expected.contentIds().length == 0 ? SequenceScore.Status.EMPTY : SequenceScore.Status.SCORED, score.status());
            }
        }
    }

    @ParameterizedTest
    @MethodSource("checkpoints")
    void thePaddedLossIsThePredecessors(Golden golden) {
        List<Golden.Sentence> sentences = golden.sentences().stream()
                .filter(sentence -> !sentence.specialLiteral() && sentence.contentIds().length > 0).toList();
        try (MaskedLmScorer scorer = MaskedLmScorer.open(golden.folder())) {
            List<SequenceScore> scores = scorer.score(sentences.stream().map(Golden.Sentence::sample).toList(),
                    MaskingRule.seedCompatibleLoss());
            for (int index = 0; index < sentences.size(); index++) {
                assertEquals(sentences.get(index).paddedMean(), Reduction.MEAN.reduce(scores.get(index)), 2e-5,
                        sentences.get(index).sample().id());
            }
        }
    }

    @Test
    void specialTokensTypedInATextAreText() {
        for (Golden golden : checkpoints().toList()) {
            try (MaskedLmTokenizer tokenizer = MaskedLmTokenizer.open(golden.folder())) {
                golden.sentences().stream().filter(Golden.Sentence::specialLiteral).forEach(sentence -> {
                    assertFalse(tokenizer.hasSpecialLiteral(tokenizer.tokenise(sentence.sample())), sentence.sample().id());
                    // as text they take more tokens than as special tokens
                    assertTrue(tokenizer.tokenise(sentence.sample()).length() > sentence.tokenCount(), sentence.sample().id());
                });
            }
        }
    }
}
