package io.github.miaudit.metrics;

import java.util.Arrays;
import java.util.OptionalDouble;

/**
 * How many members and non-members a threshold accepts as members (true and false positives) and how many it does not (false and
 * true negatives). Every class has at least one element.
 */
public record ConfusionMatrix(int truePositives, int falseNegatives, int falsePositives, int trueNegatives) {

    /** Throws an {@link IllegalArgumentException} if a count is negative or a class has no element. */
    public ConfusionMatrix {
        if (Math.min(Math.min(truePositives, falseNegatives), Math.min(falsePositives, trueNegatives)) < 0) {
            throw new IllegalArgumentException("counts " + truePositives + ", " + falseNegatives + ", " + falsePositives + ", "
                    + trueNegatives + " must not be negative");
        }
        if ((long) truePositives + falseNegatives == 0 || (long) falsePositives + trueNegatives == 0) {
            throw new IllegalArgumentException(((long) truePositives + falseNegatives) + " members and "
                    + ((long) falsePositives + trueNegatives) + " non-members; at least 1 of each is needed");
        }
    }

    /**
     * Counts what a threshold accepts: scores (finite, higher = more likely a member) that are at least the threshold, which may be
     * infinite. O(m + n).
     *
     * @throws IllegalArgumentException if a class is empty, a score is not finite or the threshold is NaN
     */
    public static ConfusionMatrix atThreshold(double[] memberScores, double[] nonMemberScores, double threshold) {
        Arguments.requireScores("member", memberScores);
        Arguments.requireScores("non-member", nonMemberScores);
        if (Double.isNaN(threshold)) {
            throw new IllegalArgumentException("threshold is NaN; it must be a number or infinity");
        }
        int truePositives = (int) Arrays.stream(memberScores).filter(score -> score >= threshold).count();
        int falsePositives = (int) Arrays.stream(nonMemberScores).filter(score -> score >= threshold).count();
        return new ConfusionMatrix(truePositives, memberScores.length - truePositives, falsePositives,
                nonMemberScores.length - falsePositives);
    }

    /** The true positive rate, which is also the recall: the share of members accepted, TP / (TP + FN). */
    public double truePositiveRate() {
        return (double) truePositives / ((long) truePositives + falseNegatives);
    }

    /** The false positive rate: the share of non-members accepted, FP / (FP + TN). */
    public double falsePositiveRate() {
        return (double) falsePositives / ((long) falsePositives + trueNegatives);
    }

    /**
     * The precision: the share of members among the accepted, TP / (TP + FP); empty if nobody is accepted. It depends on how many
     * members and non-members the data happen to have.
     */
    public OptionalDouble precision() {
        long accepted = (long) truePositives + falsePositives;
        return accepted == 0 ? OptionalDouble.empty() : OptionalDouble.of((double) truePositives / accepted);
    }

    /**
     * The positive predictive value where another share of people, the prior, are members than in the data:
     * {@code prior TPR / (prior TPR + (1 - prior) FPR)}, empty if nobody is accepted. What an accusation is worth.
     *
     * @throws IllegalArgumentException if the prior is not in [0, 1]
     */
    public OptionalDouble positivePredictiveValue(double prior) {
        Arguments.requireRate("prior", prior);
        double right = prior * truePositiveRate();
        double wrong = (1 - prior) * falsePositiveRate();
        return right + wrong == 0 ? OptionalDouble.empty() : OptionalDouble.of(right / (right + wrong));
    }

    /** The accuracy: the share of right decisions, (TP + TN) / all. */
    public double accuracy() {
        long all = (long) truePositives + falseNegatives + falsePositives + trueNegatives;
        return (double) ((long) truePositives + trueNegatives) / all;
    }

    /** The membership advantage, TPR - FPR, in [-1, 1]; 0 = no better than guessing. */
    public double advantage() {
        return truePositiveRate() - falsePositiveRate();
    }
}
