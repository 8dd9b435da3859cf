package io.github.miaudit.cli;

import io.github.miaudit.io.PlainText;
import io.github.miaudit.likelihood.ScoringListener;
import io.github.miaudit.likelihood.ScoringProgress;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import java.util.function.LongSupplier;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;

/** For work that takes more than a moment a progress bar on a terminal, elsewhere a line about once a minute. */
final class TerminalProgress implements ScoringListener, AutoCloseable {

    /** How progress is shown. */
    enum Display {
        BAR, LINES, NOTHING
    }

    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final Display display;
    private final EveryMinute minute;
    private ProgressBar bar;

    TerminalProgress(Display display, LongSupplier nanoseconds) {
        this.display = display;
        this.minute = new EveryMinute(nanoseconds);
    }

    @Override
    public void progressed(ScoringProgress progress) {
        boolean done = progress.sentencesDone() == progress.sentencesTotal();
        if (display == Display.LINES && !done && minute.isOver()) {
            print(progress);
        }
        if (display == Display.BAR && bar == null && !done && progress.elapsed().compareTo(PATIENCE) > 0) {
            bar = new ProgressBarBuilder().setTaskName(PlainText.name(progress.model().name()))
                    // it moves the cursor
                    .setConsumer(new ConsoleProgressBarConsumer(new PrintStream(new FileOutputStream(FileDescriptor.err))))
                    .setUnit(" sentences", 1)
                    .setInitialMax(progress.sentencesTotal()).showSpeed().build(); // it shows the time left
        }
        if (bar != null) {
            bar.stepTo(progress.sentencesDone());
        }
        if (done) {
            close();
        }
    }

    private static void print(ScoringProgress progress) {
        String left = progress.remaining().map(time -> ", " + PlanText.text(time) + " left").orElse("");
        print(PlainText.name(progress.model().name()), progress.sentencesDone(), progress.sentencesTotal(), "sentences", left);
    }

    /** A line for people, or for programs. */
    static void print(String model, long done, long total, String unit, String left) {
        String text = String.format(Locale.ROOT, "%s: %,d of %,d %s%s", model, done, total, unit, left);
        if (System.err instanceof JsonLog log) {
            log.progress(model, done, total, text);
        } else {
            System.err.println("mia: " + text);
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
