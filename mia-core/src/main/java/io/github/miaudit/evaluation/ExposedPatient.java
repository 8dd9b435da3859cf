package io.github.miaudit.evaluation;

import io.github.miaudit.data.Patient;
import io.github.miaudit.data.PatientDigests;
import io.github.miaudit.data.Population;
import io.github.miaudit.membership.AttackScores;
import io.github.miaudit.metrics.GroupedScores;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/**
 * A patient among the members, by how plainly an attack tells that the model was trained on their notes.
 *
 * @param digest        of the patient; who holds the dataset can find out whose it is, nobody else
 * @param sentences     of the patient, among the members
 * @param score         of the patient, as the attack's figures by patient say
 * @param exposedAtRate the lowest of the wanted false positive rates at which they are taken for a member, of those that can
 *                      be resolved by patient and expose as many as may be told; empty if there is none
 */
public record ExposedPatient(String digest, int sentences, double score, OptionalDouble exposedAtRate) {

    /** So many are named, those with the highest scores. */
    public static final int MOST_NAMED = 20;

    /**
     * The patients whom an attack tells most plainly.
     *
     * @param scores     the attack's
     * @param result     its figures against the non-members
     * @param evaluation that they were made by
     * @param digests    what patients are called
     * @return at most {@value #MOST_NAMED}, the highest score first; none where patients are not known on both sides
     */
    public static List<ExposedPatient> of(AttackScores scores, AttackResult result, Evaluation evaluation, PatientDigests digests) {
        if (result.byGroup().isEmpty()) {
            return List.of();
        }
        List<Patient> names = scores.patients(Population.MEMBERS).stream().distinct().toList();
        GroupedScores members = scores.grouped(Population.MEMBERS);
        double[] ofPatients = AttackResult.patientScores(scores, Population.NON_MEMBERS, evaluation).orElseThrow().members();
        int[] sizes = members.sizes();
        return IntStream.range(0, ofPatients.length).boxed()
                .sorted(Comparator.comparingDouble((Integer patient) -> ofPatients[patient]).reversed())
                .limit(MOST_NAMED)
                .map(patient -> new ExposedPatient(digests.of(names.get(patient)), sizes[patient], ofPatients[patient],
                        exposedAt(ofPatients[patient], result.byGroup().get(), evaluation)))
                .toList();
    }

    private static OptionalDouble exposedAt(double score, AttackResult byPatient, Evaluation evaluation) {
        return byPatient.operatingPoints().stream()
                .filter(point -> point.resolvable() && score >= point.point().threshold() && !evaluation.hides(point.point().confusion().truePositives()))
                .mapToDouble(AttackResult.OperatingPoint::maximumFalsePositiveRate).min();
    }
}
