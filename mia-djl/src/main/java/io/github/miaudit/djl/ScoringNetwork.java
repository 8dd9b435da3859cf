package io.github.miaudit.djl;

import ai.djl.Device;
import ai.djl.pytorch.jni.JniUtils;

/** A network on a device with its weights. Several threads may call it, each with rows of its own. */
interface ScoringNetwork extends AutoCloseable {

    /**
     * Passes rows through: for each kind of value (log-probability in nats of each token asked for; with moments mean and deviation)
     * each scored token, on the host when this returns.
     */
    float[] values(PackedRows rows);

    /** The same network with another readout; to be closed, before this one. */
    ScoringNetwork with(Readout readout);

    /** Where it computes. */
    Device device();

    /** Gives memory back that the device's allocator keeps for later. */
    default void freeMemory() {
        if (device().isGpu()) {
            JniUtils.emptyCudaCache();
        }
    }

    @Override
    void close();
}
