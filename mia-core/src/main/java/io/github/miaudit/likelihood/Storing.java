package io.github.miaudit.likelihood;

import io.github.miaudit.data.Sample;
import io.github.miaudit.io.AuditException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Puts scores into a store on a thread of its own, those of one chunk after those of the other. At most one chunk waits and one is under
 * way. Not thread-safe itself.
 */
final class Storing implements AutoCloseable {

    private final ScoreStore store;
    private final ModelIdentity model;
    private final ExecutorService thread = Executors.newSingleThreadExecutor(work -> {
        Thread thread = new Thread(work, "storing scores");
        thread.setDaemon(true);
        return thread;
    });
    private Runnable waiting;
    private Future<?> underWay;

    Storing(ScoreStore store, ModelIdentity model) {
        this.store = store;
        this.model = model;
    }

    /**
     * Takes scores, to be stored at the next {@link #start} or {@link #finish}, once those before them are.
     *
     * @param work ends when they are stored, or can't be
     * @throws AuditException as the store does, of those before them
     */
    void add(List<Sample> samples, Map<MaskingRule, List<SequenceScore>> scores, Cancellation.Work work) {
        waiting = () -> {
            try (work) {
                store.add(model, samples, scores);
            }
        };
        awaitUnderWay();
    }

    /** Begins to store what waits, if anything does. */
    void start() {
        if (waiting != null) {
            underWay = thread.submit(waiting);
            waiting = null;
        }
    }

    /**
     * Waits until all is stored.
     *
     * @throws AuditException as the store does
     */
    void finish() {
        start();
        awaitUnderWay();
    }

    private void awaitUnderWay() {
        Future<?> last = underWay;
        underWay = null;
        if (last == null) {
            return;
        }
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    last.get();
                    return;
                } catch (InterruptedException e) {
                    interrupted = true; // what is computed is to be stored
                } catch (ExecutionException e) {
                    if (e.getCause() instanceof Error error) {
                        throw error;
                    }
                    throw (RuntimeException) e.getCause();
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Stores what is left, also where scoring failed. */
    @Override
    public void close() {
        try {
            finish();
        } finally {
            thread.shutdown();
        }
    }
}
