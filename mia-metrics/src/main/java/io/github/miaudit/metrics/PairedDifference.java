package io.github.miaudit.metrics;

import java.util.OptionalDouble;
import org.apache.commons.math3.distribution.TDistribution;

/**
 * A difference of two AUCs of the same sentences, the first minus the second, with the test of the hypothesis that it is 0.
 *
 * @param difference    from -1 to 1
 * @param standardError of it; 0 if nothing was seen to vary
 * @param fewestGroups  how many groups the smaller side has, sentences where each is its own
 * @param pValue        two-sided; 1 if the two are the same
 * @param interval      of the difference
 * @param same          whether every member and every non-member has the same placement by both, so that the two order them alike
 */
public record PairedDifference(double difference, double standardError, int fewestGroups, double pValue,
        Interval interval, boolean same) {

    /** How often a difference should be found that is called detectable. */
    public static final double POWER = 0.8;

    /** With fewer groups a detectable difference is not stated: its standard error is then known too badly. */
    public static final int FEWEST_FOR_DETECTABLE = 20;

    static final double ACCURACY = 1e-14;

    /** The p-value of the hypothesis that the difference is at most 0: small if it is above. */
    public double pValueOfNoMore() {
        return difference > 0 ? pValue / 2 : 1 - pValue / 2;
    }

    /**
     * The p-value of the hypothesis that the difference is at least a margin: small if it is below. For a margin on either side, the
     * larger of two such values is that of two one-sided tests.
     *
     * @param margin any
     */
    public double pValueOfAtLeast(double margin) {
        double beyond = margin - difference;
        if (standardError == 0) {
            return beyond > 0 ? same ? 0 : pValue / 2 : 1;
        }
        return new TDistribution(null, fewestGroups - 1.0, ACCURACY).cumulativeProbability(-beyond / standardError);
    }

    /** The second minus the first. */
    public PairedDifference negated() {
        return new PairedDifference(-difference, standardError, fewestGroups, pValue,
                new Interval(-interval.upper(), -interval.lower(), interval.level(), interval.method()), same);
    }

    /**
     * The smallest true difference, above 0, that a two-sided test would find in {@value #POWER} of all cases:
     * {@code (t(1 - alpha / (2 m)) + t(0.8)) SE} by Student's distribution with as many degrees of freedom as
     * the smaller side has groups, less 1, the test being corrected for m differences (Bonferroni, so
     * that Holm's finds it too). Where no difference is found, this says how much may have been missed. Empty with fewer than
     * {@value #FEWEST_FOR_DETECTABLE} groups, or if nothing was seen to vary. The level is 1 - alpha, in (0, 1), such as 0.95.
     *
     * @throws IllegalArgumentException if the level is out of bounds, or fewer than 1 difference is tested
     */
    public OptionalDouble smallestDetectable(double level, int differences) {
        Arguments.requireLevel(level);
        Arguments.requireAtLeast("differences", differences, 1);
        if (fewestGroups < FEWEST_FOR_DETECTABLE || standardError == 0) {
            return OptionalDouble.empty();
        }
        TDistribution student = new TDistribution(null, fewestGroups - 1.0, ACCURACY);
        return OptionalDouble.of((student.inverseCumulativeProbability(1 - (1 - level) / (2.0 * differences))
                + student.inverseCumulativeProbability(POWER)) * standardError);
    }
}
