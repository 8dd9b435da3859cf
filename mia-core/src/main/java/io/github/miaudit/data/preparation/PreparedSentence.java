package io.github.miaudit.data.preparation;

import io.github.miaudit.notes.Note;
import java.util.Optional;

/**
 * A sentence of a prepared dataset.
 *
 * @param id     such as {@code m17}
 * @param group  the patient's pseudonym, if the patient is known
 * @param text   the sentence
 * @param source where its note stands
 * @param shared whether notes of another patient say it too, exactly or nearly; only where such sentences are kept
 */
public record PreparedSentence(String id, Optional<String> group, String text, Note.Source source, boolean shared) {

    /** The id, never the text. */
    @Override
    public String toString() {
        return "PreparedSentence[" + id + "]";
    }
}
