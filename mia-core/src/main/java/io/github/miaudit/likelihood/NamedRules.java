package io.github.miaudit.likelihood;

import io.github.miaudit.io.AuditException;
import io.github.miaudit.io.Services;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.TreeMap;

/**
 * Rules that can be asked for by name, as {@link MaskingRule#named} does. Found by {@link ServiceLoader}: whoever extends this,
 * with a public constructor without parameters, and registers it can ask for a rule of their own.
 */
public abstract class NamedRules {

    private final List<? extends MaskingRule> rules;

    /**
     * Rules with their default parameters.
     *
     * @param rules a rule's name is its label without the parameters in parentheses
     */
    protected NamedRules(MaskingRule... rules) {
        this.rules = List.of(rules);
    }

    /** All there are. */
    static Map<String, MaskingRule> byName() {
        return byName(Services.of(NamedRules.class));
    }

    static Map<String, MaskingRule> byName(Iterable<NamedRules> all) {
        Map<String, MaskingRule> byName = new TreeMap<>();
        all.forEach(found -> found.rules.forEach(rule -> {
            String name = rule.label().replaceFirst("\\(.*", "");
            if (byName.put(name, rule) != null) {
                throw new AuditException("two masking rules on the class path are named " + name + ", one of them in "
                        + found.getClass().getName() + "; rename one, or leave it out");
            }
        }));
        return byName;
    }
}
