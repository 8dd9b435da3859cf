package io.github.miaudit.membership;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.miaudit.data.Population;
import io.github.miaudit.io.AuditException;
import io.github.miaudit.likelihood.ScoreTable;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class InfoRmiaAttackTest extends MembershipAttackContract {

    private static final Map<String, double[]> TARGET = Map.of("1", new double[] {-0.5, -3}, "2", new double[] {-1}, "3",
            new double[] {-1.5});
    private static final Map<String, double[]> REFERENCE = Map.of("1", new double[] {-1, -2}, "2", new double[] {-3}, "3",
            new double[] {-1.75});

    @Override
    protected MembershipAttack attack() {
        return InfoRmiaAttack.withDefaults();
    }

    @Test
    void isTheLikelihoodRatioBeyondThatOfNonMembers() {
        // The one non-member gained 0.25 nats.
        ScoreTable table = RecitingScorer.table(DATASET, attack().targetRules(), TARGET, List.of(REFERENCE));
        assertArrayEquals(new double[] {-0.25 - 0.25, 2 - 0.25}, attack().membershipScores(table, Population.MEMBERS), 1e-12);
        assertArrayEquals(new double[] {0}, attack().membershipScores(table, Population.NON_MEMBERS), 1e-12);
        // a = 0: log(P_T / (P_R / 2 + 1 / 2)), of sentence 2 and of the non-member
        assertEquals(-1 - Math.log(Math.exp(-3) / 2 + 0.5) + 1.5 + Math.log(Math.exp(-1.75) / 2 + 0.5),
                InfoRmiaAttack.withDefaults().withOfflineWeight(0).membershipScores(table, Population.MEMBERS)[1], 1e-12);
    }

    @Test
    void tellsTokensApart() {
        Map<String, double[]> other = Map.of("1", new double[] {-1, -4}, "2", new double[] {-3}, "3", new double[] {-1.75, -1});
        ScoreTable table = RecitingScorer.table(DATASET, attack().targetRules(), TARGET, List.of(REFERENCE, other));
        assertArrayEquals(new double[] {0.5, -3 - Math.log((Math.exp(-2) + Math.exp(-4)) / 2)},
                InfoRmiaAttack.withDefaults().tokenScores(table, Population.MEMBERS, 0), 1e-12);
        assertEquals("attack informia: reference reference 2 scored other tokens of sentence 3 than the target did, perhaps"
                + " since one of them cut it; leave the sentence out, or have both models score long sentences in windows",
                assertThrows(AuditException.class,
                        () -> InfoRmiaAttack.withDefaults().tokenScores(table, Population.NON_MEMBERS, 0)).getMessage());
    }

    @Test
    void theWeightHasBounds() {
        assertThrows(IllegalArgumentException.class, () -> InfoRmiaAttack.withDefaults().withOfflineWeight(-0.1));
        assertThrows(IllegalArgumentException.class, () -> InfoRmiaAttack.withDefaults().withOfflineWeight(Double.NaN));
    }
}
