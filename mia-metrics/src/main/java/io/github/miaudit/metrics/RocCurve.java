package io.github.miaudit.metrics;

/**
 * The receiver operating characteristic of membership scores: what each possible threshold accepts. Point 0 is
 * (FPR, TPR) = (0, 0) at threshold positive infinity; then one point for each distinct score, descending, so that
 * equal scores move together (0.0 equals -0.0; there is no tolerance); the last point is (1, 1). Immutable.
 *
 * <p>Source: Fawcett 2006, "An introduction to ROC analysis", Pattern Recognition Letters 27.
 */
public final class RocCurve {

    private final int memberCount;
    private final int nonMemberCount;
    private final int size;
    private final double[] thresholds;
    private final int[] truePositives;
    private final int[] falsePositives;

    private RocCurve(int memberCount, int nonMemberCount, int size, double[] thresholds, int[] truePositives, int[] falsePositives) {
        this.memberCount = memberCount;
        this.nonMemberCount = nonMemberCount;
        this.size = size;
        this.thresholds = thresholds;
        this.truePositives = truePositives;
        this.falsePositives = falsePositives;
    }

    /**
     * The curve of two classes of scores, higher = more likely a member, in O((m + n) log(m + n)). Memory: a sorted copy of the
     * scores while it is made, and 16 bytes for each distinct score.
     *
     * @throws IllegalArgumentException if a class is empty or a score is NaN or infinite
     */
    public static RocCurve of(double[] memberScores, double[] nonMemberScores) {
        Arguments.requireScores("member", memberScores);
        Arguments.requireScores("non-member", nonMemberScores);
        return merge(SortedOrder.ascending(memberScores), SortedOrder.ascending(nonMemberScores));
    }

    /** The curve of the scores, whatever their groups; likewise. */
    public static RocCurve of(GroupedScores members, GroupedScores nonMembers) {
        return merge(SortedOrder.ascending(members.values()), SortedOrder.ascending(nonMembers.values()));
    }

    /** Walks both ascending arrays from the top, a distinct score at a time. */
    private static RocCurve merge(double[] members, double[] nonMembers) {
        // a score in both is counted twice
        int capacity = Math.addExact(Math.addExact(countDistinct(members), countDistinct(nonMembers)), 1);
        double[] thresholds = new double[capacity];
        int[] truePositives = new int[capacity];
        int[] falsePositives = new int[capacity];
        thresholds[0] = Double.POSITIVE_INFINITY;
        int size = 1;
        int member = members.length - 1;
        int nonMember = nonMembers.length - 1;
        while (member >= 0 || nonMember >= 0) {
            double threshold = nonMember < 0 || member >= 0 && members[member] > nonMembers[nonMember] ? members[member]
                    : nonMembers[nonMember];
            while (member >= 0 && members[member] == threshold) {
                member--;
            }
            while (nonMember >= 0 && nonMembers[nonMember] == threshold) {
                nonMember--;
            }
            thresholds[size] = threshold;
            truePositives[size] = members.length - 1 - member;
            falsePositives[size] = nonMembers.length - 1 - nonMember;
            size++;
        }
        return new RocCurve(members.length, nonMembers.length, size, thresholds, truePositives, falsePositives);
    }

    private static int countDistinct(double[] sorted) {
        int count = 1;
        for (int index = 1; index < sorted.length; index++) {
            count += sorted[index] != sorted[index - 1] ? 1 : 0;
        }
        return count;
    }

    /** The number of points: one more than there are distinct scores. */
    public int size() {
        return size;
    }

    /**
     * A point of the curve: from 0, the point (0, 0), to {@code size() - 1}, the point (1, 1).
     *
     * @throws IndexOutOfBoundsException if there is no such point
     */
    public RocPoint point(int index) {
        return new RocPoint(thresholds[index], new ConfusionMatrix(truePositives[index], memberCount - truePositives[index],
                falsePositives[index], nonMemberCount - falsePositives[index]));
    }

    /** m, the number of members. */
    public int memberCount() {
        return memberCount;
    }

    /** n, the number of non-members. */
    public int nonMemberCount() {
        return nonMemberCount;
    }

    /**
     * The area under the curve, in [0, 1]: the probability that a random member scores above a random non-member, ties counting
     * half, i.e. the Mann-Whitney statistic {@code U / (m n)}. Counted in whole numbers, so it is exact but for one rounding. Below
     * 0.5 is reported as it is. O(points).
     */
    public double areaUnderCurve() {
        long doubledArea = 0;
        for (int index = 1; index < size(); index++) {
            long base = falsePositives[index] - falsePositives[index - 1];
            doubledArea += base * ((long) truePositives[index] + truePositives[index - 1]);
        }
        return doubledArea / (2.0 * memberCount * nonMemberCount);
    }

    /**
     * The area under the part of the curve with low false positive rates, {@code integral from 0 to f of TPR dFPR}, in [0, f],
     * straight lines between points; f² / 2 = no better than guessing. O(points).
     *
     * @throws IllegalArgumentException if f is not in (0, 1]
     */
    public double partialArea(double maximumFalsePositiveRate) {
        Arguments.requirePositiveRate("maximum false positive rate", maximumFalsePositiveRate);
        double area = 0;
        for (int index = 1; index < size(); index++) {
            double from = (double) falsePositives[index - 1] / nonMemberCount;
            double to = (double) falsePositives[index] / nonMemberCount;
            double low = (double) truePositives[index - 1] / memberCount;
            double high = (double) truePositives[index] / memberCount;
            if (to > maximumFalsePositiveRate) {
                double atLimit = low + (high - low) * (maximumFalsePositiveRate - from) / (to - from);
                return area + (maximumFalsePositiveRate - from) * (low + atLimit) / 2;
            }
            area += (to - from) * (low + high) / 2;
        }
        return area;
    }

    /**
     * {@link #partialArea(double)} on the scale of an AUC, {@code (1 + (A - f²/2) / (f - f²/2)) / 2}: 0.5 = no better than
     * guessing, 1 = perfect. O(points).
     *
     * @throws IllegalArgumentException if f is not in (0, 1]
     * @see <a href="https://doi.org/10.1177/0272989X8900900307">McClish 1989</a>
     */
    public double standardisedPartialArea(double maximumFalsePositiveRate) {
        double guessing = maximumFalsePositiveRate * maximumFalsePositiveRate / 2;
        return (1 + (partialArea(maximumFalsePositiveRate) - guessing) / (maximumFalsePositiveRate - guessing)) / 2;
    }

    /**
     * The point of highest TPR among those whose FPR does not exceed a bound; of equal TPR the one of the highest threshold, so
     * (0, 0) if even one false positive is too many and the top score is a non-member's. Nothing is interpolated, so the realised FPR
     * can be lower. O(points).
     *
     * @throws IllegalArgumentException if the bound is not in [0, 1]
     */
    public RocPoint bestAtFalsePositiveRate(double maximumFalsePositiveRate) {
        Arguments.requireRate("maximum false positive rate", maximumFalsePositiveRate);
        int best = 0;
        for (int index = 1; index < size() && (double) falsePositives[index] / nonMemberCount <= maximumFalsePositiveRate; index++) {
            if (truePositives[index] > truePositives[best]) {
                best = index;
            }
        }
        return point(best);
    }

    /**
     * The point at which TPR - FPR is largest; of equals the one of the highest threshold. Never negative, because of the
     * point (0, 0). O(points).
     */
    public RocPoint bestAdvantage() {
        int best = 0;
        for (int index = 1; index < size(); index++) {
            if (scaledAdvantage(index) > scaledAdvantage(best)) {
                best = index;
            }
        }
        return point(best);
    }

    /** (TPR - FPR) m n, a whole number, so that equals are equal. */
    private long scaledAdvantage(int index) {
        return (long) truePositives[index] * nonMemberCount - (long) falsePositives[index] * memberCount;
    }
}
