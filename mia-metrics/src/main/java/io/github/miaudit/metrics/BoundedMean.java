package io.github.miaudit.metrics;

import java.util.Arrays;
import java.util.stream.IntStream;

/** How sure a mean over patients is, if what is averaged has bounds. */
final class BoundedMean {

    private static final int DRAWS = 10_000;

    private BoundedMean() {
    }

    /**
     * Gaffke's interval of the mean of what independent values were drawn from: a bootstrap in which each value has a random weight,
     * exponential over the sum of all, and one value more, not seen, lies at the bound. The lower end is the
     * {@code (1 - level) / 2} quantile of the weighted means with it at the least possible value, the upper end the
     * {@code (1 + level) / 2} quantile with it at the greatest. So it holds for few patients too, of whom the exposed may not be among
     * those drawn, where percentiles of an ordinary bootstrap or Student's interval end too low. Of values 0 and 1 it is Clopper and
     * Pearson's interval. That it covers the mean at least as often as its level says is proved for such values, and is a conjecture
     * without a known exception for others. 10 000 draws, in O(draws &times; values), the same for any number of threads.
     *
     * @throws IllegalArgumentException if there is no value, one is out of bounds, or the level is not in (0, 1)
     * @see <a href="https://arxiv.org/abs/1905.06208">Learned-Miller and Thomas 2020</a>, after Gaffke 2005, "Three test statistics for a
     *      nonparametric one-sided hypothesis on the mean of a nonnegative variable", Mathematical Methods of Statistics 14
     */
    static Interval interval(double[] values, double least, double greatest, double level, long seed) {
        Arguments.requireScores("bounded", values);
        Arguments.requireLevel(level);
        for (double value : values) {
            if (value < least || value > greatest) {
                throw new IllegalArgumentException("value " + value + " is not between its bounds " + least + " and " + greatest);
            }
        }
        double[] lower = new double[DRAWS];
        double[] upper = new double[DRAWS];
        IntStream.range(0, DRAWS).parallel().forEach(draw -> {
            CounterRandom random = new CounterRandom(seed, draw);
            double weights = exponential(random);
            double unseen = weights;
            double sum = 0;
            for (double value : values) {
                double weight = exponential(random);
                weights += weight;
                sum += weight * value;
            }
            lower[draw] = Math.max(least, (sum + unseen * least) / weights);
            upper[draw] = Math.min(greatest, (sum + unseen * greatest) / weights);
        });
        Arrays.sort(lower);
        Arrays.sort(upper);
        return new Interval(ClusterBootstrap.quantile(lower, (1 - level) / 2), ClusterBootstrap.quantile(upper, (1 + level) / 2), level,
                Interval.Method.GAFFKE);
    }

    private static double exponential(CounterRandom random) {
        return -Math.log((random.nextInt(1 << 30) + 0.5) / (1 << 30));
    }
}
