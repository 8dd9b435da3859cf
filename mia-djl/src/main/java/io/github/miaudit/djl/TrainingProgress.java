package io.github.miaudit.djl;

/**
 * How far a training has come after an update.
 *
 * @param model         the name of the folder that it will be written to
 * @param step          which update, from 1; a training that is resumed goes on counting
 * @param steps         how many there will be
 * @param stepsPerEpoch how many are a pass over all sentences
 * @param loss          the mean negative log-likelihood of a masked token in this update, before it, in nats
 * @param learningRate  of this update
 * @param gradientNorm  the Euclidean norm of its gradient over all weights, before clipping
 */
public record TrainingProgress(String model, int step, int steps, int stepsPerEpoch, double loss, double learningRate,
        double gradientNorm) {
}
