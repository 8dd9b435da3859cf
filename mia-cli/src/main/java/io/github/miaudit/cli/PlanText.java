package io.github.miaudit.cli;

import io.github.miaudit.data.Sample;
import io.github.miaudit.djl.MaskedLmScorer;
import io.github.miaudit.likelihood.MaskingRule;
import io.github.miaudit.likelihood.ScoringPlan;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** What {@code --dry-run} prints. */
final class PlanText {

    private static final List<String> CHEAP = List.of("partition", "maskless");

    private PlanText() {
    }

    /** What scoring would take, and what it would with rules that take at most half of the tokens: what a first look could do with. */
    static void print(MaskedLmScorer scorer, List<Sample> samples, Set<MaskingRule> rules) {
        ScoringPlan plan = scorer.plan(samples, rules);
        System.out.println(of(plan));
        cheaper(scorer, samples, plan).forEach(System.out::println);
    }

    private static String of(ScoringPlan plan) {
        return String.format(Locale.ROOT, "%s: %,d sentences, %,d rows, %,d tokens in %,d batches, %s", plan.model().name(),
                plan.sentences(), plan.rows(), plan.tokens(), plan.batches(), text(plan.estimatedTime()));
    }

    private static List<String> cheaper(MaskedLmScorer scorer, List<Sample> samples, ScoringPlan plan) {
        return CHEAP.stream().map(rule -> Map.entry(rule, scorer.plan(samples, Set.of(MaskingRule.named(rule).orElseThrow()))))
                .filter(other -> 2 * other.getValue().tokens() <= plan.tokens())
                .map(other -> String.format(Locale.ROOT, "  cheaper with --rule %s: %,d rows, %s", other.getKey(),
                        other.getValue().rows(), text(other.getValue().estimatedTime())))
                .toList();
    }

    /** An estimate. */
    static String text(Duration time) {
        return "about " + (time.toHours() > 0 ? time.toHours() + " h " + time.toMinutesPart() + " min" : time.toMinutes() > 0
                ? time.toMinutes() + " min " + time.toSecondsPart() + " s" : String.format(Locale.ROOT, "%.1f s", time.toMillis() / 1e3));
    }
}
