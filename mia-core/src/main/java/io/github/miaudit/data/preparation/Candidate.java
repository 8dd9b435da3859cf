package io.github.miaudit.data.preparation;

/**
 * A sentence that may come into the dataset.
 *
 * @param patient    whose it is; of a note of nobody known its source, so that the note is a unit of its own
 * @param known      whether the patient is known
 * @param text       the sentence
 * @param normalised the text by which sentences are the same
 * @param source     the note's
 * @param number     of the sentence in the note, from 1
 */
record Candidate(String patient, boolean known, String text, String normalised, Note.Source source, int number) {

    /** Code points. */
    int length() {
        return text.codePointCount(0, text.length());
    }

    /** Whichever stands first in the input, whatever the order in which it is read. */
    Candidate first(Candidate other) {
        int byFile = source.file().compareTo(other.source.file());
        int byRow = byFile != 0 ? byFile : Long.compare(source.row(), other.source.row());
        return (byRow != 0 ? byRow : Integer.compare(number, other.number)) <= 0 ? this : other;
    }
}
