package io.github.miaudit.data.preparation;

import io.github.miaudit.notes.Note;
import java.util.Optional;

/**
 * Whose sentences are: a patient, or of a note of nobody known the note, which is a unit of its own.
 *
 * @param place   in the order by which owners are chosen
 * @param patient as the notes name the patient
 */
record Owner(SeededOrder.Place place, Optional<String> patient) {

    /** A note of nobody is known by its text, wherever it stands. No patient's name is empty, so no patient has its place. */
    static Owner of(Note note, SeededOrder order, String purpose) {
        return new Owner(note.patient().isPresent() ? order.place(purpose, note.patient().get()) : order.place(purpose, "", note.text()),
                note.patient());
    }
}
