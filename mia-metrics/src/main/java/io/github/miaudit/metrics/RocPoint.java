package io.github.miaudit.metrics;

/**
 * A point of a ROC curve: a threshold and what it does. Scores of at least the threshold are accepted; positive infinity accepts
 * nobody.
 */
public record RocPoint(double threshold, ConfusionMatrix confusion) {

    /** The share of members accepted. */
    public double truePositiveRate() {
        return confusion.truePositiveRate();
    }

    /** The share of non-members accepted. */
    public double falsePositiveRate() {
        return confusion.falsePositiveRate();
    }

    /** TPR - FPR, in [-1, 1]. */
    public double advantage() {
        return confusion.advantage();
    }
}
