package io.github.miaudit.exposure;

import io.github.miaudit.data.Patient;

/**
 * Whether a model gives away a patient's own identifiers. Confidential.
 *
 * @param patient        who
 * @param pValue         {@link io.github.miaudit.metrics.ExposedPatients#pValues}
 * @param adjustedPValue {@link io.github.miaudit.metrics.ExposedPatients#adjusted}
 */
public record PatientExposure(Patient patient, double pValue, double adjustedPValue) {
}
