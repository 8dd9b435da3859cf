package io.github.miaudit.suite;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import org.apache.commons.math3.distribution.TDistribution;

/**
 * A figure over seeds.
 *
 * @param mean      over the seeds
 * @param halfWidth of Student's interval of 95 % for the mean, {@code t s / sqrt n} with n - 1 degrees of freedom, n seeds of standard
 *                  deviation s; empty with one seed
 */
record OverSeeds(double mean, OptionalDouble halfWidth) {

    private static final double UPPER = 0.975;

    static OverSeeds of(List<Double> values) {
        int count = values.size();
        double mean = values.stream().mapToDouble(Double::doubleValue).sum() / count;
        if (count == 1) {
            return new OverSeeds(mean, OptionalDouble.empty());
        }
        double squares = values.stream().mapToDouble(value -> (value - mean) * (value - mean)).sum();
        double quantile = new TDistribution(null, count - 1.0).inverseCumulativeProbability(UPPER);
        return new OverSeeds(mean, OptionalDouble.of(quantile * Math.sqrt(squares / (count - 1.0) / count)));
    }

    /** The middle one of several means, or the mean of the middle two. */
    static double median(double... values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
