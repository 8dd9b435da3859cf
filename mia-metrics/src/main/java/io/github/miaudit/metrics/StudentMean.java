package io.github.miaudit.metrics;

import java.util.Arrays;
import org.apache.commons.math3.distribution.TDistribution;

/** The mean of numbers that were drawn independently, one a group (patient). */
public final class StudentMean {

    private StudentMean() {
    }

    /**
     * Student's interval of the mean of what the numbers were drawn from: {@code m ± t(n - 1, (1 + level) / 2) s / sqrt(n)}, with m the
     * mean, s the standard deviation with n - 1. Exact for normal numbers, and nearly for others of many groups; without width if all are
     * equal. O(n).
     *
     * @param values at least two, finite
     * @param level  in (0, 1)
     * @throws IllegalArgumentException if there are fewer, one is not finite, or the level is none
     */
    public static Interval interval(double[] values, double level) {
        Arguments.requireAtLeast("number of values", values.length, 2);
        Arguments.requireFinite("values", values);
        Arguments.requireLevel(level);
        double mean = Arrays.stream(values).sum() / values.length;
        double squares = Arrays.stream(values).map(value -> (value - mean) * (value - mean)).sum();
        double error = Math.sqrt(squares / (values.length - 1) / values.length);
        double reach = error * new TDistribution(null, values.length - 1.0, PairedDifference.ACCURACY)
                .inverseCumulativeProbability((1 + level) / 2);
        return new Interval(mean - reach, mean + reach, level, Interval.Method.STUDENT);
    }
}
