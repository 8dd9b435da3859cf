package io.github.miaudit.membership;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.miaudit.data.Population;
import io.github.miaudit.io.AuditException;
import io.github.miaudit.likelihood.Casing;
import io.github.miaudit.likelihood.LengthPolicy;
import io.github.miaudit.likelihood.ModelIdentity;
import java.util.List;
import org.junit.jupiter.api.Test;

class LowerCaseAttackTest extends MembershipAttackContract {

    @Override
    protected MembershipAttack attack() {
        return LowerCaseAttack.withDefaults();
    }

    @Test
    void isTheRatioOfTheLosses() {
        // The fake gives a character c the log-likelihood -c / 100: "A b c" sums to -326 / 100, "a b c" to -358 / 100.
        assertEquals(358.0 / 326, attack().membershipScores(table(0), Population.MEMBERS)[1], 1e-12);
        assertArrayEquals(new double[] {1}, attack().membershipScores(table(0), Population.NON_MEMBERS), 1e-12);
    }

    @Test
    void anUncasedTokenizerIsRefusedBeforeAnyScoring() {
        ModelIdentity uncased = new ModelIdentity("target", "1", "tokens", 100, Casing.UNCASED, "float32", LengthPolicy.WINDOW, "fake");
        AuditException refused = assertThrows(AuditException.class, () -> attack().requireApplicable(uncased, List.of()));
        assertEquals("attack experimental-lower-case compares a sentence with itself in lower case, but the tokenizer of target target"
                + " makes both the same; leave the attack out", refused.getMessage());
    }

    @Test
    void aSentenceThatIsCertainIsNamed() {
        AuditException refused = assertThrows(AuditException.class, () -> attack().membershipScores(table(0.93), Population.MEMBERS));
        assertTrue(refused.getMessage().startsWith("sentence 1 has a log-likelihood of "), refused.getMessage());
    }
}
