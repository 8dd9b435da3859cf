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
        return OwnScorer.learn("own", List.of(Sample.of("1", "no pain"), Sample.of("2", "no fever, no rain")));
    }

    @Test
    void aWordIsLikelyAfterTheOneThatItWasLearntAfter() {
        try (SequenceScorer scorer = open()) {
            double[] scores = scorer.score(List.of(Sample.of("3", "no  pain today")), MaskingRule.maskless()).get(0).logLikelihoods();
            assertArrayEquals(new double[] {Math.log(2.01 / 2.09), Math.log(1.01 / 3.09), Math.log(0.01 / 0.09)}, scores, 1e-12);
        }
    }
}
