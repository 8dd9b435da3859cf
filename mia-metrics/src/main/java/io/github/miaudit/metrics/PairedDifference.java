package io.github.miaudit.metrics;

import org.apache.commons.math3.special.Erf;

/**
 * A difference of two figures of the same sentences, with the test of the hypothesis that it is 0.
 *
 * @param difference    the first minus the second
 * @param standardError of the difference
 * @param pValue        two-sided, normal approximation; 1 if both difference and standard error are 0
 */
public record PairedDifference(double difference, double standardError, double pValue) {

    static PairedDifference of(double difference, double standardError) {
        double pValue = difference == 0 ? 1 : Erf.erfc(Math.abs(difference) / standardError / Math.sqrt(2));
        return new PairedDifference(difference, standardError, pValue);
    }
}
