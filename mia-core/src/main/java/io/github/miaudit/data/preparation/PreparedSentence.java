package io.github.miaudit.data.preparation;

import io.github.miaudit.notes.Annotation;
import io.github.miaudit.notes.Note;
import java.util.List;
import java.util.Optional;

/**
 * A sentence of a prepared dataset.
 *
 * @param id          such as {@code m17}
 * @param group       the patient's pseudonym, if the patient is known
 * @param text        the sentence
 * @param source      where its note stands
 * @param shared      whether notes of another patient say it too, exactly or nearly; only where such sentences are kept
 * @param identifiers stretches of the sentence that the note's file says are identifiers, as n2c2 2014 does
 */
public record PreparedSentence(String id, Optional<String> group, String text, Note.Source source, boolean shared,
        List<Annotation> identifiers) {

    /** Copies the list. */
    public PreparedSentence {
        identifiers = List.copyOf(identifiers);
    }

    /** The id, never the text. */
    @Override
    public String toString() {
        return "PreparedSentence[" + id + "]";
    }
}
