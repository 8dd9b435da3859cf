package io.github.miaudit.metrics;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * One test over several statistics whose values under permutation are known: is the most extreme of them more extreme than the most
 * extreme of a permutation? Each is standardised, {@code z = (t - mean) / deviation} with the mean and deviation of its permutations
 * and its own, and counts on one side or both. Its size is its level whatever the number of statistics and however they depend on one
 * another. Source: Westfall and Young 1993, "Resampling-based multiple testing", the single-step method.
 *
 * @param pValue     {@code (1 + #{permutations whose largest z is at least the largest observed}) / (1 + permutations)}, in (0, 1]
 * @param statistics each statistic, in order
 */
public record MaximumTest(double pValue, List<Statistic> statistics) {

    /** In which direction a statistic is extreme. */
    public enum Side {
        /** Only above its mean. */
        ABOVE,
        /** Above or below. */
        BOTH
    }

    /**
     * One of the statistics.
     *
     * @param value          as observed
     * @param mean           over permutations
     * @param deviation      over permutations
     * @param adjustedPValue of this statistic among all (single step): that of the largest, were this one it
     */
    public record Statistic(double value, double mean, double deviation, double adjustedPValue) {
    }

    /** Copies the list. */
    public MaximumTest {
        statistics = List.copyOf(statistics);
    }

    /**
     * Tests.
     *
     * @param observed the statistics
     * @param permuted of each permutation the statistics, in the same order; at least 99
     * @param sides    of each statistic
     * @throws IllegalArgumentException if there is no statistic, there are fewer than 99 permutations, or the lengths differ
     */
    public static MaximumTest of(double[] observed, double[][] permuted, List<Side> sides) {
        Arguments.requireScores("statistic", observed);
        Arguments.requireAtLeast("permutations", permuted.length, 99);
        Arguments.requireSameLength("statistics", observed.length, "sides", sides.size());
        for (double[] permutation : permuted) {
            Arguments.requireSameLength("statistics", observed.length, "permuted ones", permutation.length);
        }
        double[] means = new double[observed.length];
        double[] deviations = new double[observed.length];
        for (int statistic = 0; statistic < observed.length; statistic++) {
            int place = statistic;
            // The observed one counts as a permutation, so that all are treated alike and the test is exact.
            double[] values = IntStream.rangeClosed(0, permuted.length)
                    .mapToDouble(each -> each == permuted.length ? observed[place] : permuted[each][place]).toArray();
            means[statistic] = Arrays.stream(values).average().orElseThrow();
            deviations[statistic] = Math.sqrt(
                    Arrays.stream(values).map(value -> (value - means[place]) * (value - means[place])).sum() / permuted.length);
        }
        double[] extremes = Arrays.stream(permuted)
                .mapToDouble(values -> IntStream.range(0, values.length)
                        .mapToDouble(place -> extremity(values[place], means[place], deviations[place], sides.get(place))).max()
                        .orElseThrow())
                .sorted().toArray();
        List<Statistic> statistics = IntStream.range(0, observed.length).mapToObj(place -> new Statistic(observed[place], means[place],
                deviations[place],
                share(extremes, extremity(observed[place], means[place], deviations[place], sides.get(place))))).toList();
        return new MaximumTest(statistics.stream().mapToDouble(Statistic::adjustedPValue).min().orElseThrow(), statistics);
    }

    /** A statistic that never varies tells nothing. */
    private static double extremity(double value, double mean, double deviation, Side side) {
        double standardised = deviation <= 1e-12 ? 0 : (value - mean) / deviation;
        return side == Side.BOTH ? Math.abs(standardised) : standardised;
    }

    private static double share(double[] ascending, double extreme) {
        return (1.0 + ascending.length - SortedOrder.countBelow(ascending, extreme - 1e-9)) / (1.0 + ascending.length);
    }
}
