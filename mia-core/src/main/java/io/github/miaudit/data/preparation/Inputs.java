package io.github.miaudit.data.preparation;

import io.github.miaudit.notes.Note;
import io.github.miaudit.notes.NoteInputs;
import io.github.miaudit.notes.NotesRead;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Reads the files of each role and keeps account of what was read. */
final class Inputs {

    private final NotesDigest notes = new NotesDigest();
    private final Map<String, String> digests = new LinkedHashMap<>();
    private final Map<String, String> dialects = new LinkedHashMap<>();
    private final List<String> ignored = new ArrayList<>();
    private final List<String> badRows = new ArrayList<>();
    private final Map<String, Long> rowsLeftOut = new LinkedHashMap<>();

    NotesRead read(String role, NoteInputs files, Consumer<Note> sink, Consumer<Note> remains) {
        NotesRead read = files.read(note -> {
            notes.add(role, note);
            sink.accept(note);
        }, remains);
        read.files().forEach((name, digest) -> digests.put(role + "/" + name, digest));
        read.dialects().forEach((name, dialect) -> dialects.put(role + "/" + name, dialect));
        read.ignored().forEach(name -> ignored.add(role + "/" + name));
        rowsLeftOut.put(role, read.leftOut());
        read.badRows().forEach(row -> badRows.add(role + "/" + row.source().file() + ":" + row.source().row() + ": " + row.reason()));
        return read;
    }

    NotesDigest notes() {
        return notes;
    }

    /** For each file, as role and name, the digest of its bytes. */
    Map<String, String> digests() {
        return digests;
    }

    /** For each file that is not written as is usual, as role and name, how it is. */
    Map<String, String> dialects() {
        return dialects;
    }

    List<String> ignored() {
        return ignored;
    }

    List<String> badRows() {
        return badRows;
    }

    /** For each role how many rows that can be read are left out on purpose. */
    Map<String, Long> rowsLeftOut() {
        return rowsLeftOut;
    }
}
