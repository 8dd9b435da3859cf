package io.github.miaudit.djl;

/** Is told how far training has come. Called on the training thread. */
@FunctionalInterface
public interface TrainingListener {

    /** Ignores everything. */
    TrainingListener NONE = (epoch, epochs, loss) -> { };

    /**
     * An epoch is done.
     *
     * @param epoch  which one, from 1
     * @param epochs how many there will be
     * @param loss   the mean negative log-likelihood of a masked token in this epoch, in nats
     */
    void epochDone(int epoch, int epochs, double loss);
}
