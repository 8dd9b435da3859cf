package io.github.miaudit.metrics;

import java.util.OptionalInt;
import org.apache.commons.math3.distribution.NormalDistribution;
import org.apache.commons.math3.distribution.TDistribution;

/**
 * A difference of two figures of the same sentences, with the test of the hypothesis that it is 0.
 *
 * @param difference    the first minus the second
 * @param standardError of the difference
 * @param pValue        two-sided; 1 if nothing varies
 * @param interval      of the difference
 * @param fewestGroups  how many groups the smaller side has, where groups are the units; else empty
 */
public record PairedDifference(double difference, double standardError, double pValue, Interval interval, OptionalInt fewestGroups) {

    /** How often a difference should be found that is called detectable. */
    public static final double POWER = 0.8;

    private static final NormalDistribution NORMAL = new NormalDistribution(null, 0, 1, 1e-14);

    /**
     * The smallest true difference that a two-sided test would find in {@value #POWER} of all cases:
     * {@code (z(1 - alpha / (2 m)) + z(0.8)) SE}, the test being corrected for m differences (Bonferroni, so that Holm's finds
     * it too) and the standard error taken as known; of g groups {@code (sqrt(g / (g - 1)) t(1 - alpha / (2 m)) + t(0.8)) SE}, by
     * Student's distribution with g - 1 degrees of freedom, as the test has it. Where no difference is found, this says how much
     * may have been missed.
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
        double critical = 1 - (1 - level) / (2.0 * differences);
        if (fewestGroups.isEmpty()) {
            return (NORMAL.inverseCumulativeProbability(critical) + NORMAL.inverseCumulativeProbability(POWER)) * standardError;
        }
        double groups = fewestGroups.getAsInt();
        TDistribution student = new TDistribution(null, groups - 1, 1e-14);
        return (Math.sqrt(groups / (groups - 1)) * student.inverseCumulativeProbability(critical) + student.inverseCumulativeProbability(POWER)) * standardError;
    }
}
