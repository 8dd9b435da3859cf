package io.github.miaudit.metrics;

import org.apache.commons.math3.distribution.BetaDistribution;
import org.apache.commons.math3.distribution.NormalDistribution;

/** Intervals for the chance behind a count of independent trials, such as a TPR at a threshold fixed beforehand. */
public final class BinomialInterval {

    private static final double ACCURACY = 1e-14;

    private BinomialInterval() {
    }

    /**
     * The exact interval: its ends are the chances at which the count would be in the outer {@code (1 - level) / 2}
     * of the binomial distribution; they are quantiles of the beta distributions (k, n - k + 1) and (k + 1, n - k).
     * It covers the truth at least as often as its level says.
     *
     * @param successes k, from 0 to n
     * @param trials    n, at least 1
     * @param level     in (0, 1), such as 0.95
     * @return the interval
     * @throws IllegalArgumentException if an argument is out of bounds
     * @see <a href="https://doi.org/10.1093/biomet/26.4.404">Clopper and Pearson 1934</a>
     */
    public static Interval clopperPearson(int successes, int trials, double level) {
        requireCounts(successes, trials);
        Arguments.requireLevel(level);
        double tail = (1 - level) / 2;
        double lower = successes == 0 ? 0
                : new BetaDistribution(null, successes, trials - successes + 1.0, ACCURACY).inverseCumulativeProbability(tail);
        double upper = successes == trials ? 1
                : new BetaDistribution(null, successes + 1.0, trials - successes, ACCURACY).inverseCumulativeProbability(1 - tail);
        return new Interval(lower, upper, level, Interval.Method.CLOPPER_PEARSON);
    }

    /**
     * The interval of the score test, without continuity correction:
     * {@code (p + z²/2n ± z sqrt(p (1 - p) / n + z²/4n²)) / (1 + z²/n)}. Shorter than the exact one; covers the truth
     * as often as its level says on average.
     *
     * @param successes k, from 0 to n
     * @param trials    n, at least 1
     * @param level     in (0, 1), such as 0.95
     * @return the interval
     * @throws IllegalArgumentException if an argument is out of bounds
     * @see <a href="https://doi.org/10.1080/01621459.1927.10502953">Wilson 1927</a>
     */
    public static Interval wilson(int successes, int trials, double level) {
        requireCounts(successes, trials);
        Arguments.requireLevel(level);
        double z = normalQuantile(0.5 + level / 2);
        double share = (double) successes / trials;
        double square = z * z / trials;
        double centre = (share + square / 2) / (1 + square);
        double half = z * Math.sqrt(share * (1 - share) / trials + square / trials / 4) / (1 + square);
        return new Interval(Math.max(0, centre - half), Math.min(1, centre + half), level, Interval.Method.WILSON);
    }

    static double normalQuantile(double probability) {
        return new NormalDistribution(null, 0, 1, ACCURACY).inverseCumulativeProbability(probability);
    }

    private static void requireCounts(int successes, int trials) {
        if (!(trials >= 1 && successes >= 0 && successes <= trials)) {
            throw new IllegalArgumentException(successes + " successes in " + trials + " trials; at least 1 trial is needed, and no more successes than trials");
        }
    }
}
