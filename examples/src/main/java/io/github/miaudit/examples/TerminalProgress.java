package io.github.miaudit.examples;

import io.github.miaudit.likelihood.MaskingRule;
import io.github.miaudit.likelihood.ModelIdentity;
import io.github.miaudit.likelihood.ScoringListener;
import java.time.Duration;
import java.time.Instant;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;

/** A progress bar on the terminal for work that takes more than a moment; nothing when there is no terminal. */
final class TerminalProgress implements ScoringListener, AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final boolean terminal = System.console() != null;
    private Instant started = Instant.now();
    private ProgressBar bar;

    @Override
    public void progressed(ModelIdentity model, MaskingRule rule, long rowsDone, long rowsTotal) {
        if (rowsDone == 0) {
            close();
            started = Instant.now();
        }
        if (terminal && bar == null && rowsDone < rowsTotal && Instant.now().isAfter(started.plus(PATIENCE))) {
            bar = new ProgressBarBuilder().setTaskName(model.name() + " " + rule.label()).setUnit(" rows", 1)
                    .setInitialMax(rowsTotal).showSpeed().build();
        }
        if (bar != null) {
            bar.stepTo(rowsDone);
        }
        if (rowsDone == rowsTotal) {
            close();
        }
    }

    @Override
    public void close() {
        if (bar != null) {
            bar.close();
            bar = null;
        }
    }
}
