package io.github.miaudit.examples;

import io.github.miaudit.Audit;
import io.github.miaudit.data.AttackDataset;
import io.github.miaudit.data.Population;
import io.github.miaudit.likelihood.ScoreTable;
import io.github.miaudit.likelihood.SequenceScorer;
import io.github.miaudit.membership.LikelihoodRatioAttack;
import io.github.miaudit.membership.MembershipAttack;
import io.github.miaudit.report.Evaluation;
import io.github.miaudit.report.TargetComparison;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The README's comparison, as a program. */
final class ReadmeComparison {

    private ReadmeComparison() {
    }

    static TargetComparison run(AttackDataset data, SequenceScorer before, SequenceScorer after, SequenceScorer reference) {
        MembershipAttack attack = LikelihoodRatioAttack.withDefaults();
        Map<String, ScoreTable> versions = new LinkedHashMap<>();
        versions.put("before", Audit.of(data, before).withReference(reference).withAttacks(attack).score());
        versions.put("after", Audit.of(data, after).withReference(reference).withAttacks(attack).score());

        TargetComparison comparison = TargetComparison.of(versions, List.of(attack), Population.NON_MEMBERS, Evaluation.withDefaults());
        System.out.println(comparison.differences()); // AUC after - before, its interval, p-value corrected by Holm
        return comparison;
    }
}
