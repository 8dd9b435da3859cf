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
     * The standard deviations of the sentences, each of which has a variance over the references; never below a millionth of
     * the pooled one. If all references agree on every sentence, an {@link IllegalArgumentException}.
     */
    double[] deviations(double[] variances) {
        double pooled = Math.sqrt(Arrays.stream(variances).sum() / variances.length);
        if (variances.length > 0 && !(pooled > 0)) {
            throw new IllegalArgumentException("the references agree on all " + variances.length
                    + " sentences, so there is no spread to divide by; are they the same model?");
        }
        return Arrays.stream(variances).map(variance -> this == POOLED ? pooled : Math.max(Math.sqrt(variance), FLOOR * pooled)).toArray();
    }
}
