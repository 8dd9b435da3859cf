package io.github.miaudit.membership;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.miaudit.data.Population;
import io.github.miaudit.io.AuditException;
import io.github.miaudit.likelihood.FakeScorer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SurprisalWeightedAttackTest extends MembershipAttackContract {

    @Override
    protected MembershipAttack attack() {
        return SurprisalWeightedAttack.withDefaults();
    }

    @Test
    void gapsWeighAsMuchAsTheReferenceIsSurprised() {
        assertEquals((1 * 0.5 + 3 * -1) / 4.0, scores(new double[] {-0.5, -4}, List.of(new double[] {-1, -3})), 1e-12);
        // of two references the mean a token: -1, -3
        assertEquals((1 * 0.5 + 3 * -1) / 4.0,
                scores(new double[] {-0.5, -4}, List.of(new double[] {-1.5, -3}, new double[] {-0.5, -3})), 1e-12);
        // of three: -1, -3
        assertEquals((1 * 0.5 + 3 * -1) / 4.0,
                scores(new double[] {-0.5, -4}, List.of(new double[] {-2, -3}, new double[] {-0.5, -2}, new double[] {-0.5, -4})), 1e-12);
    }

    @Test
    void tokensMustPair() {
        assertEquals("attack experimental-surprisal-weighted: reference reference 2 scored other tokens of sentence 1 than the target did,"
                + " perhaps since one of them cut it; leave the sentence out, or have both models score long sentences in windows",
                assertThrows(AuditException.class,
                        () -> scores(new double[] {-0.5, -4}, List.of(new double[] {-1, -3}, new double[] {-1}))).getMessage());
    }

    @Test
    void needsAReferenceWithTheTargetsTokenizer() {
        FakeScorer target = new FakeScorer("target", "t", 0);
        assertEquals("attack experimental-surprisal-weighted takes at least 1 reference model, not 0; give one, or leave the attack out",
                assertThrows(AuditException.class, () -> attack().requireApplicable(target.model(), List.of())).getMessage());
        assertEquals("target target and reference other have different tokenizers, so attack experimental-surprisal-weighted finds no"
                + " tokens to compare; give a reference with the target's tokenizer, or leave the attack out",
                assertThrows(AuditException.class, () -> attack().requireApplicable(target.model(),
                        List.of(new FakeScorer("reference", "t", 0).model(), new FakeScorer("other", "u", 0).model()))).getMessage());
    }

    /** Of the first member, of which the models say that. */
    private double scores(double[] target, List<double[]> references) {
        return attack().membershipScores(RecitingScorer.table(DATASET, attack().targetRules(), of(target),
                references.stream().map(SurprisalWeightedAttackTest::of).toList()), Population.MEMBERS)[0];
    }

    private static Map<String, double[]> of(double[] firstMember) {
        return Map.of("1", firstMember, "2", new double[] {-1}, "3", new double[] {-2});
    }
}
