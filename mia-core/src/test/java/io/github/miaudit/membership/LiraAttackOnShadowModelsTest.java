package io.github.miaudit.membership;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.miaudit.data.Population;
import io.github.miaudit.likelihood.FakeScorer;
import java.util.List;
import org.junit.jupiter.api.Test;

class LiraAttackOnShadowModelsTest extends MembershipAttackContract {

    @Override
    protected MembershipAttack attack() {
        return LiraAttack.withDefaults().withReferencesTrainedOn((reference, population, id) -> reference.name().startsWith("in")
                || reference.name().equals("either") && population == Population.MEMBERS && id.equals("2"));
    }

    @Override
    protected List<FakeScorer> references() {
        return List.of(new FakeScorer("in 1", "t", 0.9), new FakeScorer("out 1", "t", -0.2), new FakeScorer("in 2", "t", 1.1),
                new FakeScorer("out 2", "t", 0.2),
                new FakeScorer("either", "t", 0.5));
    }

    @Test
    void isTheStandardScoreAmongTheReferencesThatDidNotSeeTheSentence() {
        // By hand: sentence 2 alone was seen by the fifth. Variance pooled: (0.37/3 + 0.08 + 0.37/3) / 3 = 0.98/9.
        double[] scores = attack().membershipScores(table(0.5), Population.MEMBERS);
        assertEquals(1.0 / 3 / Math.sqrt(0.98 / 9), scores[0], 1e-9);
        assertEquals(0.5 / Math.sqrt(0.98 / 9), scores[1], 1e-9);
    }
}
