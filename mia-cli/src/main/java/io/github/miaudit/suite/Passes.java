package io.github.miaudit.suite;

import io.github.miaudit.data.Sample;
import io.github.miaudit.djl.MaskedLmScorer;
import io.github.miaudit.likelihood.MaskingRule;
import io.github.miaudit.membership.MembershipAttack;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What an attack costs: rows through networks a sentence, where rows that several of its rules share are one. */
final class Passes {

    private final MaskedLmScorer scorer;
    private final List<Sample> sentences;
    private final Map<Set<MaskingRule>, Double> known = new HashMap<>();

    Passes(MaskedLmScorer scorer, List<Sample> sentences) {
        this.scorer = scorer;
        this.sentences = sentences;
    }

    /** Through the target, one reference, and again through the target for rewritings, of which one a sentence is counted. */
    double of(MembershipAttack attack) {
        return of(attack.targetRules()) + of(attack.referenceRules())
                + attack.targetRewritings().values().stream().mapToDouble(this::of).sum();
    }

    private double of(Set<MaskingRule> rules) {
        if (rules.isEmpty()) {
            return 0;
        }
        int texts = new HashSet<>(sentences.stream().map(Sample::text).toList()).size();
        return known.computeIfAbsent(Set.copyOf(rules), some -> (double) scorer.plan(sentences, some).rows() / texts);
    }
}
