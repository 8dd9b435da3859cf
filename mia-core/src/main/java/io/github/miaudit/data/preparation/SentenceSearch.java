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
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Looks for many sentences in notes. A sentence stands in a note if the note holds it, wherever the note's lines and sentences end; it
 * nearly does if one of the note's sentences is similar.
 *
 * @param contained     finds those that stand there
 * @param near          finds those that nearly do
 * @param splitter      cuts the notes into sentences
 * @param normalisation by which sentences are the same
 */
record SentenceSearch(ContainedTexts contained, NearDuplicates near, SentenceSplitter splitter, Normalisation normalisation) {

    private static final int CHARACTERS_AT_ONCE = 1 << 21;

    static SentenceSearch of(Collection<String> normalised, SentenceSplitter splitter, Normalisation normalisation, double similarity) {
        return new SentenceSearch(ContainedTexts.of(normalised, normalisation), NearDuplicates.of(normalised, normalisation, similarity),
                splitter, normalisation);
    }

    /**
     * Looks in every note of the files that has an owner, in every sentence of it, and in what can be read of bad rows, on all cores.
     *
     * @param files   of notes
     * @param ownerOf whose a note is; empty if it does not matter what it says
     * @param sayers  takes what was found
     */
    NotesRead read(NoteInputs files, Function<Note, Optional<Owner>> ownerOf, Sayers sayers) {
        Batch batch = new Batch(sayers);
        NotesRead read = files.read(note -> ownerOf.apply(note).ifPresent(owner -> batch.add(note, owner)),
                remains -> ownerOf.apply(remains).ifPresent(owner -> batch.add(remains, owner)));
        batch.search();
        return read;
    }

    private record Owned(String note, Owner owner) {
    }

    /** Notes that wait for being searched, together of bounded length. */
    private final class Batch {
        private final Sayers sayers;
        private final List<Owned> notes = new ArrayList<>();
        private long characters;

        private Batch(Sayers sayers) {
            this.sayers = sayers;
        }

        private void add(Note note, Owner owner) {
            notes.add(new Owned(note.text(), owner));
            characters += note.text().length();
            if (characters >= CHARACTERS_AT_ONCE) {
                search();
            }
        }

        private void search() {
            notes.parallelStream().forEach(owned -> SentenceSearch.this.search(owned, sayers));
            notes.clear();
            characters = 0;
        }
    }

    private void search(Owned owned, Sayers sayers) {
        contained.in(owned.note).forEach(sentence -> sayers.sayExactly(sentence, owned.owner));
        for (String sentence : splitter.split(owned.note)) {
            Set<String> found = near.similarTo(sentence);
            if (!found.isEmpty()) {
                String itself = normalisation.of(sentence);
                for (String other : found) {
                    if (other.equals(itself)) {
                        sayers.sayExactly(other, owned.owner);
                    } else {
                        sayers.sayNearly(other, owned.owner);
                    }
                }
            }
        }
    }
}
