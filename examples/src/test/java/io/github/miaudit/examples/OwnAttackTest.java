package io.github.miaudit.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.miaudit.io.AuditException;
import io.github.miaudit.likelihood.FakeScorer;
import io.github.miaudit.likelihood.ModelIdentity;
import io.github.miaudit.membership.MembershipAttack;
import io.github.miaudit.membership.MembershipAttackContract;
import java.util.List;
import org.junit.jupiter.api.Test;

class OwnAttackTest extends MembershipAttackContract {

    @Override
    protected MembershipAttack attack() {
        return new OwnAttack();
    }

    @Test
    void takesAReferenceOfTheSameTokenizer() {
        ModelIdentity target = new FakeScorer("target", "t", 0).model();
        attack().requireApplicable(target, List.of(new FakeScorer("reference", "t", 0).model()));
        for (List<ModelIdentity> references : List.of(List.<ModelIdentity>of(), List.of(new FakeScorer("reference", "other", 0).model()))) {
            String message = assertThrows(AuditException.class, () -> attack().requireApplicable(target, references)).getMessage();
            assertEquals("largest-gain takes a reference with the target's tokenizer", message);
        }
    }
}
