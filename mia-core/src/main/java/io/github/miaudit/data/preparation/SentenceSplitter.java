package io.github.miaudit.data.preparation;

import java.util.List;

/** Cuts a note into sentences. Implementations are pure and thread-safe: the same note gives the same sentences. */
public interface SentenceSplitter {

    /**
     * Cuts a note.
     *
     * @param note the text, line breaks and all
     * @return its sentences in order, none empty: all that is not white space is in one of them, in order, and white
     *         space within a sentence is single blanks
     */
    List<String> split(String note);
}
