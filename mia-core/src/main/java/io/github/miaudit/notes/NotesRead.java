package io.github.miaudit.notes;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What came of reading notes: nothing is left out without being counted here.
 *
 * @param files            for each file read, relative to the folder, in order, SHA-256 of its bytes
 * @param dialects         how those of them are written that are not written as is usual: their separator, encoding and quotation
 *                         marks, in words, such as {@code semicolon, UTF-16LE}
 * @param notes            notes passed on
 * @param leftOut          rows that can be read, but that the {@link RowFilter} leaves out
 * @param badRows          rows left out under {@link BadRowPolicy#SKIP}, all of them
 * @param badRowsOfNobody  those of them whose patient can't be told
 * @param ignored          what is there but not read, relative to the folder: what the user said should not be, hidden files and
 *                         folders, and what programs leave behind that is never notes
 */
public record NotesRead(Map<String, String> files, Map<String, String> dialects, long notes, long leftOut, List<BadRow> badRows,
        long badRowsOfNobody, List<String> ignored) {

    /**
     * A row that was left out.
     *
     * @param source where it stands
     * @param reason why, in words, without its content
     */
    public record BadRow(Note.Source source, String reason) {
    }

    /** Copies maps and lists, in their order. */
    public NotesRead {
        files = Collections.unmodifiableMap(new LinkedHashMap<>(files));
        dialects = Collections.unmodifiableMap(new LinkedHashMap<>(dialects));
        badRows = List.copyOf(badRows);
        ignored = List.copyOf(ignored);
    }
}
