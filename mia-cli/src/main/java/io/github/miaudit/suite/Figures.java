package io.github.miaudit.suite;

import io.github.miaudit.data.Population;
import io.github.miaudit.membership.AttackScores;
import io.github.miaudit.metrics.GroupReduction;
import io.github.miaudit.metrics.RocCurve;
import io.github.miaudit.metrics.RoundingTies;
import java.util.List;

/**
 * How well an attack tells the two sets of one target and seed apart.
 *
 * @param bySentence of the scores
 * @param byPatient  of the means of patients' scores
 */
record Figures(RocCurve bySentence, RocCurve byPatient) {

    /** What is told apart. */
    enum Unit {
        PATIENT("byPatient", "by patient"),
        SENTENCE("bySentence", "by sentence");

        private final String label;
        private final String words;

        Unit(String label, String words) {
            this.label = label;
            this.words = words;
        }

        String label() {
            return label;
        }

        String words() {
            return words;
        }
    }

    static Figures of(AttackScores scores) {
        List<double[]> patients = RoundingTies.joined(scores.ofKnownPatients(Population.MEMBERS).reduce(GroupReduction.mean()),
                scores.ofKnownPatients(Population.NON_MEMBERS).reduce(GroupReduction.mean()));
        return new Figures(RocCurve.of(scores.scores(Population.MEMBERS), scores.scores(Population.NON_MEMBERS)),
                RocCurve.of(patients.get(0), patients.get(1)));
    }

    double of(Unit unit, Figure figure) {
        return figure.of(unit == Unit.PATIENT ? byPatient : bySentence);
    }
}
