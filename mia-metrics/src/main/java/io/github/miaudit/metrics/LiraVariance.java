package io.github.miaudit.metrics;

import java.util.Arrays;

/** Whose spread LiRA divides by. */
public enum LiraVariance {

    /** Each sentence's own, over the references; noisy below 64 of them. */
    PER_EXAMPLE,

    /** One for all sentences: the root of the mean variance; the paper's "fixed variance", for few references. */
    POOLED;

    private static final double FLOOR = 1e-6; // of the pooled deviation: references that agree by chance on a sentence

    /**
     * The standard deviations of the sentences, never below a millionth of the pooled one.
     *
     * @throws IllegalArgumentException if all references agree on every sentence
     */
    double[] deviations(double[][] references) {
        int sentences = references[0].length;
        double[] variances = new double[sentences];
        for (int sentence = 0; sentence < sentences; sentence++) {
            double mean = 0;
            for (double[] reference : references) {
                mean += reference[sentence] / references.length;
            }
            for (double[] reference : references) {
                variances[sentence] += (reference[sentence] - mean) * (reference[sentence] - mean) / (references.length - 1);
            }
        }
        double pooled = Math.sqrt(Arrays.stream(variances).sum() / sentences);
        if (sentences > 0 && !(pooled > 0)) {
            throw new IllegalArgumentException("all " + references.length + " references agree on all " + sentences
                    + " sentences, so there is no spread to divide by; are they the same model?");
        }
        return Arrays.stream(variances).map(variance -> this == POOLED ? pooled : Math.max(Math.sqrt(variance), FLOOR * pooled)).toArray();
    }
}
