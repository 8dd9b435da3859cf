package io.github.miaudit.report;

import io.github.miaudit.evaluation.AttackResult;
import io.github.miaudit.evaluation.AuditResults;
import io.github.miaudit.evaluation.ScoredPatient;
import java.util.List;
import java.util.Optional;

/**
 * A patient among the members, by how plainly an attack tells that the model was trained on their notes; no score, but the least rate
 * of others that reach it.
 *
 * @param patient      a digest; who holds the dataset can find out whose it is, nobody else
 * @param sentences    of the patient, among the members
 * @param exposedAtFpr the lowest of the wanted false positive rates at which they are taken for a member, of those that can
 *                     be resolved by patient and expose as many as may be told; empty if there is none
 */
public record ExposedPatient(String patient, int sentences, Optional<Double> exposedAtFpr) {

    /** So many are named, those with the highest scores. */
    public static final int MOST_NAMED = 20;

    /** Those whom the first attack tells most plainly; none where patients are not known on both sides, or are too few to be told. */
    static List<ExposedPatient> of(AuditResults results, Disclosure disclosure) {
        return disclosure.byPatient(results.comparisons().get(0).attacks().get(0))
                .map(byPatient -> results.patients().stream().limit(MOST_NAMED).map(patient -> of(patient, byPatient, disclosure)).toList())
                .orElse(List.of());
    }

    private static ExposedPatient of(ScoredPatient patient, AttackResult byPatient, Disclosure disclosure) {
        Disclosure.OfCurve ofPatients = disclosure.ofPatients(byPatient);
        return new ExposedPatient(patient.digest(), patient.sentences(),
                byPatient.operatingPoints().stream()
                        .filter(point -> point.resolvable() && patient.score() >= point.point().threshold()
                                && ofPatients.membersFound(point).isExact())
                        .map(AttackResult.OperatingPoint::maximumFalsePositiveRate).min(Double::compare));
    }
}
