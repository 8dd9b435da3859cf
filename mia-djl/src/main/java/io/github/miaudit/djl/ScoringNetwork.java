package io.github.miaudit.djl;

import ai.djl.Device;
import ai.djl.pytorch.jni.JniUtils;
import io.github.miaudit.checkpoint.Architecture;

/** A network on a device with its weights. Several threads may call it, each with rows of its own. */
interface ScoringNetwork extends AutoCloseable {

    /**
     * Passes rows through: for each kind of value (log-probability in nats of each token asked for; with moments mean and deviation)
     * each scored token, on the host when this returns.
     */
    float[] values(PackedRows rows);

    /** The same network with another readout; to be closed, before this one. */
    ScoringNetwork with(Readout readout);

    /** The same weights read as another architecture says; to be closed, before this one. Only what was made of a checkpoint can be. */
    default ScoringNetwork as(Architecture other, Readout readout) {
        throw new IllegalStateException("this network has no configuration that could be another");
    }

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
