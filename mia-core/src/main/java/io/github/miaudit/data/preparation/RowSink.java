package io.github.miaudit.data.preparation;

import io.github.miaudit.InvalidFileException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Takes rows from a {@link NoteFormat}: passes good ones on, and skips bad ones or fails, as the user wants. Formats of text
 * hand over what they read, one character a byte (ISO 8859-1): so a byte that is no UTF-8 spoils its own row and no other.
 */
public final class RowSink {

    private final BadRowPolicy policy;
    private final Consumer<Note> sink;
    private final List<NotesRead.BadRow> badRows = new ArrayList<>();
    private Path file;
    private String name;
    private long notes;

    RowSink(BadRowPolicy policy, Consumer<Note> sink) {
        this.policy = policy;
        this.sink = sink;
    }

    void enter(Path next, String relative) {
        file = next;
        name = relative;
    }

    long notes() {
        return notes;
    }

    List<NotesRead.BadRow> badRows() {
        return badRows;
    }

    /** Takes a row of bytes. */
    void bytes(long row, Optional<String> patient, String text) {
        try {
            Optional<String> decoded = patient.isPresent() ? Optional.of(decode(patient.get())) : patient;
            text(row, decoded, decode(text));
        } catch (CharacterCodingException e) {
            bad(row, "is not UTF-8");
        }
    }

    /**
     * Takes a row of text; it is bad if it holds a NUL or the patient's name is blank.
     *
     * @param row     the line on which it starts, or its number, from 1
     * @param patient whose it is, if the row says so
     * @param text    the note
     * @throws InvalidFileException if it is bad and should not be skipped
     */
    public void text(long row, Optional<String> patient, String text) {
        if (text.indexOf('\0') >= 0 || patient.isPresent() && patient.get().indexOf('\0') >= 0) {
            bad(row, "holds a NUL character");
        } else if (patient.isPresent() && patient.get().isBlank()) {
            bad(row, "names no patient");
        } else {
            notes++;
            sink.accept(new Note(patient.map(String::strip), text, new Note.Source(name, row)));
        }
    }

    /**
     * Takes note of a row that can't be read.
     *
     * @param row    the line on which it starts, or its number, from 1
     * @param reason what is wrong with it, without its content
     * @throws InvalidFileException if it should not be skipped
     */
    public void bad(long row, String reason) {
        if (policy == BadRowPolicy.FAIL) {
            throw new InvalidFileException(file, row, reason + "; mend it, or skip bad rows");
        }
        badRows.add(new NotesRead.BadRow(new Note.Source(name, row), reason));
    }

    /** UTF-8 from text of one character a byte. */
    static String decode(String bytes) throws CharacterCodingException {
        return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes.getBytes(StandardCharsets.ISO_8859_1))).toString();
    }
}
