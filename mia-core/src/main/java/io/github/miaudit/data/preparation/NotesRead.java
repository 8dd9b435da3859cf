package io.github.miaudit.data.preparation;

import java.util.List;

/**
 * What came of reading notes: nothing is left out without being counted here.
 *
 * @param files    files read, relative to the folder, in order
 * @param notes    notes passed on
 * @param badRows  rows left out under {@link BadRowPolicy#SKIP}, all of them
 * @param ignored  files of no known format, relative to the folder
 */
public record NotesRead(List<String> files, long notes, List<BadRow> badRows, List<String> ignored) {

    /**
     * A row that was left out.
     *
     * @param source where it stands
     * @param reason why, in words, without its content
     */
    public record BadRow(Note.Source source, String reason) {
    }

    /**
     * Copies the lists.
     *
     * @param files   copied
     * @param notes   kept
     * @param badRows copied
     * @param ignored copied
     */
    public NotesRead {
        files = List.copyOf(files);
        badRows = List.copyOf(badRows);
        ignored = List.copyOf(ignored);
    }
}
