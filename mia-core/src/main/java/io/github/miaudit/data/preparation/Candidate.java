package io.github.miaudit.data.preparation;

import io.github.miaudit.notes.Annotation;
import io.github.miaudit.notes.Note;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * A sentence that may come into the dataset.
 *
 * @param owner       whose it is
 * @param text        the sentence
 * @param normalised  the text by which sentences are the same
 * @param labels      what the note's row says in other columns that matter
 * @param source      the note's
 * @param number      of the sentence in the note, from 1
 * @param annotations what the note's file says of stretches of the sentence
 */
record Candidate(Owner owner, String text, String normalised, Map<String, String> labels, Note.Source source, int number,
        List<Annotation> annotations) {

    /** By what is said and of whom; by where it stands only if nothing else is left. */
    private static final Comparator<Candidate> ORDER = Comparator.comparing((Candidate candidate) -> candidate.owner.place())
            .thenComparing(Candidate::text).thenComparing(candidate -> candidate.owner.patient().orElse(""))
            .thenComparing(candidate -> candidate.source.file())
            .thenComparing(candidate -> candidate.source.row()).thenComparing(Candidate::number);

    /** Code points. */
    int length() {
        return text.codePointCount(0, text.length());
    }

    /** The same of the two, whatever the order in which they are read and the names of the files. */
    Candidate first(Candidate other) {
        return ORDER.compare(this, other) <= 0 ? this : other;
    }
}
