package io.github.miaudit.likelihood;

import java.time.Duration;

/** Counts the sentences of one call of a scorer for its listener, who is told of the start at once. Not thread-safe. */
public final class ProgressCounter {

    private final ScoringListener listener;
    private final ModelIdentity model;
    private final long total;
    private final long start = System.nanoTime();
    private long done;

    /**
     * Starts the clock.
     *
     * @param listener is told of every change
     * @param model    the model that scores
     * @param total    sentences of the call
     */
    public ProgressCounter(ScoringListener listener, ModelIdentity model, long total) {
        this.listener = listener;
        this.model = model;
        this.total = total;
        add(0);
    }

    /**
     * Some more sentences are done.
     *
     * @param sentences how many
     */
    public void add(long sentences) {
        done += sentences;
        listener.progressed(new ScoringProgress(model, done, total, Duration.ofNanos(System.nanoTime() - start)));
    }
}
