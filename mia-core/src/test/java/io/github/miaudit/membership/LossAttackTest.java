package io.github.miaudit.membership;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.miaudit.data.Population;
import io.github.miaudit.likelihood.MaskingRule;
import io.github.miaudit.likelihood.Reduction;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LossAttackTest extends MembershipAttackContract {

    @Override
    protected MembershipAttack attack() {
        return LossAttack.withDefaults();
    }

    @Test
    void isTheTargetsMasklessMean() {
        assertEquals(Set.of(MaskingRule.maskless()), attack().targetRules());
        // The fake gives a character c the log-likelihood -c / 100: "clear" is 99, 108, 101, 97, 114.
        assertArrayEquals(new double[] {-5.19 / 5}, attack().membershipScores(table(0), Population.NON_MEMBERS), 1e-12);
        assertArrayEquals(new double[] {-5.19},
                LossAttack.withDefaults().withReduction(Reduction.SUM).membershipScores(table(0), Population.NON_MEMBERS), 1e-12);
    }
}
