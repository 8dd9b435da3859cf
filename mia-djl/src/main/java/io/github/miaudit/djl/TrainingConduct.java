package io.github.miaudit.djl;

/**
 * How a training is run, which does not matter to its result.
 *
 * @param device          where
 * @param checkpointEvery so many updates
 * @param listener        is told of progress
 */
record TrainingConduct(ScoringDevice device, int checkpointEvery, TrainingListener listener) {

    static final TrainingConduct USUAL = new TrainingConduct(ScoringDevice.auto(), 500, TrainingListener.NONE);
}
