package io.github.miaudit.metrics;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;
import org.apache.commons.math3.distribution.TDistribution;

/**
 * The mean of numbers that were drawn independently, one a group (patient), from what may be skewed: few of them may be far larger or far
 * smaller than the others. With m the mean, s the standard deviation with n - 1 and {@code T = (m - mu) / s}, Student's
 * {@code sqrt(n) T} is then skewed itself, and its interval lies too often beyond the truth, on the side of the many. Hall's
 * {@code sqrt(n) (T + G T^2 / 3 + G^2 T^3 / 27 + G / (6 n))} is less so, with {@code G = n / ((n - 1)(n - 2)) sum of ((x - m) / s)^3} the
 * skewness (Hall 1992, On the removal of skewness by transformation, J. R. Statist. Soc. B 54, 221-228). As G is badly known of few, each
 * end is that of the two that lies farther out, and the p-value the larger of the two. Both are held against Student's distribution with
 * n - 1 degrees of freedom. No interval of a mean holds for whatever numbers: what was not drawn, such as one of a hundred that is huge, is
 * in none.
 *
 * @param mean     m
 * @param interval of the mean of what the numbers were drawn from; without width if all are equal
 * @param pValue   of the hypothesis that it is 0, two-sided: at most 1 - level where 0 lies beyond the interval; if all are equal 0, or 1
 *                 where they are 0
 */
public record SkewedMean(double mean, Interval interval, double pValue) {

    /**
     * Of some numbers. O(n).
     *
     * @param values at least three, finite
     * @param level  of the interval, in (0, 1)
     * @throws IllegalArgumentException if there are fewer, one is not finite, or the level is none
     */
    public static SkewedMean of(double[] values, double level) {
        Arguments.requireAtLeast("values", values.length, 3);
        Arguments.requireFinite("values", values);
        Arguments.requireLevel(level);
        double count = values.length;
        double mean = Arrays.stream(values).sum() / count;
        double deviation = Math.sqrt(Arrays.stream(values).map(value -> (value - mean) * (value - mean)).sum() / (count - 1));
        if (deviation == 0) {
            return new SkewedMean(mean, new Interval(mean, mean, level, Interval.Method.HALL), mean == 0 ? 1 : 0);
        }
        double skewness = count / (count - 1) / (count - 2)
                * Arrays.stream(values).map(value -> (value - mean) / deviation).map(value -> value * value * value).sum();
        double shift = skewness / (6 * count);

        TDistribution student = new TDistribution(null, count - 1, PairedDifference.ACCURACY);
        double reach = student.inverseCumulativeProbability((1 + level) / 2) / Math.sqrt(count);
        // (1 + G T / 3)^3 - 1 over G, solved for T without dividing by G, which may be 0
        DoubleUnaryOperator hall = at -> {
            double root = Math.cbrt(1 + skewness * (at - shift));
            return 3 * (at - shift) / (root * root + root + 1);
        };
        Interval interval = new Interval(mean - deviation * Math.max(reach, hall.applyAsDouble(reach)),
                mean - deviation * Math.min(-reach, hall.applyAsDouble(-reach)), level, Interval.Method.HALL);

        double plain = mean / deviation;
        double corrected = plain + skewness * plain * plain / 3 + skewness * skewness * plain * plain * plain / 27 + shift;
        double least = Math.min(Math.abs(plain), Math.abs(corrected)) * Math.sqrt(count);
        return new SkewedMean(mean, interval, Math.min(1, 2 * student.cumulativeProbability(-least)));
    }
}
