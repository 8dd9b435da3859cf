package io.github.miaudit.membership;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.miaudit.data.Population;
import org.junit.jupiter.api.Test;

class RmiaAttackTest extends MembershipAttackContract {

    @Override
    protected MembershipAttack attack() {
        return RmiaAttack.withDefaults();
    }

    @Test
    void isTheShareOfNonMembersDominated() {
        // Target and reference agree but for the members' bias, so r is 1 for the non-member and exp(bias) for members.
        assertArrayEquals(new double[] {1, 1}, attack().membershipScores(table(0.5), Population.MEMBERS));
        assertArrayEquals(new double[] {0, 0}, attack().membershipScores(table(-0.5), Population.MEMBERS));
        assertArrayEquals(new double[] {0, 0}, RmiaAttack.withDefaults().withGamma(2).membershipScores(table(0.5), Population.MEMBERS));
        assertArrayEquals(new double[] {1, 1}, RmiaAttack.withDefaults().withGamma(1.6).membershipScores(table(0.5), Population.MEMBERS));
    }

    @Test
    void parametersHaveBounds() {
        assertThrows(IllegalArgumentException.class, () -> RmiaAttack.withDefaults().withOfflineWeight(1.1));
        assertThrows(IllegalArgumentException.class, () -> RmiaAttack.withDefaults().withOfflineWeight(Double.NaN));
        assertThrows(IllegalArgumentException.class, () -> RmiaAttack.withDefaults().withGamma(0));
    }
}
