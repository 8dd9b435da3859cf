package io.github.miaudit.metrics;

import java.util.OptionalInt;
import org.apache.commons.math3.distribution.TDistribution;

/**
 * A difference of two figures of the same sentences, the first minus the second, with the test of the hypothesis that it is 0.
 *
 * @param pValue       two-sided; 1 if nothing varies
 * @param fewestGroups how many groups the smaller side has, where groups are the units; else empty
 */
public record PairedDifference(double difference, double standardError, double pValue, Interval interval, OptionalInt fewestGroups) {

    /** How often a difference should be found that is called detectable. */
    public static final double POWER = 0.8;

    /**
     * The smallest true difference, at least 0, that a two-sided test would find in {@value #POWER} of all cases:
     * {@code (z(1 - alpha / (2 m)) + z(0.8)) SE}, the test being corrected for m differences (Bonferroni, so that Holm's finds it
     * too) and the standard error taken as known; of g groups {@code (sqrt(g / (g - 1)) t(1 - alpha / (2 m)) + t(0.8)) SE}, by
     * Student's distribution with g - 1 degrees of freedom, as the test has it. Where no difference is found, this says how much
     * may have been missed. The level is 1 - alpha, in (0, 1), such as 0.95.
     *
     * @throws IllegalArgumentException if the level is out of bounds, or fewer than 1 difference is tested
     */
    public double smallestDetectable(double level, int differences) {
        Arguments.requireLevel(level);
        Arguments.requireAtLeast("differences", differences, 1);
        double critical = 1 - (1 - level) / (2.0 * differences);
        if (fewestGroups.isEmpty()) {
            double sum = Interval.NORMAL.inverseCumulativeProbability(critical) + Interval.NORMAL.inverseCumulativeProbability(POWER);
            return sum * standardError;
        }
        double groups = fewestGroups.getAsInt();
        TDistribution student = new TDistribution(null, groups - 1, 1e-14);
        return (Math.sqrt(groups / (groups - 1)) * student.inverseCumulativeProbability(critical)
                + student.inverseCumulativeProbability(POWER)) * standardError;
    }
}
