package io.github.miaudit.data.preparation;

import io.github.miaudit.notes.PatientKey;
import java.util.Optional;

/**
 * Whose sentences are: a patient, or of a note of nobody known the note, which is a unit of its own. Owners of one place are the
 * same, however the notes spell them.
 *
 * @param place   in the order by which owners are chosen
 * @param patient as the note names the patient
 */
record Owner(SeededOrder.Place place, Optional<String> patient) {

    /** The purpose of the order of those whose notes were trained on. */
    static final String TRAINING = "members";

    /** A note of nobody is known by its text, wherever it stands. No patient's key is empty, so no patient has its place. */
    static Owner of(Optional<String> patient, String text, SeededOrder order, String purpose) {
        return new Owner(patient.flatMap(PatientKey::of).map(key -> order.place(purpose, key))
                .orElseGet(() -> order.place(purpose, "", text)), patient);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Owner owner && place.equals(owner.place);
    }

    @Override
    public int hashCode() {
        return place.hashCode();
    }
}
