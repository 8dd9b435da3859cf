package io.github.miaudit.evaluation;

import io.github.miaudit.data.Population;
import io.github.miaudit.membership.AttackScores;
import io.github.miaudit.metrics.ConformalCalibration;
import io.github.miaudit.metrics.GroupReduction;
import io.github.miaudit.metrics.GroupedScores;
import io.github.miaudit.metrics.RoundingTies;
import java.util.List;
import java.util.Optional;

/**
 * One score a patient who is known, in the order in which they first appear; where p-values are combined, of
 * half of the non-members' patients. A sentence of nobody known is no patient, and in none of them.
 */
record PatientScores(double[] members, double[] nonMembers) {

    /** Of sentences whose patients are known on both sides; empty if p-values can't be calibrated for want of a second patient. */
    static Optional<PatientScores> of(AttackScores scores, Population population, Evaluation evaluation) {
        GroupReduction reduction = evaluation.groupReduction();
        GroupedScores members = scores.ofKnownPatients(Population.MEMBERS);
        GroupedScores nonMembers = scores.ofKnownPatients(population);
        if (!reduction.isOfPValues()) {
            return Optional.of(joined(members.reduce(reduction), nonMembers.reduce(reduction)));
        }
        if (nonMembers.groupCount() < 2) {
            return Optional.empty();
        }
        List<GroupedScores> halves = nonMembers.halves(evaluation.seed());
        ConformalCalibration calibration = ConformalCalibration.of(GroupedScores.ungrouped(halves.get(0).scores())); // scores, no promises
        return Optional.of(joined(members.withScores(calibration.pValues(members.scores())).reduce(reduction),
                halves.get(1).withScores(calibration.pValues(halves.get(1).scores())).reduce(reduction)));
    }

    /** The mean of each of the same patients, in the same order, whatever the reduction. */
    static PatientScores means(AttackScores scores, Population population, Evaluation evaluation) {
        GroupedScores nonMembers = scores.ofKnownPatients(population);
        return new PatientScores(scores.ofKnownPatients(Population.MEMBERS).reduce(GroupReduction.mean()),
                (evaluation.groupReduction().isOfPValues() ? nonMembers.halves(evaluation.seed()).get(1) : nonMembers)
                        .reduce(GroupReduction.mean()));
    }

    /** Those of some patients. */
    PatientScores of(StratifiedScores.Patients some) {
        return new PatientScores(some.members().stream().mapToDouble(place -> members[place]).toArray(),
                some.nonMembers().stream().mapToDouble(place -> nonMembers[place]).toArray());
    }

    /** Sums of the same sentences in another order are the same. */
    private static PatientScores joined(double[] members, double[] nonMembers) {
        List<double[]> tied = RoundingTies.joined(members, nonMembers);
        return new PatientScores(tied.get(0), tied.get(1));
    }
}
