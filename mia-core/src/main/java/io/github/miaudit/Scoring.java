package io.github.miaudit;

import io.github.miaudit.data.AttackDataset;
import io.github.miaudit.data.Rewriting;
import io.github.miaudit.likelihood.MaskingRule;
import io.github.miaudit.likelihood.ModelScores;
import io.github.miaudit.likelihood.ScoringListener;
import io.github.miaudit.likelihood.SequenceScorer;
import io.github.miaudit.membership.MembershipAttack;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * What some attacks need to know of a dataset, asked of one model at a time.
 *
 * @param dataset  the sentences
 * @param attacks  at least one
 * @param listener is told of progress
 */
record Scoring(AttackDataset dataset, List<MembershipAttack> attacks, ScoringListener listener) {

    /** The target's scores by all rules that some attack needs, and those of rewritings. */
    ModelScores target(SequenceScorer scorer) {
        Map<Rewriting, Set<MaskingRule>> rewritings = new LinkedHashMap<>();
        for (MembershipAttack attack : attacks) {
            attack.targetRewritings().forEach((rewriting, needed) -> rewritings.computeIfAbsent(rewriting, first -> new LinkedHashSet<>()).addAll(needed));
        }
        ModelScores scores = ModelScores.of(scorer, dataset, rules(MembershipAttack::targetRules), listener);
        for (Map.Entry<Rewriting, Set<MaskingRule>> rewriting : rewritings.entrySet()) {
            scores = scores.withRewritten(scorer, dataset, rewriting.getKey(), rewriting.getValue(), listener);
        }
        return scores;
    }

    /** A reference's scores by all rules that some attack needs; by the target's first rule, for the validity checks, if none does. */
    ModelScores reference(SequenceScorer scorer) {
        Set<MaskingRule> needed = rules(MembershipAttack::referenceRules);
        return ModelScores.of(scorer, dataset, needed.isEmpty() ? Set.of(rules(MembershipAttack::targetRules).iterator().next()) : needed, listener);
    }

    /** The rules of all attacks, in a stable order. */
    private Set<MaskingRule> rules(Function<MembershipAttack, Set<MaskingRule>> needed) {
        Set<MaskingRule> rules = new LinkedHashSet<>();
        attacks.forEach(attack -> rules.addAll(needed.apply(attack)));
        return rules;
    }
}
