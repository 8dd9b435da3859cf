package io.github.miaudit.membership;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.miaudit.data.Population;
import io.github.miaudit.io.AuditException;
import io.github.miaudit.likelihood.FakeScorer;
import io.github.miaudit.likelihood.ModelIdentity;
import io.github.miaudit.metrics.LiraVariance;
import java.util.List;
import java.util.stream.IntStream;
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
    void fewReferencesAreDoubtful() {
        assertEquals(List.of("attack lira has but 2 references that did not see the sentences, which tell little of how much scores spread;"
                + " give at least 8"), attack().caveats(DATASET, identities(2)));
        assertEquals(1, attack().caveats(DATASET, identities(7)).size());
        assertEquals(List.of(), attack().caveats(DATASET, identities(8)));
    }

    /** References that saw a sentence do not count for it; one of which too few are left is named before any scoring. */
    @Test
    void onlyReferencesThatDidNotSeeASentenceCount() {
        LiraAttack shadows = LiraAttack.withDefaults()
                .withReferencesTrainedOn(
                        (reference, population, id) -> population == Population.MEMBERS && id.equals("1")
                                && reference.name().compareTo("m6") < 0);
        assertEquals(List.of("attack lira has but 3 references that did not see some sentence, which tell little of how much scores spread;"
                + " give at least 8"), shadows.caveats(DATASET, identities(9)));
        assertEquals("attack lira has 1 reference that did not see sentence 1 of the members; at least 2 are needed: give more, or leave"
                + " the attack out", assertThrows(AuditException.class, () -> shadows.caveats(DATASET, identities(7))).getMessage());
    }

    private static List<ModelIdentity> identities(int count) {
        return IntStream.range(0, count).mapToObj(model -> new FakeScorer("m" + model, "t", 0).model()).toList();
    }

    @Test
    void needsTwoReferences() {
        FakeScorer model = new FakeScorer("m", "t", 0);
        assertTrue(assertThrows(AuditException.class, () -> attack().requireApplicable(model.model(), List.of(model.model()))).getMessage()
                .startsWith("attack lira takes at least 2 reference models, not 1"));
    }
}
