package io.github.miaudit.membership;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.miaudit.data.Population;
import io.github.miaudit.data.Sample;
import io.github.miaudit.io.AuditException;
import io.github.miaudit.likelihood.FakeScorer;
import io.github.miaudit.likelihood.MaskingRule;
import io.github.miaudit.likelihood.ModelIdentity;
import io.github.miaudit.likelihood.ModelScores;
import io.github.miaudit.likelihood.ScoreTable;
import io.github.miaudit.likelihood.ScoringListener;
import io.github.miaudit.likelihood.SequenceScore;
import io.github.miaudit.likelihood.SequenceScorer;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class MinKPlusPlusAttackTest extends MembershipAttackContract {

    @Override
    protected MembershipAttack attack() {
        return MinKPlusPlusAttack.withDefaults();
    }

    @Test
    void standardisesByWhatTheModelExpects() {
        // The fake gives a masked character c -c / 100 - 0.1 and expects -0.5 give or take 2: of "clear" the lowest is r, 114.
        assertArrayEquals(new double[] {(-1.24 + 0.5) / 2}, attack().membershipScores(table(0), Population.NON_MEMBERS), 1e-12);
    }

    @Test
    void aScorerWithoutMomentsIsToldOf() {
        ModelScores scores = ModelScores.of(new WithoutMoments(), DATASET, attack().targetRules(), ScoringListener.NONE);
        AuditException refused = assertThrows(AuditException.class,
                () -> attack().membershipScores(ScoreTable.of(DATASET, scores, List.of()), Population.MEMBERS));
        assertEquals("sentence 1 has no vocabulary moments, which attack experimental-min-k-plus-plus needs; let the scorer compute them"
                + " (MaskedLmOptions.withVocabularyMoments)", refused.getMessage());
    }

    private static final class WithoutMoments implements SequenceScorer {

        @Override
        public ModelIdentity model() {
            return new FakeScorer("target", "t", 0).model();
        }

        @Override
        public Map<MaskingRule, List<SequenceScore>> score(List<Sample> samples, Set<MaskingRule> rules, ScoringListener listener) {
            return Map.of(MaskingRule.original(),
                    samples.stream().map(sample -> new SequenceScore(sample, new int[] {1}, new double[] {-1})).toList());
        }

        @Override
        public void close() {
            // holds nothing
        }
    }
}
