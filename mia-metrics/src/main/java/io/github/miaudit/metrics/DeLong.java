package io.github.miaudit.metrics;

import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.apache.commons.math3.special.Erf;

/**
 * How sure an AUC of independent scores is. Each member has a placement {@code V10_i}, the share of non-members below
 * it (ties half), each non-member a placement {@code V01_j}, the share of members above it; the AUC is the mean of
 * either, and its variance is {@code s²(V10) / m + s²(V01) / n} with the sample variances s². Placements are found by
 * sorting, in O((m + n) log(m + n)). Immutable.
 *
 * <p>Scores of the same patient are not independent: use {@link ClusterBootstrap} then.
 *
 * @see <a href="https://doi.org/10.2307/2531595">DeLong, DeLong and Clarke-Pearson 1988</a>
 * @see <a href="https://doi.org/10.1109/LSP.2014.2337313">Sun and Xu 2014, for the sorting</a>
 */
public final class DeLong {

    private final double[] memberPlacements;
    private final double[] nonMemberPlacements;
    private final double areaUnderCurve;

    private DeLong(double[] memberPlacements, double[] nonMemberPlacements) {
        this.memberPlacements = memberPlacements;
        this.nonMemberPlacements = nonMemberPlacements;
        this.areaUnderCurve = mean(memberPlacements);
    }

    /**
     * The placements of two classes of scores, higher = more likely a member.
     *
     * @throws IllegalArgumentException if a class is empty or a score is NaN or infinite
     */
    public static DeLong of(double[] memberScores, double[] nonMemberScores) {
        Arguments.requireScores("member", memberScores);
        Arguments.requireScores("non-member", nonMemberScores);
        return new DeLong(sharesBelow(memberScores, SortedOrder.ascending(nonMemberScores), 1),
                sharesBelow(nonMemberScores, SortedOrder.ascending(memberScores), -1));
    }

    /** The area under the ROC curve, as {@link RocCurve#areaUnderCurve()}, up to rounding. */
    public double areaUnderCurve() {
        return areaUnderCurve;
    }

    /** The variance of the AUC, not negative; empty if a class has one element. */
    public OptionalDouble variance() {
        return covariance(this);
    }

    /**
     * The covariance with the AUC of another score of the same members and non-members, in the same order; empty if a class has one
     * element.
     *
     * @throws IllegalArgumentException if the numbers of members or non-members differ
     */
    public OptionalDouble covariance(DeLong other) {
        Arguments.requireSameLength("members", memberPlacements.length, "members of the other score", other.memberPlacements.length);
        Arguments.requireSameLength("non-members", nonMemberPlacements.length, "non-members of the other score",
                other.nonMemberPlacements.length);
        if (memberPlacements.length == 1 || nonMemberPlacements.length == 1) {
            return OptionalDouble.empty();
        }
        return OptionalDouble.of(covariance(memberPlacements, other.memberPlacements) / memberPlacements.length
                + covariance(nonMemberPlacements, other.nonMemberPlacements) / nonMemberPlacements.length);
    }

    /**
     * The interval {@code AUC ± z sqrt(variance)}, cut to [0, 1]. Without any overlap of the classes the variance is 0 and the
     * interval a point, which says nothing of how sure the AUC is.
     *
     * @throws IllegalArgumentException if the level is not in (0, 1) or a class has one element
     */
    public Interval interval(double level) {
        Arguments.requireLevel(level);
        double variance = variance().orElseThrow(() -> new IllegalArgumentException(memberPlacements.length + " members and "
                + nonMemberPlacements.length + " non-members; an interval needs at least 2 of each"));
        double half = Interval.NORMAL.inverseCumulativeProbability(0.5 + level / 2) * Math.sqrt(variance);
        return new Interval(Math.max(0, areaUnderCurve - half), Math.min(1, areaUnderCurve + half), level, Interval.OnlyMethod.DELONG);
    }

    /**
     * Whether another score of the same members and non-members, in the same order, separates them better: this AUC minus the
     * other, its standard error from the paired variance {@code var + var' - 2 cov}, and the two-sided normal p-value; where the
     * variance is 0, nothing was seen to vary, nothing can be tested, and the p-value is 1.
     *
     * @throws IllegalArgumentException if the numbers differ, a class has one element or the interval's level is not in (0, 1)
     */
    public PairedDifference minus(DeLong other, double level) {
        Arguments.requireLevel(level);
        double variance = variance()
                .orElseThrow(() -> new IllegalArgumentException(memberPlacements.length + " members and " + nonMemberPlacements.length
                        + " non-members; a comparison needs at least 2 of each"))
                + other.variance().orElseThrow() - 2 * covariance(other).orElseThrow();
        double difference = areaUnderCurve - other.areaUnderCurve;
        double standardError = Math.sqrt(Math.max(0, variance));
        double pValue = standardError == 0 ? 1 : Erf.erfc(Math.abs(difference) / standardError / Math.sqrt(2));
        double half = Interval.NORMAL.inverseCumulativeProbability(0.5 + level / 2) * standardError;
        return new PairedDifference(difference, standardError, pValue,
                new Interval(Math.max(-1, difference - half), Math.min(1, difference + half), level, Interval.OnlyMethod.DELONG),
                OptionalInt.empty());
    }

    /** The share of non-members below each member. */
    double[] memberPlacements() {
        return memberPlacements;
    }

    /** The share of members above each non-member. */
    double[] nonMemberPlacements() {
        return nonMemberPlacements;
    }

    /** For each score the share of the sorted others below it (or, with sign -1, above it), equals counting half. */
    private static double[] sharesBelow(double[] scores, double[] sorted, int sign) {
        double[] shares = new double[scores.length];
        for (int index = 0; index < scores.length; index++) {
            long below = SortedOrder.countBelow(sorted, scores[index]);
            long notAbove = SortedOrder.countNotAbove(sorted, scores[index]);
            long doubled = sign > 0 ? below + notAbove : 2L * sorted.length - below - notAbove;
            shares[index] = doubled / (2.0 * sorted.length);
        }
        return shares;
    }

    private static double covariance(double[] first, double[] second) {
        double firstMean = mean(first);
        double secondMean = mean(second);
        double sum = 0;
        for (int index = 0; index < first.length; index++) {
            sum += (first[index] - firstMean) * (second[index] - secondMean);
        }
        return sum / (first.length - 1);
    }

    private static double mean(double[] values) {
        double sum = 0;
        for (double value : values) {
            sum += value;
        }
        return sum / values.length;
    }
}
