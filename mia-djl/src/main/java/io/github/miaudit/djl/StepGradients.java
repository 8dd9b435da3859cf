package io.github.miaudit.djl;

import ai.djl.ndarray.NDArray;
import io.github.miaudit.metrics.CounterRandom;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;

/**
 * What the sentences of an update say of the weights.
 *
 * @param losses the sum over their targets in nats
 * @param byName the gradients that the optimiser gets, to be closed by the caller
 */
record StepGradients(double losses, Map<String, NDArray> byName) {

    /** Of random numbers that are drawn by the same seed as the order and the masks. */
    private static final int NOISE = 2;

    /** The gradients of the mean loss over all targets; they are the network's own, which clears them. */
    static StepGradients ofMeanLoss(TrainableNetwork network, List<TrainingBatch> batches) {
        int targets = batches.stream().mapToInt(TrainingBatch::targetCount).sum();
        double losses = batches.stream().mapToDouble(batch -> network.addGradients(batch, targets)).sum();
        return new StepGradients(losses, network.gradients());
    }

    /** The gradients that {@link GradientNoise} defines; a function of weights, sentences, noise, seed and the step's number. */
    static StepGradients noisy(TrainableNetwork network, List<TrainingBatch> batches, GradientNoise noise, double expectedSentences,
            long seed, int step) {
        Map<String, NDArray> sums = new LinkedHashMap<>();
        network.weights().forEach((name, weight) -> sums.put(name, network.manager().zeros(weight.getShape())));
        double losses = 0;
        for (TrainingBatch batch : batches) {
            for (TrainingBatch.Row sentence : batch.rows()) {
                TrainingBatch alone = new TrainingBatch(List.of(sentence));
                losses += network.addGradients(alone, alone.targetCount());
                Map<String, NDArray> own = network.gradients();
                GlobalNorm.clip(own.values(), noise.sentenceNorm());
                own.forEach((name, gradient) -> {
                    Objects.requireNonNull(sums.get(name)).addi(gradient);
                    gradient.close();
                });
                network.clearGradients();
            }
        }
        Random random = new Random(CounterRandom.mix(CounterRandom.mix(seed, NOISE), step));
        sums.values().forEach(sum -> {
            try (NDArray added = network.manager().create(gaussian(random, noise.deviation(), (int) sum.size()), sum.getShape())) {
                sum.addi(added).divi(expectedSentences);
            }
        });
        return new StepGradients(losses, sums);
    }

    private static float[] gaussian(Random random, double deviation, int count) {
        float[] values = new float[count];
        for (int place = 0; place < count; place++) {
            values[place] = (float) (deviation * random.nextGaussian());
        }
        return values;
    }
}
