package io.github.miaudit.membership;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.miaudit.data.Population;
import io.github.miaudit.io.AuditException;
import io.github.miaudit.likelihood.FakeScorer;
import io.github.miaudit.metrics.LiraVariance;
import java.util.List;
import org.junit.jupiter.api.Test;

class LiraAttackTest extends MembershipAttackContract {

    @Override
    protected MembershipAttack attack() {
        return LiraAttack.withDefaults();
    }

    @Override
    protected List<FakeScorer> references() {
        return List.of(new FakeScorer("first", "t", -0.1), new FakeScorer("second", "t", -0.3));
    }

    @Test
    void isTheDistanceFromTheReferencesInTheirSpread() {
        // (0 + 0.2) / statistics.stdev([-0.1, -0.3])
        double[] expected = {1.4142135623731, 1.4142135623731};
        assertArrayEquals(expected, attack().membershipScores(table(0), Population.MEMBERS), 1e-9);
        assertArrayEquals(expected,
                LiraAttack.withDefaults().withVariance(LiraVariance.PER_EXAMPLE).membershipScores(table(0), Population.MEMBERS), 1e-9);
    }

    @Test
    void needsTwoReferences() {
        FakeScorer model = new FakeScorer("m", "t", 0);
        assertTrue(assertThrows(AuditException.class, () -> attack().requireApplicable(model.model(), List.of(model.model()))).getMessage()
                .startsWith("attack lira takes at least 2 reference models, not 1"));
    }
}
