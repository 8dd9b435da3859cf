package io.github.miaudit.metrics;

/**
 * A point of a ROC curve: a threshold and what it does.
 *
 * @param threshold scores of at least this are accepted; positive infinity accepts nobody
 * @param confusion the counts at the threshold
 */
public record RocPoint(double threshold, ConfusionMatrix confusion) {

    /**
     * The share of members accepted.
     *
     * @return in [0, 1]
     */
    public double truePositiveRate() {
        return confusion.truePositiveRate();
    }

    /**
     * The share of non-members accepted.
     *
     * @return in [0, 1]
     */
    public double falsePositiveRate() {
        return confusion.falsePositiveRate();
    }

    /**
     * TPR - FPR.
     *
     * @return in [-1, 1]
     */
    public double advantage() {
        return confusion.advantage();
    }
}
