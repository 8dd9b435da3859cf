package io.github.miaudit.membership;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.miaudit.data.Population;
import io.github.miaudit.io.AuditException;
import io.github.miaudit.likelihood.FakeScorer;
import io.github.miaudit.likelihood.ModelIdentity;
import io.github.miaudit.likelihood.ScoreTable;
import io.github.miaudit.metrics.SequenceLira;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SequenceLiraAttackTest extends MembershipAttackContract {

    @Override
    protected MembershipAttack attack() {
        return SequenceLiraAttack.of((reference, population, id) -> reference.name().startsWith("in"));
    }

    @Override
    protected List<FakeScorer> references() {
        return List.of(new FakeScorer("in 1", "t", 0.9), new FakeScorer("out 1", "t", -0.2), new FakeScorer("in 2", "t", 1.1),
                new FakeScorer("out 2", "t", 0.2));
    }

    @Test
    void sentencesOfAllPopulationsAreScoredTogether() {
        Map<String, double[]> target = Map.of("1", new double[] {-1, -2}, "2", new double[] {-3}, "3", new double[] {-1, -1.5});
        List<Map<String, double[]>> references = List.of(
                Map.of("1", new double[] {-1, -2.5}, "2", new double[] {-2}, "3", new double[] {-2, -2.5}),
                Map.of("1", new double[] {-1.5, -2}, "2", new double[] {-1}, "3", new double[] {-2, -1}),
                Map.of("1", new double[] {-2, -3}, "2", new double[] {-4}, "3", new double[] {-1, -2}),
                Map.of("1", new double[] {-3, -2}, "2", new double[] {-5}, "3", new double[] {-1.5, -3}));
        // the first two saw members, the others the non-member
        OnlineLiraAttack.Training training = (reference, population,
                id) -> (reference.name().compareTo("reference 3") < 0) == (population == Population.MEMBERS);
        SequenceLiraAttack attack = SequenceLiraAttack.of(training);
        ScoreTable table = RecitingScorer.table(DATASET, attack.targetRules(), target, references);
        boolean[][] saw = {{true, true, false}, {true, true, false}, {false, false, true}, {false, false, true}};
        double[] expected = SequenceLira.scores(3, index -> {
            String id = String.valueOf(index + 1);
            return new SequenceLira.Sentence(target.get(id), references.stream().map(of -> of.get(id)).toArray(double[][]::new));
        }, saw);
        assertArrayEquals(new double[] {expected[0], expected[1]}, attack.membershipScores(table, Population.MEMBERS));
        assertArrayEquals(new double[] {expected[2]}, attack.membershipScores(table, Population.NON_MEMBERS));
    }

    @Test
    void eachSideNeedsReferences() {
        List<ModelIdentity> references = references().stream().map(FakeScorer::model).toList();
        assertEquals(2, attack().caveats(DATASET, references).size());
        assertEquals("attack experimental-sequence-lira has 1 reference that did see sentence 1 of the members; at least 2 are needed: give"
                + " more, or leave the attack out",
                assertThrows(AuditException.class, () -> attack().caveats(DATASET, references.subList(1, 4))).getMessage());
        assertEquals("attack experimental-sequence-lira takes at least 4 reference models, not 3; give more, or leave the attack out",
                assertThrows(AuditException.class, () -> attack().requireApplicable(references.get(0), references.subList(1, 4)))
                        .getMessage());
    }
}
