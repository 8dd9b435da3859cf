package io.github.miaudit.djl;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import io.github.miaudit.data.Sample;
import io.github.miaudit.likelihood.MaskingRule;
import io.github.miaudit.likelihood.ScoringListener;
import io.github.miaudit.likelihood.SequenceScore;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Settings that published models seldom have, in rows from one token to as many as the network takes: {@code golden/rare-settings/make.py}
 * makes the folders with Hugging Face transformers 5.18.0, and the values in float64.
 */
class RareSettingsTest {

    private static final double TOLERANCE = 1e-4;

    @ParameterizedTest
    @ValueSource(strings = {"deberta-conv-types-biased", "deberta-own-keys-untied", "deberta-c2p-narrow", "deberta-p2c-newer-head",
            "deberta-no-distances-one-layer", "longformer-windows-untied", "longformer-long", "big-bird-sparse-scaled-untied",
            "eurobert-one-key-head-tied", "eurobert-two-key-heads", "nomic-bert", "nomic-bert-wide-heads-untied", "modernbert-long"})
    void scoresAreThoseOfTransformers(String variant) {
        Golden golden = Golden.rareSettings(variant);
        List<Golden.Sentence> sentences = golden.sentences();
        List<Sample> samples = sentences.stream().map(Golden.Sentence::sample).toList();
        Set<MaskingRule> rules = Set.of(MaskingRule.original(), MaskingRule.maskless());
        try (MaskedLmScorer scorer = MaskedLmScorer.open(golden.folder())) {
            Map<MaskingRule, List<SequenceScore>> scores = scorer.score(samples, rules, ScoringListener.NONE);
            for (MaskingRule rule : rules) {
                for (int index = 0; index < sentences.size(); index++) {
                    SequenceScore score = scores.get(rule).get(index);
                    String where = variant + " " + rule.label() + " " + samples.get(index).id();
                    assertArrayEquals(sentences.get(index).contentIds(), score.tokenIds(), where);
                    assertArrayEquals(sentences.get(index).logLikelihoods(rule), score.logLikelihoods(), TOLERANCE, where);
                }
            }
        }
    }
}
