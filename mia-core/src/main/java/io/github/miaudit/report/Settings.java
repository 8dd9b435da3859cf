package io.github.miaudit.report;

import io.github.miaudit.evaluation.Evaluation;
import io.github.miaudit.metrics.Interval;
import java.util.List;
import java.util.Optional;

/**
 * How attacks were evaluated; see {@link Evaluation}.
 *
 * @param falsePositiveRates  the wanted rates, in the order of the report
 * @param confidence          the level of all intervals
 * @param aucIntervalMethod   of the AUC's interval where sentences come in patients
 * @param rateIntervalMethod  of a rate's interval where rows have nothing to do with one another
 * @param bootstrapReplicates how often patients are drawn anew
 * @param permutations        how often rows are dealt anew for a p-value; 0 for no test
 * @param seed                of all draws
 * @param patientScore        how the scores of a patient's sentences become one
 * @param prior               the share of members among those that an attacker asks about, if it was stated
 * @param smallestCount       counts of patients from 1 to below this are not told
 */
public record Settings(List<Double> falsePositiveRates, double confidence, Interval.Method aucIntervalMethod,
        Interval.Method rateIntervalMethod, int bootstrapReplicates, int permutations, long seed, String patientScore,
        Optional<Double> prior, int smallestCount) {

    /**
     * Copies the list.
     *
     * @throws IllegalArgumentException if the level is not in (0, 1)
     */
    public Settings {
        falsePositiveRates = List.copyOf(falsePositiveRates);
        if (!(confidence > 0 && confidence < 1)) {
            throw new IllegalArgumentException("confidence is " + confidence + "; it must lie in (0, 1)");
        }
    }

    static Settings of(Evaluation evaluation) {
        return new Settings(evaluation.falsePositiveRates(), evaluation.confidence(), evaluation.areaMethod(), evaluation.rateMethod(),
                evaluation.bootstrapReplicates(), evaluation.permutations(), evaluation.seed(), evaluation.groupReduction().label(),
                OperatingPoint.told(evaluation.prior(), false), evaluation.smallestCount());
    }
}
