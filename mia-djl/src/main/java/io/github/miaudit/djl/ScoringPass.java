package io.github.miaudit.djl;

import io.github.miaudit.io.AuditException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * One caller's batches on their way through a pool of devices. Rows are told their values on the caller's own thread, while it
 * adds batches or finishes. Not thread-safe.
 */
final class ScoringPass {

    private final DevicePool pool;
    private final BlockingQueue<DevicePool.Outcome> outcomes = new LinkedBlockingQueue<>();
    private int underWay;

    ScoringPass(DevicePool pool) {
        this.pool = pool;
    }

    /** Queues a batch, as soon as there is room. */
    void add(RowBatch batch) {
        while (underWay >= pool.capacity()) {
            takeOne();
        }
        pool.submit(batch, outcomes);
        underWay++;
    }

    /** Waits until all rows have their values. */
    void finish() {
        while (underWay > 0) {
            takeOne();
        }
    }

    private void takeOne() {
        DevicePool.Outcome outcome;
        try {
            outcome = outcomes.take();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AuditException("interrupted while model " + pool.model() + " scored; run again", e);
        }
        underWay--;
        if (outcome.failure().isPresent()) {
            throw unchecked(outcome.failure().get());
        }
        outcome.computed().forEach(computed -> computed.batch().accept(computed.values()));
    }

    /** To be thrown where it is told. */
    static RuntimeException unchecked(Throwable failure) {
        if (failure instanceof Error error) {
            throw error;
        }
        return (RuntimeException) failure;
    }
}
