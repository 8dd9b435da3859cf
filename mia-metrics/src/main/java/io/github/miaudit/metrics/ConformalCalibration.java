package io.github.miaudit.metrics;

import java.util.Arrays;

/**
 * Decisions at a false positive rate that is promised, not fitted: a sentence's p-value is the share of calibration
 * non-members that look at least as much like members, {@code p(x) = (1 + #{z : s(z) >= s(x)}) / (n + 1)}, and x is
 * called a member if {@code p(x) <= alpha}. If x is a non-member exchangeable with the calibration ones, that happens
 * with a chance of at most alpha. Calibration sentences must not be evaluated, nor share patients with those that are.
 *
 * <p>Sentences of one patient are not exchangeable with those of others: a thousand sentences of ten patients promise
 * little more than ten sentences. So each of G patients counts as one, by the share of its sentences:
 * {@code p(x) = (1 + sum_g share_g{z : s(z) >= s(x)}) / (G + 1)}. The promise is then for a random sentence of a random other
 * patient: the mean over patients of the share of their sentences that is accepted is at most alpha on average. Pooled
 * over sentences it can be more, if patients with many sentences score higher. Immutable.
 *
 * @see <a href="https://doi.org/10.1007/978-3-031-06649-8">Vovk, Gammerman and Shafer 2022</a>
 * @see <a href="https://arxiv.org/abs/2306.06342">Lee, Barber and Willett 2023</a>
 */
public final class ConformalCalibration {

    private static final double NOISE = 1e-12; // of sums of shares

    private final double[] ascending;
    /** For each place in the order, the shares of the scores from there on. */
    private final double[] sharesFrom;
    private final int groupCount;

    private ConformalCalibration(double[] ascending, double[] sharesFrom, int groupCount) {
        this.ascending = ascending;
        this.sharesFrom = sharesFrom;
        this.groupCount = groupCount;
    }

    /** A calibration with the scores of non-members, higher = more likely a member, by patient. */
    public static ConformalCalibration of(GroupedScores nonMembers) {
        Groups groups = nonMembers.groups();
        int[] descending = SortedOrder.descending(nonMembers.values());
        double[] ascending = new double[descending.length];
        double[] sharesFrom = new double[descending.length + 1];
        for (int place = 0; place < descending.length; place++) {
            int from = descending.length - 1 - place;
            ascending[from] = nonMembers.score(descending[place]);
            sharesFrom[from] = sharesFrom[from + 1] + 1.0 / groups.size(groups.number(descending[place]));
        }
        return new ConformalCalibration(ascending, sharesFrom, groups.count());
    }

    /** G, the number of calibration patients, or of sentences where patients are not known. */
    public int groupCount() {
        return groupCount;
    }

    /**
     * The p-values of scores, in [1 / (G + 1), 1]; O(log n) each.
     *
     * @throws IllegalArgumentException if a score is not finite
     */
    public double[] pValues(double[] scores) {
        Arguments.requireFinite("score", scores);
        return Arrays.stream(scores).map(this::pValue).toArray();
    }

    /**
     * Above which scores a sentence is called a member at a promised false positive rate: whose p-value is at most alpha. O(log n).
     *
     * @return a calibration score that is not above it is not called a member; negative infinity if all scores are, positive infinity if
     *         none is
     * @throws IllegalArgumentException if alpha is not in (0, 1], or below {@code 1 / (G + 1)}, which nobody could pass
     */
    public double threshold(double alpha) {
        requireResolvable(alpha);
        int from = 0; // the first place from which on p-values are at most alpha
        int to = sharesFrom.length;
        while (from < to) {
            int middle = (from + to) >>> 1;
            if (pValueFrom(middle) > alpha * (1 + NOISE)) {
                from = middle + 1;
            } else {
                to = middle;
            }
        }
        return from == 0 ? Double.NEGATIVE_INFINITY : from == sharesFrom.length ? Double.POSITIVE_INFINITY : ascending[from - 1];
    }

    /**
     * Whether a sentence is called a member at a promised false positive rate: whether its p-value is at most alpha.
     *
     * @throws IllegalArgumentException if the score is not finite, or as {@link #threshold}
     */
    public boolean accepts(double score, double alpha) {
        Arguments.requireFinite("score", new double[] {score});
        return score > threshold(alpha);
    }

    private double pValue(double score) {
        return pValueFrom(SortedOrder.countBelow(ascending, score));
    }

    private double pValueFrom(int place) {
        return Math.min(1, (1 + sharesFrom[place]) / (groupCount + 1.0));
    }

    /**
     * How many calibration patients, or sentences, a rate takes: the smallest G, at least 0, with {@code 1 / (G + 1) <= alpha}.
     *
     * @throws IllegalArgumentException if the rate is not in (0, 1]
     */
    public static long groupsNeeded(double alpha) {
        Arguments.requirePositiveRate("alpha", alpha);
        return (long) Math.ceil(1 / alpha - 1 - 1e-9); // 1 / 0.1 - 1 is a little above 9 in floating point
    }

    /**
     * How many calibration patients, or sentences, a rate takes that is near alpha on average and in most calibrations: {@code 10 / alpha},
     * rounded up. With G of them the rate of one calibration has the beta distribution of {@code floor(alpha (G + 1))} and the rest of
     * G + 1, so with ten times 1 / alpha its deviation is about a third of alpha; with the fewest possible it is as large as alpha.
     *
     * @throws IllegalArgumentException if the rate is not in (0, 1]
     */
    public static long groupsForNear(double alpha) {
        Arguments.requirePositiveRate("alpha", alpha);
        return (long) Math.ceil(10 / alpha - 1e-9);
    }

    /**
     * Refuses a rate that so few calibration patients can't resolve.
     *
     * @throws IllegalArgumentException if it is not in (0, 1], or below {@code 1 / (G + 1)}, with the number of patients it would take
     */
    public void requireResolvable(double alpha) {
        if (groupCount < groupsNeeded(alpha)) {
            throw new IllegalArgumentException(
                    "alpha " + alpha + " can't be resolved with " + groupCount + " calibration non-members; it takes at least "
                            + groupsNeeded(alpha) + (groupCount < ascending.length ? " patients" : ""));
        }
    }
}
