package io.github.miaudit.membership;

import io.github.miaudit.likelihood.MaskingRule;
import io.github.miaudit.likelihood.ModelIdentity;
import java.util.List;
import java.util.Set;

/**
 * An attack that puts a sentence's tokens by the target and by references side by side, by one rule. The references must have the target's
 * tokenizer, or tokens would not pair. By rules that score a token several times each scoring counts as a token.
 *
 * @param <R> the rules that it can be made by
 */
abstract class TokenAttack<R extends MaskingRule> implements MembershipAttack {

    final R rule;
    private final int fewestReferences;

    TokenAttack(R rule, int fewestReferences) {
        this.rule = rule;
        this.fewestReferences = fewestReferences;
    }

    @Override
    public final Set<MaskingRule> targetRules() {
        return Set.of(rule);
    }

    @Override
    public final Set<MaskingRule> referenceRules() {
        return targetRules();
    }

    @Override
    public final void requireApplicable(ModelIdentity target, List<ModelIdentity> references) {
        PairedTokens.requireApplicable(name(), fewestReferences, target, references);
    }
}
