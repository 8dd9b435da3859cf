package io.github.miaudit.djl;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.miaudit.data.Sample;
import io.github.miaudit.likelihood.MaskingRule;
import io.github.miaudit.likelihood.ScoringListener;
import io.github.miaudit.likelihood.SequenceScore;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Folders as Hugging Face transformers 5.17.0 saved them, with the values that they gave in float64. */
class GoldenFamiliesTest {

    private static final double TOLERANCE = 1e-4;

    @ParameterizedTest
    @ValueSource(strings = {"electra", "modernbert", "xlm-roberta", "longformer", "big_bird", "deberta-v2", "eurobert"})
    void scoresAreThoseOfTransformers(String family) {
        Golden golden = Golden.family(family);
        List<Golden.Sentence> sentences = golden.sentences();
        List<Sample> samples = sentences.stream().map(Golden.Sentence::sample).toList();
        Set<MaskingRule> rules = Set.of(MaskingRule.original(), MaskingRule.withinWordLeftToRight(), MaskingRule.maskless());
        try (MaskedLmScorer scorer = MaskedLmScorer.open(golden.folder())) {
            Map<MaskingRule, List<SequenceScore>> scores = scorer.score(samples, rules, ScoringListener.NONE);
            for (MaskingRule rule : rules) {
                assertEquals(sentences.size(), scores.get(rule).size());
                for (int index = 0; index < sentences.size(); index++) {
                    SequenceScore score = scores.get(rule).get(index);
                    String where = family + " " + rule.label() + " " + samples.get(index).id();
                    assertArrayEquals(sentences.get(index).contentIds(), score.tokenIds(), where);
                    assertArrayEquals(sentences.get(index).logLikelihoods(rule), score.logLikelihoods(), TOLERANCE, where);
                }
            }
        }
    }
}
