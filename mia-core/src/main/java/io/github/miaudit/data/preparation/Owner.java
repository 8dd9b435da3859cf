package io.github.miaudit.data.preparation;

import io.github.miaudit.notes.Note;
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

    /** A note of nobody is known by its text, wherever it stands. No patient's key is empty, so no patient has its place. */
    static Owner of(Note note, SeededOrder order, String purpose) {
        return new Owner(note.patient().flatMap(PatientKey::of).map(key -> order.place(purpose, key))
                .orElseGet(() -> order.place(purpose, "", note.text())), note.patient());
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
