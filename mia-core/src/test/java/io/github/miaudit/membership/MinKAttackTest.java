package io.github.miaudit.membership;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.miaudit.data.Population;
import org.junit.jupiter.api.Test;

class MinKAttackTest extends MembershipAttackContract {

    @Override
    protected MembershipAttack attack() {
        return MinKAttack.withDefaults();
    }

    @Test
    void isTheMeanOfTheLeastLikelyTokens() {
        // The fake gives a masked character c the log-likelihood -c / 100 - 0.1: of "clear" the lowest are r 114 and l 108.
        assertArrayEquals(new double[] {-1.24}, attack().membershipScores(table(0), Population.NON_MEMBERS), 1e-12);
        assertArrayEquals(new double[] {-1.21}, MinKAttack.withDefaults().withShare(0.4).membershipScores(table(0), Population.NON_MEMBERS),
                1e-12);
        assertThrows(IllegalArgumentException.class, () -> MinKAttack.withDefaults().withShare(0));
    }
}
