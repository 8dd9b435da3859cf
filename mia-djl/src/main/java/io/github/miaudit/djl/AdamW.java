package io.github.miaudit.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * Adam with decoupled weight decay (Loshchilov and Hutter 2019, arXiv 1711.05101, algorithm 2, with the decay multiplied by the
 * learning rate as in PyTorch): {@code m = b1 m + (1 - b1) g; v = b2 v + (1 - b2) g²; w = w - a (d w + m' / (sqrt(v') + e))} with
 * {@code m'} and {@code v'} corrected for their start at zero. DJL's own decays through the gradient and leaves {@code v'}
 * uncorrected where {@code e} is added.
 *
 * @param weights     what is updated in place, by name
 * @param weightDecay of matrices; vectors, which are biases and normalisations, do not decay
 * @param moments     the running means of gradients and of their squares, by the weights' names behind a prefix
 */
record AdamW(Map<String, NDArray> weights, double weightDecay, Map<String, NDArray> moments) {

    private static final double FIRST = 0.9;
    private static final double SECOND = 0.999;
    private static final double EPSILON = 1e-8;
    private static final String FIRST_NAME = "first.";
    private static final String SECOND_NAME = "second.";

    /** At the start; the manager owns the moments. */
    static AdamW of(Map<String, NDArray> weights, double weightDecay, NDManager manager) {
        Map<String, NDArray> moments = new LinkedHashMap<>();
        weights.forEach((name, weight) -> {
            moments.put(FIRST_NAME + name, manager.zeros(weight.getShape()));
            moments.put(SECOND_NAME + name, manager.zeros(weight.getShape()));
        });
        return new AdamW(weights, weightDecay, moments);
    }

    /** Updates all weights with the gradients by their names; the first step is 1. */
    void update(Map<String, NDArray> gradients, double learningRate, int step) {
        double firstSeen = 1 - Math.pow(FIRST, step);
        double secondSeen = 1 - Math.pow(SECOND, step);
        weights.forEach((name, weight) -> {
            try (NDScope temporaries = new NDScope()) {
                temporaries.suppressNotUsedWarning();
                NDArray gradient = Objects.requireNonNull(gradients.get(name));
                NDArray first = Objects.requireNonNull(moments.get(FIRST_NAME + name));
                NDArray second = Objects.requireNonNull(moments.get(SECOND_NAME + name));
                first.muli(FIRST).addi(gradient.mul(1 - FIRST));
                second.muli(SECOND).addi(gradient.square().muli(1 - SECOND));
                NDArray scale = second.sqrt().divi(Math.sqrt(secondSeen)).addi(EPSILON);
                if (weight.getShape().dimension() > 1) {
                    weight.muli(1 - learningRate * weightDecay);
                }
                weight.subi(first.div(scale).muli(learningRate / firstSeen));
            }
        });
    }
}
