package io.github.miaudit.djl;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.miaudit.data.Sample;
import io.github.miaudit.likelihood.MaskingRule;
import io.github.miaudit.likelihood.Reduction;
import io.github.miaudit.likelihood.ScoringListener;
import io.github.miaudit.likelihood.SequenceScore;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Folders as Hugging Face transformers 5.17.0 saved them, with the values that they gave in float64. */
class GoldenFamiliesTest {

    private static final double TOLERANCE = 5e-5;

    @ParameterizedTest
    @ValueSource(strings = {"albert", "big_bird", "deberta-v2", "electra", "ernie", "eurobert", "longformer", "megatron-bert", "modernbert",
            "mpnet", "roberta-prelayernorm", "xlm-roberta"})
    void scoresAreThoseOfTransformers(String family) {
        assertScored(Golden.family(family), MaskingRule.original(), MaskingRule.withinWordLeftToRight(), MaskingRule.maskless());
    }

    /** Other settings, by {@code golden/make_variants.py}: among them a text of the model's length, one of no token, and padding. */
    @ParameterizedTest
    @ValueSource(strings = {"albert-groups", "albert-uneven", "data2vec-text", "ernie-no-task", "megatron-untied", "mpnet-long",
            "mpnet-more-buckets", "prelayernorm-pad-3", "rembert", "xlm-roberta-xl", "xmod", "xmod-before", "xmod-no-norm"})
    void scoresOfVariantsAreThoseOfTransformers(String variant) {
        Golden golden = Golden.variant(variant);
        assertScored(golden, MaskingRule.original(), MaskingRule.withinWordLeftToRight(), MaskingRule.maskless());
        List<Golden.Sentence> sentences = golden.sentences();
        try (MaskedLmScorer scorer = MaskedLmScorer.open(golden.folder())) {
            List<SequenceScore> scores = scorer.score(sentences.stream().map(Golden.Sentence::sample).toList(),
                    MaskingRule.seedCompatibleLoss());
            for (int index = 0; index < sentences.size(); index++) {
                if (scores.get(index).logLikelihoods().length > 0) {
                    assertEquals(sentences.get(index).paddedMean(), Reduction.MEAN.reduce(scores.get(index)), TOLERANCE);
                }
            }
        }
    }

    private static void assertScored(Golden golden, MaskingRule... wanted) {
        Set<MaskingRule> rules = Set.of(wanted);
        List<Golden.Sentence> sentences = golden.sentences();
        List<Sample> samples = sentences.stream().map(Golden.Sentence::sample).toList();
        try (MaskedLmScorer scorer = MaskedLmScorer.open(golden.folder())) {
            Map<MaskingRule, List<SequenceScore>> scores = scorer.score(samples, rules, ScoringListener.NONE);
            for (MaskingRule rule : rules) {
                assertEquals(sentences.size(), scores.get(rule).size());
                for (int index = 0; index < sentences.size(); index++) {
                    SequenceScore score = scores.get(rule).get(index);
                    String where = golden + " " + rule.label() + " " + samples.get(index).id();
                    assertArrayEquals(sentences.get(index).contentIds(), score.tokenIds(), where);
                    assertArrayEquals(sentences.get(index).logLikelihoods(rule), score.logLikelihoods(), TOLERANCE, where);
                }
            }
        }
    }
}
