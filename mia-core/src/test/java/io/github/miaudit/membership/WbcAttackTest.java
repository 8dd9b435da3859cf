package io.github.miaudit.membership;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.miaudit.data.Population;
import io.github.miaudit.likelihood.ScoreTable;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WbcAttackTest extends MembershipAttackContract {

    @Override
    protected MembershipAttack attack() {
        return WbcAttack.withDefaults();
    }

    @Test
    void windowsVote() {
        Map<String, double[]> reference = Map.of("1", new double[] {-1, -1, -1}, "2", new double[] {-1}, "3", new double[] {-1, -1});
        Map<String, double[]> target = Map.of("1", new double[] {-0.5, -2, -0.25}, "2", new double[] {-0.5}, "3", new double[] {-1, -1});
        ScoreTable table = RecitingScorer.table(DATASET, attack().targetRules(), target, List.of(reference));
        // Gaps 0.5, -1, 0.75: of tokens 2 of 3, of pairs 0 of 2, of the whole sentence 1 of 1.
        WbcAttack attack = WbcAttack.withDefaults().withWindows(1, 2, 7);
        assertArrayEquals(new double[] {(2.0 / 3 + 0 + 1) / 3, 1}, attack.membershipScores(table, Population.MEMBERS), 1e-12);
        assertArrayEquals(new double[] {0}, attack.membershipScores(table, Population.NON_MEMBERS));
        assertEquals("s = mean over windows of [1, 2, 7] tokens of the share in which ll_T > mean_k ll_Rk; by within-word-l2r",
                attack.definition());
    }

    @Test
    void windowsHaveLengths() {
        assertEquals("window lengths are []; there must be at least one, each at least 1",
                assertThrows(IllegalArgumentException.class, () -> WbcAttack.withDefaults().withWindows()).getMessage());
        assertEquals("window lengths are [2, 0]; there must be at least one, each at least 1",
                assertThrows(IllegalArgumentException.class, () -> WbcAttack.withDefaults().withWindows(2, 0)).getMessage());
    }
}
