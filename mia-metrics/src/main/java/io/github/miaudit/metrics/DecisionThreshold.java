package io.github.miaudit.metrics;

/** Thresholds that an attacker can choose without knowing a member. */
public final class DecisionThreshold {

    private DecisionThreshold() {
    }

    /**
     * The smallest threshold that accepts at most a wanted share f of non-members: scores of at least the threshold are accepted.
     * With n scores in descending order and k the largest whole number with {@code k / n <= f}, it is the next double above the
     * (k+1)-th score; so of tied scores either all or none are accepted. {@code k = n} gives negative infinity. O(n log n).
     *
     * @throws IllegalArgumentException if there is no score, one is NaN or infinite, or f is not in [0, 1]
     */
    public static double atFalsePositiveRate(double[] nonMemberScores, double falsePositiveRate) {
        Arguments.requireScores("non-member", nonMemberScores);
        Arguments.requireRate("false positive rate", falsePositiveRate);
        int count = nonMemberScores.length;
        int allowed = falsePositivesAllowed(count, falsePositiveRate);
        if (allowed == count) {
            return Double.NEGATIVE_INFINITY;
        }
        return Math.nextUp(SortedOrder.ascending(nonMemberScores)[count - 1 - allowed]);
    }

    /**
     * How many of n non-members a false positive rate f allows: the largest whole number k with {@code k / n <= f}, division
     * rounded as doubles are. 0 means that the rate can't be resolved.
     *
     * @throws IllegalArgumentException if n is below 1 or f not in [0, 1]
     */
    public static int falsePositivesAllowed(int nonMemberCount, double falsePositiveRate) {
        Arguments.requireRate("false positive rate", falsePositiveRate);
        if (nonMemberCount < 1) {
            throw new IllegalArgumentException(nonMemberCount + " non-members; at least 1 is needed");
        }
        int allowed = (int) Math.floor(falsePositiveRate * nonMemberCount);
        // The product is rounded: 0.29 * 100 is less than 29.
        if (allowed < nonMemberCount && (double) (allowed + 1) / nonMemberCount <= falsePositiveRate) {
            allowed++;
        }
        return (double) allowed / nonMemberCount > falsePositiveRate ? allowed - 1 : allowed;
    }
}
