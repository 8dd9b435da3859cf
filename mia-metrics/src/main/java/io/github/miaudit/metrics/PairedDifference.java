package io.github.miaudit.metrics;

import org.apache.commons.math3.distribution.NormalDistribution;

/**
 * A difference of two figures of the same sentences, with the test of the hypothesis that it is 0.
 *
 * @param difference    the first minus the second
 * @param standardError of the difference
 * @param pValue        two-sided; 1 if nothing varies
 * @param interval      of the difference
 */
public record PairedDifference(double difference, double standardError, double pValue, Interval interval) {

    /** How often a difference should be found that is called detectable. */
    public static final double POWER = 0.8;

    private static final NormalDistribution NORMAL = new NormalDistribution(null, 0, 1, 1e-14);

    /**
     * The smallest true difference that a two-sided test would find in {@value #POWER} of all cases:
     * {@code (z(1 - alpha / (2 m)) + z(0.8)) SE}, the test being corrected for m differences (Bonferroni, so that Holm's finds
     * it too) and the standard error taken as known. Where no difference is found, this says how much may have been missed.
     *
     * @param level       1 - alpha, in (0, 1), such as 0.95
     * @param differences m, how many are tested together; at least 1
     * @return at least 0
     * @throws IllegalArgumentException if an argument is out of bounds
     */
    public double smallestDetectable(double level, int differences) {
        Arguments.requireLevel(level);
        if (differences < 1) {
            throw new IllegalArgumentException("differences are " + differences + "; at least 1 is needed");
        }
        return (NORMAL.inverseCumulativeProbability(1 - (1 - level) / (2.0 * differences)) + NORMAL.inverseCumulativeProbability(POWER)) * standardError;
    }
}
