package io.github.miaudit.metrics;

import java.util.Arrays;
import org.apache.commons.math3.distribution.BetaDistribution;
import org.apache.commons.math3.distribution.TDistribution;

/** Intervals of the chance behind a count of trials, such as a TPR at a threshold fixed beforehand. */
public final class BinomialInterval {

    private static final double ACCURACY = 1e-14;

    private BinomialInterval() {
    }

    /**
     * The exact interval of a share of independent trials: its ends are the chances at which the count would be in the outer
     * {@code (1 - level) / 2} of the binomial distribution; they are quantiles of the beta distributions (k, n - k + 1) and
     * (k + 1, n - k). It covers the truth at least as often as its level says. k successes, from 0 to n, of n trials, at least 1; the
     * level in (0, 1), such as 0.95.
     *
     * @throws IllegalArgumentException if an argument is out of bounds
     * @see <a href="https://doi.org/10.1093/biomet/26.4.404">Clopper and Pearson 1934</a>
     */
    public static Interval of(int successes, int trials, double level) {
        if (!(trials >= 1 && successes >= 0 && successes <= trials)) {
            throw new IllegalArgumentException(
                    successes + " successes in " + trials + " trials; at least 1 trial is needed, and no more successes than trials");
        }
        Arguments.requireLevel(level);
        return exact(successes, trials, level, Interval.Method.CLOPPER_PEARSON);
    }

    /** That of a share of so many trials, whose count need not be whole. */
    static Interval ofShare(double share, int trials, double level) {
        return exact(share * trials, trials, level, Interval.Method.CLOPPER_PEARSON);
    }

    private static Interval exact(double successes, double trials, double level, Interval.Method method) {
        double tail = (1 - level) / 2;
        double lower = successes == 0 ? 0
                : new BetaDistribution(null, successes, trials - successes + 1, ACCURACY).inverseCumulativeProbability(tail);
        double upper = successes == trials ? 1
                : new BetaDistribution(null, successes + 1, trials - successes, ACCURACY).inverseCumulativeProbability(1 - tail);
        return new Interval(lower, upper, level, method);
    }

    /**
     * The interval of a share of trials that come in groups, such as sentences of patients. Clopper and
     * Pearson's with {@code p (1 - p) / v} trials in place of n, where {@code v = G / (G - 1) sum_g (k_g - p n_g)² / n²} is the
     * variance of p between the G groups, adjusted by {@code (t(n - 1) / t(G - 1))²} for estimating it, at most n. Where all trials
     * or none succeed, v says nothing, and the groups count as the trials; so that one success more never makes the chance look
     * smaller, no interval ends below that of none or begins above that of all. Source: Korn and Graubard 1998, "Confidence intervals
     * for proportions with small expected number of positive counts estimated from survey data", Survey Methodology 24.
     *
     * @throws IllegalArgumentException if there is one group, or the level is not in (0, 1)
     */
    public static Interval clustered(GroupedCounts counts, double level) {
        requireGroups(counts, level);
        int groups = counts.groupCount();
        double[] successes = new double[groups];
        Arrays.setAll(successes, counts::successes);
        double[] trials = new double[groups];
        Arrays.setAll(trials, counts::trials);
        double share = (double) counts.successes() / counts.trials();
        return kornGraubard(share, share == 0 || share == 1 ? groups
                : effectiveTrials(successes, trials, share, counts.trials(), counts.trials(), level), groups, level);
    }

    /**
     * The interval of a share that is the mean over groups of each group's share of successes, every group counting as one however
     * many trials it has: {@link #clustered} with the shares in place of counts, and refusing the same.
     */
    public static Interval ofGroups(GroupedCounts counts, double level) {
        requireGroups(counts, level);
        double[] shares = counts.shares();
        double[] ones = new double[shares.length];
        Arrays.fill(ones, 1);
        double share = counts.meanShare();
        return kornGraubard(share, share == 0 || share == 1 ? shares.length
                : Math.min(counts.trials(), effectiveTrials(shares, ones, share, shares.length, Integer.MAX_VALUE, level)), shares.length,
                level);
    }

    private static void requireGroups(GroupedCounts counts, double level) {
        Arguments.requireLevel(level);
        if (counts.groupCount() < 2) {
            throw new IllegalArgumentException("1 group; an interval needs at least 2");
        }
    }

    private static Interval kornGraubard(double share, double effective, int groups, double level) {
        Interval own = exact(share * effective, effective, level, Interval.Method.KORN_GRAUBARD);
        return new Interval(Math.min(own.lower(), exact(groups, groups, level, own.method()).lower()),
                Math.max(own.upper(), exact(0, groups, level, own.method()).upper()), level, own.method());
    }

    private static double effectiveTrials(double[] successes, double[] trials, double share, int count, int most, double level) {
        double squares = 0;
        for (int group = 0; group < trials.length; group++) {
            double residual = successes[group] - share * trials[group];
            squares += residual * residual;
        }
        double variance = trials.length / (trials.length - 1.0) * squares / count / count;
        double known = new TDistribution(null, count - 1.0, ACCURACY).inverseCumulativeProbability(0.5 + level / 2);
        double estimated = new TDistribution(null, trials.length - 1.0, ACCURACY).inverseCumulativeProbability(0.5 + level / 2);
        return Math.min(most, share * (1 - share) / variance * (known / estimated) * (known / estimated));
    }
}
