package io.github.miaudit.membership;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.miaudit.data.Population;
import org.junit.jupiter.api.Test;

class EzMiaAttackTest extends MembershipAttackContract {

    @Override
    protected MembershipAttack attack() {
        return EzMiaAttack.withDefaults();
    }

    @Test
    void isTheLogRatioOfGainsAndLosses() {
        // The two members have 7 and 5 tokens, of which each is half a nat likelier, or less likely.
        assertArrayEquals(new double[] {Math.log(4.5), Math.log(3.5)}, attack().membershipScores(table(0.5), Population.MEMBERS), 1e-12);
        assertArrayEquals(new double[] {-Math.log(4.5), -Math.log(3.5)}, attack().membershipScores(table(-0.5), Population.MEMBERS), 1e-12);
        assertArrayEquals(new double[] {Math.log(8), Math.log(6)},
                EzMiaAttack.withDefaults().withSmoothing(0.5).membershipScores(table(0.5), Population.MEMBERS), 1e-12);
        assertArrayEquals(new double[] {0}, attack().membershipScores(table(0.5), Population.NON_MEMBERS));
    }

    @Test
    void smoothingIsPositive() {
        for (double wrong : new double[] {0, -1, Double.NaN, Double.POSITIVE_INFINITY}) {
            assertEquals("smoothing is " + wrong + "; it must be positive",
                    assertThrows(IllegalArgumentException.class, () -> EzMiaAttack.withDefaults().withSmoothing(wrong)).getMessage());
        }
    }
}
