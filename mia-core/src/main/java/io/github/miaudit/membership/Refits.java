package io.github.miaudit.membership;

import io.github.miaudit.data.Patient;
import io.github.miaudit.data.Population;
import java.util.List;
import java.util.Set;

/**
 * What an attack that learns from the audit's sentences makes of them, and would make of them without some of the patients: by which its
 * figures can be told of what would be learned anew, from other patients.
 *
 * @param asScored  sentences, not more than are learned from, with the attack's scores
 * @param without   parts of the patients, each left out once
 */
public record Refits(AttackScores asScored, List<Without> without) {

    /**
     * Scores by fits that did not see some patients.
     *
     * @param population that the patients stand for; parts of one population are about as large
     * @param patients   left out
     * @param scores     of the same sentences in the same order, theirs among them
     */
    public record Without(Population population, Set<Patient> patients, AttackScores scores) {

        /** Copies the set. */
        public Without {
            patients = Set.copyOf(patients);
        }

        /** Nothing of whom it holds. */
        @Override
        public String toString() {
            return "Without";
        }
    }

    /** Copies the list. */
    public Refits {
        without = List.copyOf(without);
    }

    /** The attack alone. */
    @Override
    public String toString() {
        return "Refits[" + asScored.name() + "]";
    }
}
