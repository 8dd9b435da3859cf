package io.github.miaudit.metrics;

/**
 * A difference of two figures of the same sentences, with the test of the hypothesis that it is 0.
 *
 * @param difference    the first minus the second
 * @param standardError of the difference
 * @param pValue        two-sided; 1 if nothing varies
 * @param interval      of the difference
 */
public record PairedDifference(double difference, double standardError, double pValue, Interval interval) {
}
