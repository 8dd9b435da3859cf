package io.github.miaudit.cli;

import io.github.miaudit.likelihood.ScoringPlan;
import java.time.Duration;
import java.util.Locale;

/** What {@code --dry-run} prints. */
final class PlanText {

    private PlanText() {
    }

    static String of(ScoringPlan plan) {
        return String.format(Locale.ROOT, "%s: %,d sentences, %,d rows, %,d tokens in %,d batches, about %s", plan.model().name(),
                plan.sentences(), plan.rows(), plan.tokens(), plan.batches(), text(plan.estimatedTime()));
    }

    private static String text(Duration time) {
        return time.toHours() > 0 ? time.toHours() + " h " + time.toMinutesPart() + " min" : time.toMinutes() > 0
                ? time.toMinutes() + " min " + time.toSecondsPart() + " s" : String.format(Locale.ROOT, "%.1f s", time.toMillis() / 1e3);
    }
}
