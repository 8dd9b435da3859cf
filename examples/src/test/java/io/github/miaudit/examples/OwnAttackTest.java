package io.github.miaudit.examples;

import io.github.miaudit.membership.MembershipAttack;
import io.github.miaudit.membership.MembershipAttackContract;

class OwnAttackTest extends MembershipAttackContract {

    @Override
    protected MembershipAttack attack() {
        return new OwnAttack();
    }
}
