package io.github.miaudit.examples;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import io.github.miaudit.data.Sample;
import io.github.miaudit.likelihood.MaskingRule;
import io.github.miaudit.likelihood.SequenceScorer;
import io.github.miaudit.likelihood.SequenceScorerContract;
import java.util.List;
import org.junit.jupiter.api.Test;

class OwnScorerTest extends SequenceScorerContract {

    @Override
    protected SequenceScorer open() {
        return new OwnScorer("own", List.of(Sample.of("1", "no pain"), Sample.of("2", "no fever, no rain")));
    }

    /** Six words, of them "no" three times and four different; one more is kept for the others. */
    @Test
    void aWordIsAsLikelyAsItIsFrequent() {
        try (SequenceScorer scorer = open()) {
            double[] scores = scorer.score(List.of(Sample.of("3", "no  pain today")), MaskingRule.maskless()).get(0).logLikelihoods();
            assertArrayEquals(new double[] {Math.log(4 / 11.0), Math.log(2 / 11.0), Math.log(1 / 11.0)}, scores, 1e-12);
        }
    }
}
