package io.github.miaudit.notes;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * How a kind of file holds notes. Formats are found by {@link java.util.ServiceLoader}: one with a heavy library lives in a
 * module of its own and is read where that is on the class path. Implementations have no state.
 */
public interface NoteFormat {

    /** What names of such files end with, in lower case, with the dot, before they are packed. */
    Set<String> endings();

    /** Whether such files have columns, or members, beside the patient's and the text's, which can be asked for as labels. */
    default boolean hasLabels() {
        return true;
    }

    /**
     * Reads a file from its start to its end, a row at a time.
     *
     * @param file    the file
     * @param columns what the user calls columns
     * @param rows    takes each row, good or bad
     * @throws IOException                              if the file can't be read
     * @throws io.github.miaudit.io.InvalidFileException   if it is malformed beyond a row, or lacks a column; no message repeats
     *                                                  its content
     */
    void read(NoteFile file, Columns columns, RowSink rows) throws IOException;

    /** Whether a file without a byte is one without notes, as programs write it where a part has none; else it is damaged. */
    default boolean mayBeEmpty() {
        return true;
    }

    /** Whether such files can tell whose their notes are. */
    default boolean namesPatients() {
        return true;
    }

    /**
     * Names of columns, or JSON members.
     *
     * @param patient the patient's, where it is not the usual one
     * @param text    the note's, likewise
     * @param labels  others that are wanted, each once; a file without one is an error, a JSON object without one says nothing of it
     */
    record Columns(Optional<String> patient, Optional<String> text, List<String> labels) {

        /** The names that files of notes made elsewhere mostly have. */
        static final Columns USUAL = new Columns(Optional.empty(), Optional.empty(), List.of());

        /** Copies the list. */
        public Columns {
            labels = List.copyOf(labels);
        }
    }
}
