package io.github.miaudit.data.preparation;

import io.github.miaudit.notes.Note;
import io.github.miaudit.notes.NoteInputs;
import io.github.miaudit.notes.NotesRead;
import io.github.miaudit.text.ContainedTexts;
import io.github.miaudit.text.NearDuplicates;
import io.github.miaudit.text.Normalisation;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Which sentences stand in the training files, and which nearly do: they are members in truth. A sentence stands there if a
 * note holds it, wherever the note's lines and sentences end; it nearly does if one of the note's sentences is similar.
 *
 * @param same    normalised sentences that stand there
 * @param similar those that nearly do
 */
record TrainingOverlap(Set<String> same, Set<String> similar) {

    private static final int CHARACTERS_AT_ONCE = 1 << 21;

    /** What training notes are compared with, and how. */
    private record Search(ContainedTexts contained, NearDuplicates near, SentenceSplitter splitter, Normalisation normalisation) {
    }

    static TrainingOverlap none() {
        return new TrainingOverlap(ConcurrentHashMap.newKeySet(), ConcurrentHashMap.newKeySet());
    }

    /** Compares with every note of the files and every sentence of it, and with what can be read of bad rows, on all cores. */
    NotesRead compare(Collection<String> normalised, NoteInputs training, SentenceSplitter splitter, Normalisation normalisation,
            double similarity) {
        Search search = new Search(ContainedTexts.of(normalised, normalisation), NearDuplicates.of(normalised, normalisation, similarity),
                splitter, normalisation);
        Batch batch = new Batch(search);
        NotesRead read = training.read(batch::add, batch::add);
        batch.compare();
        return read;
    }

    /** Notes that wait for being compared, together of bounded length. */
    private final class Batch {
        private final Search search;
        private final List<String> notes = new ArrayList<>();
        private long characters;

        private Batch(Search search) {
            this.search = search;
        }

        private void add(Note note) {
            notes.add(note.text());
            characters += note.text().length();
            if (characters >= CHARACTERS_AT_ONCE) {
                compare();
            }
        }

        private void compare() {
            notes.parallelStream().forEach(note -> TrainingOverlap.this.compare(note, search));
            notes.clear();
            characters = 0;
        }
    }

    private void compare(String note, Search search) {
        same.addAll(search.contained.in(note));
        for (String sentence : search.splitter.split(note)) {
            Set<String> found = search.near.similarTo(sentence);
            if (!found.isEmpty()) {
                String itself = search.normalisation.of(sentence);
                found.forEach(other -> (other.equals(itself) ? same : similar).add(other));
            }
        }
    }
}
