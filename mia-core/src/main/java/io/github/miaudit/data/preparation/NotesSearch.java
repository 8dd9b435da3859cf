package io.github.miaudit.data.preparation;

import io.github.miaudit.notes.Note;
import io.github.miaudit.notes.NoteInputs;
import io.github.miaudit.notes.NotesRead;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Searches notes of files on all cores of this machine; those that wait for it are of bounded length together. */
final class NotesSearch {

    private static final int CHARACTERS_AT_ONCE = 1 << 21;

    /** A note and whose it is. */
    private record Owned(String note, Owner owner) {
    }

    private final Overlaps overlaps;
    private final List<Owned> waiting = new ArrayList<>();
    private long characters;

    private NotesSearch(Overlaps overlaps) {
        this.overlaps = overlaps;
    }

    /**
     * Looks in every note of the files that has an owner, in every sentence of it, and in what can be read of bad rows.
     *
     * @param files    of notes
     * @param ownerOf  whose a note is; empty if it does not matter what it says
     * @param overlaps takes what was found
     */
    static NotesRead read(NoteInputs files, Function<Note, Optional<Owner>> ownerOf, Overlaps overlaps) {
        NotesSearch search = new NotesSearch(overlaps);
        NotesRead read = files.read(note -> ownerOf.apply(note).ifPresent(owner -> search.add(note, owner)),
                remains -> ownerOf.apply(remains).ifPresent(owner -> search.add(remains, owner)));
        search.run();
        return read;
    }

    private void add(Note note, Owner owner) {
        waiting.add(new Owned(note.text(), owner));
        characters += note.text().length();
        if (characters >= CHARACTERS_AT_ONCE) {
            run();
        }
    }

    private void run() {
        waiting.parallelStream().forEach(owned -> overlaps.add(owned.note, owned.owner.place()));
        waiting.clear();
        characters = 0;
    }
}
