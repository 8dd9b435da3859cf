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
 * Takes rows from the formats and passes good ones on. Formats hand over text as they read it, one character a byte
 * (ISO 8859-1): so a byte that is no UTF-8 spoils its own row and no other.
 */
final class RowSink {

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

    Path file() {
        return file;
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

    /** Takes a row of text. */
    void text(long row, Optional<String> patient, String text) {
        if (text.indexOf('\0') >= 0 || patient.isPresent() && patient.get().indexOf('\0') >= 0) {
            bad(row, "holds a NUL character");
        } else if (patient.isPresent() && patient.get().isBlank()) {
            bad(row, "names no patient");
        } else {
            notes++;
            sink.accept(new Note(patient.map(String::strip), text, new Note.Source(name, row)));
        }
    }

    /** Takes note of a row that can't be read. */
    void bad(long row, String reason) {
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
