package io.github.miaudit.djl;

/** A network on a device with its weights. Several threads may call it, each with batches of its own. */
interface ScoringNetwork extends AutoCloseable {

    /**
     * Passes a batch through.
     *
     * @return for each kind of value (log-probability in nats; with moments mean and deviation), each row and each
     *         target; on the host when this returns
     */
    float[] values(RowBatch batch, int maskId);

    @Override
    void close();
}
