package io.github.miaudit.membership;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.miaudit.AuditException;
import io.github.miaudit.data.Population;
import io.github.miaudit.likelihood.FakeScorer;
import java.util.List;
import org.junit.jupiter.api.Test;

class OnlineLiraAttackTest extends MembershipAttackContract {

    @Override
    protected MembershipAttack attack() {
        return OnlineLiraAttack.of((reference, id) -> reference.name().startsWith("in"));
    }

    @Override
    protected List<FakeScorer> references() {
        return List.of(new FakeScorer("in 1", "t", 0.9), new FakeScorer("out 1", "t", -0.2), new FakeScorer("in 2", "t", 1.1), new FakeScorer("out 2", "t", 0.2));
    }

    @Test
    void isTheLogRatioOfTheTwoDensities() {
        // statistics: log(NormalDist(1, stdev([0.9, 1.1])).pdf(0.5) / NormalDist(0, stdev([-0.2, 0.2])).pdf(0.5)), Python 3.11
        assertEquals(Math.log(2) - 0.25 / (2 * 0.02) + 0.25 / (2 * 0.08), attack().membershipScores(table(0.5), Population.MEMBERS)[0], 1e-9);
    }

    @Test
    void needsFourReferences() {
        assertEquals("attack experimental-online-lira takes at least 4 reference models, not 1; give more, or choose the loss attack alone", assertThrows(AuditException.class,
                () -> attack().requireApplicable(references().get(0).model(), List.of(references().get(1).model()))).getMessage());
    }
}
