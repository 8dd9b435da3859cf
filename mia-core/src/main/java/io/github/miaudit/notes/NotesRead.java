package io.github.miaudit.notes;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What came of reading notes: nothing is left out without being counted here.
 *
 * @param files            for each file read, relative to the folder, in order, SHA-256 of its bytes
 * @param notes            notes passed on
 * @param leftOut          rows that can be read, but that the {@link RowFilter} leaves out
 * @param badRows          rows left out under {@link BadRowPolicy#SKIP}, all of them
 * @param badRowsOfNobody  those of them whose patient can't be told
 * @param ignored          what is there but not read, relative to the folder: files of no known format, whatever is neither a
 *                         file nor a folder, and hidden files and folders
 */
public record NotesRead(Map<String, String> files, long notes, long leftOut, List<BadRow> badRows, long badRowsOfNobody,
        List<String> ignored) {

    /**
     * A row that was left out.
     *
     * @param source where it stands
     * @param reason why, in words, without its content
     */
    public record BadRow(Note.Source source, String reason) {
    }

    /** Copies map and lists, in their order. */
    public NotesRead {
        files = Collections.unmodifiableMap(new LinkedHashMap<>(files));
        badRows = List.copyOf(badRows);
        ignored = List.copyOf(ignored);
    }
}
