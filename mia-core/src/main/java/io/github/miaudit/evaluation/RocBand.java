package io.github.miaudit.evaluation;

import io.github.miaudit.metrics.Interval;
import io.github.miaudit.metrics.RocCurve;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * A ROC curve for drawing: the TPR at false positive rates that are evenly spaced on a logarithmic axis, each with an
 * interval of its own. The intervals hold rate by rate, not all at once.
 *
 * @param points from the lowest rate, that of one non-member, to 1
 */
public record RocBand(List<Point> points) {

    private static final int POINTS_A_DECADE = 10;

    /**
     * A point of the curve.
     *
     * @param falsePositiveRate the rate that is not exceeded
     * @param truePositiveRate  the highest there
     * @param interval          of the TPR, as in {@link AttackResult.OperatingPoint}; empty where that has none
     */
    public record Point(double falsePositiveRate, double truePositiveRate, Optional<Interval> interval) {
        /** The rate alone. */
        @Override
        public String toString() {
            return "Point[" + falsePositiveRate + "]";
        }
    }

    /** Copies the list. */
    public RocBand {
        points = List.copyOf(points);
    }

    /** The curve at rates, with the interval at each. */
    static RocBand of(RocCurve curve, List<Double> rates, List<Optional<Interval>> intervals) {
        return new RocBand(IntStream.range(0, rates.size()).mapToObj(index -> new Point(rates.get(index),
                curve.bestAtFalsePositiveRate(rates.get(index)).truePositiveRate(), intervals.get(index))).toList());
    }

    /** The rates at which it is drawn. */
    static List<Double> rates(int nonMembers) {
        int lowest = (int) Math.ceil(POINTS_A_DECADE * Math.log10(nonMembers));
        return IntStream.rangeClosed(0, lowest)
                .mapToObj(index -> Math.max(1.0 / nonMembers, Math.pow(10, (index - lowest) / (double) POINTS_A_DECADE))).distinct()
                .toList();
    }
}
