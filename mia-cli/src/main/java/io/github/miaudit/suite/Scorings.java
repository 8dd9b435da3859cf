package io.github.miaudit.suite;

import io.github.miaudit.data.Rewriting;
import io.github.miaudit.likelihood.MaskingRule;
import io.github.miaudit.membership.MembershipAttack;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * What models are asked for so that attacks can be made, everything in the attacks' order.
 *
 * @param targetRules        rules that the target scores by
 * @param referenceRules     rules that the reference scores by
 * @param rewritings         what the target scores beside the sentences
 * @param vocabularyMoments  whether the target tells them
 * @param probe              whether the target is probed, as an audit does
 */
record Scorings(Set<MaskingRule> targetRules, Set<MaskingRule> referenceRules, Map<Rewriting, Set<MaskingRule>> rewritings,
        boolean vocabularyMoments, boolean probe) {

    static Scorings of(List<MembershipAttack> attacks) {
        Map<Rewriting, Set<MaskingRule>> rewritings = new LinkedHashMap<>();
        attacks.forEach(attack -> attack.targetRewritings()
                .forEach((rewriting, needed) -> rewritings.computeIfAbsent(rewriting, first -> new LinkedHashSet<>()).addAll(needed)));
        return new Scorings(union(attacks, MembershipAttack::targetRules), union(attacks, MembershipAttack::referenceRules), rewritings,
                attacks.stream().anyMatch(MembershipAttack::needsVocabularyMoments), false);
    }

    /** The scorings with what an audit asks beside them. */
    Scorings withProbe() {
        return new Scorings(targetRules, referenceRules, rewritings, vocabularyMoments, true);
    }

    private static Set<MaskingRule> union(List<MembershipAttack> attacks, Function<MembershipAttack, Set<MaskingRule>> needed) {
        Set<MaskingRule> rules = new LinkedHashSet<>();
        attacks.forEach(attack -> rules.addAll(needed.apply(attack)));
        return rules;
    }
}
