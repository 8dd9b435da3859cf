package io.github.miaudit.metrics;

import java.util.Arrays;

/**
 * Decisions at a false positive rate that is promised, not fitted: a sentence's p-value is the share of calibration
 * non-members that look at least as much like members, {@code p(x) = (1 + #{z : s(z) >= s(x)}) / (n + 1)}, and x is
 * called a member if {@code p(x) <= alpha}. If x is a non-member exchangeable with the calibration ones, that happens
 * with a chance of at most alpha. Calibration sentences must not be evaluated, nor share patients with those that are.
 * Immutable.
 *
 * @see <a href="https://doi.org/10.1007/978-3-031-06649-8">Vovk, Gammerman and Shafer 2022</a>
 */
public final class ConformalCalibration {

    private final double[] ascending;

    private ConformalCalibration(double[] ascending) {
        this.ascending = ascending;
    }

    /**
     * A calibration.
     *
     * @param nonMemberScores of the calibration non-members, higher = more likely a member; finite, not empty
     * @return the calibration
     * @throws IllegalArgumentException if there is no score or one is not finite
     */
    public static ConformalCalibration of(double[] nonMemberScores) {
        Arguments.requireScores("calibration", nonMemberScores);
        double[] ascending = nonMemberScores.clone();
        Arrays.sort(ascending);
        return new ConformalCalibration(ascending);
    }

    /**
     * The number of calibration scores.
     *
     * @return n
     */
    public int size() {
        return ascending.length;
    }

    /**
     * The p-values of scores; O(log n) each.
     *
     * @param scores finite; may be empty
     * @return one each, in [1 / (n + 1), 1]
     * @throws IllegalArgumentException if a score is not finite
     */
    public double[] pValues(double[] scores) {
        Arguments.requireFinite("score", scores);
        return Arrays.stream(scores).map(score -> (1.0 + ascending.length - SortedOrder.countBelow(ascending, score)) / (ascending.length + 1.0)).toArray();
    }

    /**
     * Who is called a member at a promised false positive rate.
     *
     * @param scores finite; may be empty
     * @param alpha  the rate, in (0, 1]
     * @return how many have a p-value of at most alpha
     * @throws IllegalArgumentException if a score is not finite, or alpha is below {@code 1 / (n + 1)}, which nobody
     *                                  could pass
     */
    public int countAccepted(double[] scores, double alpha) {
        requireResolvable(alpha);
        return (int) Arrays.stream(pValues(scores)).filter(pValue -> pValue <= alpha * (1 + 1e-12)).count();
    }

    /**
     * How many calibration non-members a rate takes: the smallest n with {@code 1 / (n + 1) <= alpha}.
     *
     * @param alpha the rate, in (0, 1]
     * @return at least 0
     * @throws IllegalArgumentException if the rate is not in (0, 1]
     */
    public static long scoresNeeded(double alpha) {
        if (!(alpha > 0 && alpha <= 1)) {
            throw new IllegalArgumentException("alpha is " + alpha + "; it must lie in (0, 1]");
        }
        return (long) Math.ceil(1 / alpha - 1 - 1e-9); // 1 / 0.1 - 1 is a little above 9 in floating point
    }

    /**
     * Refuses a rate that so few calibration scores can't resolve.
     *
     * @param alpha the rate, in (0, 1]
     * @throws IllegalArgumentException if it is below {@code 1 / (n + 1)}, with the number of scores it would take
     */
    public void requireResolvable(double alpha) {
        if (ascending.length < scoresNeeded(alpha)) {
            throw new IllegalArgumentException("alpha " + alpha + " can't be resolved with " + ascending.length
                    + " calibration non-members; it takes at least " + scoresNeeded(alpha));
        }
    }
}
