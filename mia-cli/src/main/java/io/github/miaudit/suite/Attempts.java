package io.github.miaudit.suite;

import io.github.miaudit.data.AttackDataset;
import io.github.miaudit.data.Rewriting;
import io.github.miaudit.io.AuditException;
import io.github.miaudit.likelihood.LogLikelihood;
import io.github.miaudit.likelihood.MaskingRule;
import io.github.miaudit.likelihood.ModelIdentity;
import io.github.miaudit.membership.MembershipAttack;
import io.github.miaudit.membership.NamedAttack;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Every attack by every rule; an attack that takes no rule once, and one of several rules once for the same in whatever order.
 *
 * @param attacks what is tried
 * @param leftOut the names of those that can't be, with the reason
 */
record Attempts(List<MembershipAttack> attacks, Map<String, String> leftOut) {

    static Attempts of(List<NamedAttack> named, List<MaskingRule> rules, AttackDataset dataset, ModelIdentity reference) {
        List<MembershipAttack> attacks = new ArrayList<>();
        Map<String, String> leftOut = new LinkedHashMap<>();
        Set<List<Object>> known = new HashSet<>();
        for (NamedAttack each : named) {
            for (MaskingRule rule : rules) {
                try {
                    MembershipAttack attack = each.attack(new NamedAttack.Settings(LogLikelihood.mean(rule), Attempts::neighbours));
                    attack.requireApplicable(reference, List.of(reference)); // a target differs in its weights alone
                    attack.caveats(dataset, List.of(reference));
                    if (known.add(List.of(attack.name(), attack.targetRules(), attack.referenceRules()))) {
                        attacks.add(attack);
                    }
                } catch (AuditException e) {
                    leftOut.putIfAbsent(each.name(), e.getMessage());
                }
            }
        }
        return new Attempts(attacks, leftOut);
    }

    private static Rewriting neighbours() {
        throw new AuditException("needs neighbours of every sentence, about 50 scorings each, which the suite does not make");
    }
}
