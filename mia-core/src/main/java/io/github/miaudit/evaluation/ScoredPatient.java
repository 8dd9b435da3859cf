package io.github.miaudit.evaluation;

import io.github.miaudit.data.Patient;
import io.github.miaudit.data.PatientDigests;
import io.github.miaudit.data.Population;
import io.github.miaudit.membership.AttackScores;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A patient among the members, with what an attack makes of them.
 *
 * @param digest    of the patient; who holds the dataset can find out whose it is, nobody else
 * @param sentences of the patient, among the members
 * @param score     of the patient, as the attack's figures by patient say; higher = more likely a member
 */
public record ScoredPatient(String digest, int sentences, double score) {

    /** All of them, the highest score first; none where there are no figures by patient. */
    static List<ScoredPatient> of(AttackScores scores, AttackResult result, Evaluation evaluation, PatientDigests digests) {
        if (result.byPatient().isEmpty()) {
            return List.of();
        }
        List<Patient> names = scores.patients(Population.MEMBERS).distinct().stream().filter(Patient::isKnown).toList();
        double[] ofPatients = PatientScores.of(scores, Population.NON_MEMBERS, evaluation).orElseThrow().members();
        int[] sizes = scores.ofKnownPatients(Population.MEMBERS).sizes();
        return IntStream.range(0, ofPatients.length).boxed()
                .sorted(Comparator.comparingDouble((Integer patient) -> ofPatients[patient]).reversed())
                .map(patient -> new ScoredPatient(digests.of(names.get(patient)), sizes[patient], ofPatients[patient])).toList();
    }

    /** Nothing of the patient. */
    @Override
    public String toString() {
        return "ScoredPatient";
    }
}
