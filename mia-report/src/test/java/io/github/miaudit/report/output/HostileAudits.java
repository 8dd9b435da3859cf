package io.github.miaudit.report.output;

import io.github.miaudit.Audit;
import io.github.miaudit.AuditReport;
import io.github.miaudit.ComparativeAudit;
import io.github.miaudit.ComparisonReport;
import io.github.miaudit.data.AttackDataset;
import io.github.miaudit.data.Population;
import io.github.miaudit.data.Sample;
import io.github.miaudit.evaluation.Evaluation;
import io.github.miaudit.likelihood.FakeScorer;
import io.github.miaudit.likelihood.MaskingRule;
import io.github.miaudit.likelihood.ScoreTable;
import io.github.miaudit.membership.LikelihoodRatioAttack;
import io.github.miaudit.membership.LossAttack;
import io.github.miaudit.membership.MembershipAttack;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/** Audits in which whatever can be named from outside is named so. */
final class HostileAudits {

    private static final Evaluation QUICK = Evaluation.withDefaults().withBootstrapReplicates(100).withPermutations(1000);
    /** Some of the members: what is remembered. */
    private static final Predicate<String> REMEMBERED = text -> text.matches("(?s).* member [0-9]*[02468] .*");

    private HostileAudits() {
    }

    /** Samples' ids, patients and texts, both models and an attack are named so; with excerpts. */
    static AuditReport audit(String name) {
        return Audit.of(dataset(name), new FakeScorer(name + " target", "t", 0.5, REMEMBERED))
                .withReference(new FakeScorer(name + " reference", "t", 0, REMEMBERED))
                .withAttacks(named(name), LossAttack.withDefaults()).withEvaluation(QUICK).withExcerpts(3).run();
    }

    static ComparisonReport comparison(String target, String other, String reference, String attack) {
        return ComparativeAudit.of(dataset("honest")).withTarget(target, new FakeScorer("target", "t", 0.5, REMEMBERED).withName(target))
                .withTarget(other, new FakeScorer("other", "t", 0.1, REMEMBERED).withName(other))
                .withReference(reference, new FakeScorer("reference", "t", 0, REMEMBERED).withName(reference))
                .withAttacks(named(attack), LossAttack.withDefaults()).withEvaluation(QUICK).run();
    }

    /** 12 patients of 3 sentences in each set. */
    private static AttackDataset dataset(String name) {
        String start = name.substring(0, Math.min(40, name.length())); // masking each character of longer texts would take long
        String text = Character.isHighSurrogate(start.charAt(start.length() - 1))
                || start.chars().anyMatch(each -> Character.isSurrogate((char) each)) ? "text" : start;
        return AttackDataset.of(samples(name, text, "member"), samples(name, text, "other"), samples(name, text, "external"));
    }

    private static List<Sample> samples(String name, String text, String kind) {
        return IntStream.range(0, 36).mapToObj(number -> Sample.of(name + kind + number, name + kind + number / 3,
                text + " " + kind + " " + number + " " + "xyz".substring(number % 3))).toList();
    }

    private static MembershipAttack named(String name) {
        LikelihoodRatioAttack attack = LikelihoodRatioAttack.withDefaults();
        return new MembershipAttack() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public String definition() {
                return name + " = " + attack.definition();
            }

            @Override
            public Set<MaskingRule> targetRules() {
                return attack.targetRules();
            }

            @Override
            public Set<MaskingRule> referenceRules() {
                return attack.referenceRules();
            }

            @Override
            public double[] membershipScores(ScoreTable table, Population population) {
                return attack.membershipScores(table, population);
            }
        };
    }
}
