package io.github.miaudit.membership;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.miaudit.data.AttackDataset;
import io.github.miaudit.data.PerPopulation;
import io.github.miaudit.data.Population;
import io.github.miaudit.data.Rewriting;
import io.github.miaudit.data.Sample;
import io.github.miaudit.likelihood.FakeScorer;
import io.github.miaudit.likelihood.MaskingRule;
import io.github.miaudit.likelihood.ModelScores;
import io.github.miaudit.likelihood.ScoreTable;
import io.github.miaudit.likelihood.ScoringListener;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What every {@link MembershipAttack} must do; an attack's test extends this and says how to make one. */
public abstract class MembershipAttackContract {

    /** Three sentences of two patients. */
    protected static final AttackDataset DATASET = AttackDataset.of(
            List.of(Sample.of("1", "p1", "No pain"), Sample.of("2", "p1", "A b c")), List.of(Sample.of("3", "p2", "clear")));

    /**
     * Makes the attack with its defaults.
     *
     * @return the attack
     */
    protected abstract MembershipAttack attack();

    /**
     * The sentences; a few unless the attack needs more.
     *
     * @return the dataset
     */
    protected AttackDataset dataset() {
        return DATASET;
    }

    /**
     * A table with what the attack asks for.
     *
     * @param memberBias is added to each of the target's log-likelihoods of members, as they stand
     * @return the scores
     */
    protected final ScoreTable table(double memberBias) {
        Set<String> members = dataset().samples(Population.MEMBERS).stream().map(Sample::text).collect(Collectors.toSet());
        FakeScorer scorer = new FakeScorer("target", "t", memberBias, members::contains);
        ModelScores target = ModelScores.of(scorer, dataset(), attack().targetRules(), ScoringListener.NONE);
        for (Map.Entry<Rewriting, Set<MaskingRule>> rewriting : attack().targetRewritings().entrySet()) {
            target = target.withRewritten(scorer, dataset(), rewriting.getKey(), rewriting.getValue(), ScoringListener.NONE);
        }
        return ScoreTable.of(dataset(), target, references().stream()
                .map(reference -> ModelScores.of(reference, dataset(), attack().referenceRules(), ScoringListener.NONE)).toList());
    }

    /**
     * The references; one unless the attack needs more.
     *
     * @return the models
     */
    protected List<FakeScorer> references() {
        return List.of(new FakeScorer("reference", "t", 0));
    }

    /**
     * A bias of members at which they score lower than at 0.5; below 0 unless the attack learns in which direction members are told.
     *
     * @return the bias
     */
    protected double lowBias() {
        return -1;
    }

    @Test
    void givesOneFiniteScoreARow() {
        PerPopulation<double[]> all = attack().membershipScores(table(0));
        for (Population population : Population.values()) {
            double[] scores = attack().membershipScores(table(0), population);
            assertArrayEquals(scores, all.of(population));
            assertEquals(dataset().samples(population).size(), scores.length);
            for (double score : scores) {
                assertTrue(Double.isFinite(score));
            }
        }
    }

    @Test
    void whatTheTargetFindsLikelierIsMoreLikelyAMember() {
        double[] before = attack().membershipScores(table(lowBias()), Population.MEMBERS);
        double[] after = attack().membershipScores(table(0.5), Population.MEMBERS);
        for (int row = 0; row < before.length; row++) {
            assertTrue(after[row] > before[row], before[row] + " then " + after[row]);
        }
    }

    @Test
    void isPure() {
        ScoreTable table = table(0);
        assertArrayEquals(attack().membershipScores(table, Population.MEMBERS), attack().membershipScores(table, Population.MEMBERS));
    }

    @Test
    void saysWhatItIs() {
        assertTrue(attack().name().matches("[a-z0-9-]+"), attack().name());
        assertFalse(attack().definition().isBlank());
        assertFalse(attack().targetRules().isEmpty());
    }
}
