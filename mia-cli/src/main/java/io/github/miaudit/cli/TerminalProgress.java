package io.github.miaudit.cli;

import io.github.miaudit.io.PlainText;
import io.github.miaudit.likelihood.ScoringListener;
import io.github.miaudit.likelihood.ScoringProgress;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.time.Duration;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;

/** A progress bar on the terminal for work that takes more than a moment; nothing when there is no terminal. */
final class TerminalProgress implements ScoringListener, AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final boolean terminal = System.console() != null;
    private ProgressBar bar;

    @Override
    public void progressed(ScoringProgress progress) {
        boolean done = progress.sentencesDone() == progress.sentencesTotal();
        if (terminal && bar == null && !done && progress.elapsed().compareTo(PATIENCE) > 0) {
            bar = new ProgressBarBuilder().setTaskName(PlainText.name(progress.model().name()))
                    .setConsumer(new ConsoleProgressBarConsumer(new PrintStream(new FileOutputStream(FileDescriptor.err)))) // it moves the cursor
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

    @Override
    public void close() {
        if (bar != null) {
            bar.close();
            bar = null;
        }
    }
}
