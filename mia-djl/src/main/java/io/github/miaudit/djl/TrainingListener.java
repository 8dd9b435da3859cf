package io.github.miaudit.djl;

/** Is told how far training has come. Called on the training thread. */
@FunctionalInterface
public interface TrainingListener {

    /** Ignores everything. */
    TrainingListener NONE = progress -> {
    };

    /** An update is done. */
    void stepDone(TrainingProgress progress);

    /**
     * The held-out sentences have been looked at: before the first update, after each epoch and after the last update. Does nothing
     * by default.
     *
     * @param model the name of the folder that the model will be written to
     * @param step  after how many updates
     * @param loss  the mean negative log-likelihood of a masked token in the held-out sentences, in nats
     */
    default void heldOutMeasured(String model, int step, double loss) {
    }
}
