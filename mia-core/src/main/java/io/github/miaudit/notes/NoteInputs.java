package io.github.miaudit.notes;

import io.github.miaudit.io.InvalidFileException;
import io.github.miaudit.io.OutputFolder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Several {@link NoteFiles} that are read one after the other as if they were one. Where there are several, names of files start with the
 * input's number, such as {@code 2/notes.csv}, so that two inputs may have files of the same name. Immutable.
 *
 * @param files at least one
 */
public record NoteInputs(List<NoteFiles> files) {

    /**
     * Copies the list.
     *
     * @throws IllegalArgumentException if it is empty
     */
    public NoteInputs {
        files = List.copyOf(files);
        if (files.isEmpty()) {
            throw new IllegalArgumentException("there are no notes; name a file or a folder");
        }
    }

    /** The inputs with notes that carry what other columns, or JSON members, say; each named once. */
    public NoteInputs withLabels(List<String> names) {
        return new NoteInputs(files.stream().map(each -> each.withLabels(names)).toList());
    }

    /**
     * Reads all notes, one at a time.
     *
     * @param sink    takes each note
     * @param remains takes the readable part of each bad row that is skipped
     * @return what was read and what was not
     * @throws InvalidFileException as {@link NoteFiles#read(Consumer)} does
     */
    public NotesRead read(Consumer<Note> sink, Consumer<Note> remains) {
        Map<String, String> digests = new LinkedHashMap<>();
        Map<String, String> dialects = new LinkedHashMap<>();
        List<NotesRead.BadRow> badRows = new ArrayList<>();
        List<String> ignored = new ArrayList<>();
        long notes = 0;
        long leftOut = 0;
        long badRowsOfNobody = 0;
        for (int input = 0; input < files.size(); input++) {
            NotesRead read = files.get(input).read(prefix(input), sink, remains);
            digests.putAll(read.files());
            dialects.putAll(read.dialects());
            badRows.addAll(read.badRows());
            ignored.addAll(read.ignored());
            notes += read.notes();
            leftOut += read.leftOut();
            badRowsOfNobody += read.badRowsOfNobody();
        }
        return new NotesRead(digests, dialects, notes, leftOut, badRows, badRowsOfNobody, ignored);
    }

    /**
     * Makes sure that a second reading was of the same notes.
     *
     * @throws InvalidFileException if a file was changed in between
     */
    public void requireSame(NotesRead first, NotesRead second) {
        for (int input = 0; input < files.size(); input++) {
            files.get(input).requireSame(prefix(input), first, second);
        }
    }

    /**
     * Makes sure that results are not written among the files, where a later run would read them.
     *
     * @param output where results go
     * @throws InvalidFileException if that is the folder of some of the files, or within it
     */
    public void requireApart(OutputFolder output) {
        files.forEach(each -> each.requireApart(output));
    }

    private String prefix(int input) {
        return files.size() == 1 ? "" : input + 1 + "/";
    }
}
