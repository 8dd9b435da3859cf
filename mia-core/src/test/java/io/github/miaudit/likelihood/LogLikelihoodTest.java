package io.github.miaudit.likelihood;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.miaudit.data.AttackDataset;
import io.github.miaudit.data.Population;
import io.github.miaudit.data.Sample;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LogLikelihoodTest {

    private static final LogLikelihood MEAN = LogLikelihood.mean(MaskingRule.maskless());

    @Test
    void reducesWhatAModelSaysByTheRule() {
        AttackDataset dataset = AttackDataset.of(List.of(Sample.of("1", "No pain")), List.of(Sample.of("2", "clear"), Sample.of("3", "a")));
        ModelScores model = ModelScores.of(new FakeScorer("target", "t", 0), dataset, Set.of(MaskingRule.maskless()), ScoringListener.NONE);

        // The fake gives a character c the log-likelihood -c / 100: "clear" is 99, 108, 101, 97, 114.
        assertArrayEquals(new double[] {-5.19 / 5, -0.97}, MEAN.of(model, Population.NON_MEMBERS), 1e-12);
        assertArrayEquals(new double[] {-5.19, -0.97}, MEAN.withReduction(Reduction.SUM).of(model, Population.NON_MEMBERS), 1e-12);
        assertThrows(IllegalArgumentException.class, () -> MEAN.withRule(MaskingRule.original()).of(model, Population.MEMBERS));
    }

    @Test
    void saysWhatItIs() {
        assertEquals("mean of token log-likelihoods by maskless", MEAN.label());
        assertEquals("sum of token log-likelihoods by original",
                MEAN.withRule(MaskingRule.original()).withReduction(Reduction.SUM).label());
    }
}
