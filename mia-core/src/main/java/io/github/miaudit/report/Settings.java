package io.github.miaudit.report;

import io.github.miaudit.evaluation.Evaluation;
import java.util.List;
import java.util.Optional;

/**
 * How attacks were evaluated; see {@link Evaluation}.
 *
 * @param falsePositiveRates  the wanted rates, in the order of the report
 * @param confidence          the level of all intervals
 * @param bootstrapReplicates how often patients are drawn anew
 * @param permutations        how often patients are dealt anew for a p-value; 0 where it is by the standard error
 * @param seed                of all draws
 * @param patientScore        how the scores of a patient's sentences become one
 * @param prior               the share of members among those that an attacker asks about, if it was stated
 * @param margin              up to which a difference of two AUCs is as good as none, if it was stated
 * @param smallestCount       counts of patients from 1 to below this are not told
 */
public record Settings(List<Double> falsePositiveRates, double confidence, int bootstrapReplicates, int permutations, long seed,
        String patientScore, Optional<Double> prior, Optional<Double> margin, int smallestCount) {

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
        return new Settings(evaluation.falsePositiveRates(), evaluation.confidence(), evaluation.bootstrapReplicates(),
                evaluation.permutations(), evaluation.seed(), evaluation.groupReduction().label(),
                OperatingPoint.told(evaluation.prior(), false),
                OperatingPoint.told(evaluation.margin(), false), evaluation.smallestCount());
    }
}
