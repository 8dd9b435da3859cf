package io.github.miaudit.membership;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.miaudit.data.Population;
import io.github.miaudit.io.AuditException;
import io.github.miaudit.likelihood.FakeScorer;
import io.github.miaudit.likelihood.ModelIdentity;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class OnlineLiraAttackTest extends MembershipAttackContract {

    @Override
    protected MembershipAttack attack() {
        return OnlineLiraAttack.of((reference, population, id) -> reference.name().startsWith("in")
                || reference.name().equals("either") && population == Population.MEMBERS && id.equals("2"));
    }

    @Override
    protected List<FakeScorer> references() {
        return List.of(new FakeScorer("in 1", "t", 0.9), new FakeScorer("out 1", "t", -0.2), new FakeScorer("in 2", "t", 1.1),
                new FakeScorer("out 2", "t", 0.2),
                new FakeScorer("either", "t", 0.5));
    }

    @Test
    void isTheLogRatioOfTheTwoDensities() {
        // By hand: sentence 2 alone was seen by the fifth. Variances within, pooled: in (0.02 + 0.28/3 + 0.02) / 3 = 2/45,
        // out (0.37/3 + 0.08 + 0.37/3) / 3 = 0.98/9.
        double log = Math.log(Math.sqrt(0.98 / 9 / (2.0 / 45)));
        double[] scores = attack().membershipScores(table(0.5), Population.MEMBERS);
        assertEquals(log - 0.25 / (2 * 2.0 / 45) + Math.pow(1.0 / 3, 2) / (2 * 0.98 / 9), scores[0], 1e-9);
        assertEquals(log - Math.pow(1.0 / 3, 2) / (2 * 2.0 / 45) + 0.25 / (2 * 0.98 / 9), scores[1], 1e-9);
    }

    @Test
    void eachSideNeedsTwoReferencesAndBetterEight() {
        List<ModelIdentity> references = references().stream().map(FakeScorer::model).toList();
        assertEquals(List.of(
                "attack experimental-online-lira has but 2 references that did see some sentence, which tell little of how much"
                        + " scores spread; give at least 8",
                "attack experimental-online-lira has but 2 references that did not see some sentence, which tell little of how much scores"
                        + " spread; give at least 8"),
                attack().caveats(DATASET, references));
        List<ModelIdentity> oneWithout = references.stream().filter(reference -> !reference.name().equals("in 2")).toList();
        assertEquals("attack experimental-online-lira has 1 reference that did see sentence 1 of the members; at least 2 are needed: give"
                + " more, or leave the attack out",
                assertThrows(AuditException.class, () -> attack().caveats(DATASET, oneWithout)).getMessage());
    }

    @Test
    void theNumbersOfReferencesMayNotTellMembers() {
        // Six models in three pairs on complementary halves: each sentence is in three. The target is the seventh of a fourth pair.
        List<ModelIdentity> three = models("a in", "a out", "b in", "b out", "c in", "c out");
        OnlineLiraAttack attack = OnlineLiraAttack
                .of((reference, population, id) -> reference.name().endsWith("in") == (population == Population.MEMBERS));
        assertEquals(2, attack.caveats(DATASET, three).size());
        String refused = "attack experimental-online-lira has 3 references that did see a member, but 4 for a non-member: the numbers alone"
                + " tell members, as where the target is one of models that each saw half of the sentences and the rest are the references;"
                + " leave out the reference that saw what the target did not, so that the numbers are the same, or the attack";
        assertEquals(refused, assertThrows(AuditException.class,
                () -> attack.caveats(DATASET, models("a in", "a out", "b in", "b out", "c in", "c out", "target's other half out")))
                .getMessage());
        LiraAttack offline = LiraAttack.withDefaults()
                .withReferencesTrainedOn((reference, population, id) -> population == Population.MEMBERS && reference.name().equals("in"));
        assertEquals("attack lira has 2 references that did not see a member, but 3 for a non-member: the numbers alone tell members, as"
                + " where the target is one of models that each saw half of the sentences and the rest are the references; leave out the"
                + " reference that saw what the target did not, so that the numbers are the same, or the attack",
                assertThrows(AuditException.class, () -> offline.caveats(DATASET, models("in", "out", "other"))).getMessage());
    }

    private static List<ModelIdentity> models(String... names) {
        return Stream.of(names).map(name -> new FakeScorer(name, "t", 0).model()).toList();
    }

    @Test
    void needsFourReferences() {
        assertEquals("attack experimental-online-lira takes at least 4 reference models, not 1; give more, or choose the loss attack alone",
                assertThrows(AuditException.class,
                        () -> attack().requireApplicable(references().get(0).model(), List.of(references().get(1).model()))).getMessage());
    }
}
