package io.github.miaudit.notes;

import io.github.miaudit.io.InvalidFileException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Takes rows from a {@link NoteFormat}: passes good ones on, and skips bad ones or fails, as the user wants. Formats of text
 * hand over what they read, one character a byte (ISO 8859-1): so a byte that is no UTF-8 spoils its own row and no other.
 */
public final class RowSink {

    private final BadRowPolicy policy;
    private final RowFilter filter;
    private final Consumer<Note> sink;
    private final Consumer<Note> remains;
    private final List<NotesRead.BadRow> badRows = new ArrayList<>();
    private @Nullable Path file; // which is being read
    private @Nullable String name;
    private long notes;
    private long leftOut;
    private long notesOfPatients;
    private long badRowsOfNobody;

    /** Passes notes that pass the filter on to the one, and what can be read of bad rows, whatever the filter, to the other. */
    RowSink(BadRowPolicy policy, RowFilter filter, Consumer<Note> sink, Consumer<Note> remains) {
        this.policy = policy;
        this.filter = filter;
        this.sink = sink;
        this.remains = remains;
    }

    void enter(Path next, String relative) {
        file = next;
        name = relative;
    }

    long notes() {
        return notes;
    }

    long leftOut() {
        return leftOut;
    }

    /** Those of the notes that name a patient. */
    long notesOfPatients() {
        return notesOfPatients;
    }

    List<NotesRead.BadRow> badRows() {
        return badRows;
    }

    long badRowsOfNobody() {
        return badRowsOfNobody;
    }

    /** Takes a row of bytes; names of labels are no bytes. */
    void bytes(long row, Optional<String> patient, String text, Map<String, String> labels) {
        Optional<String> whose = Optional.empty();
        String note;
        Map<String, String> decoded = new LinkedHashMap<>();
        try {
            whose = patient.isPresent() ? Optional.of(decode(patient.get())) : patient;
            note = decode(text);
            for (Map.Entry<String, String> label : labels.entrySet()) {
                decoded.put(label.getKey(), decode(label.getValue()));
            }
        } catch (CharacterCodingException e) {
            bad(row, whose, decodeLeniently(text), "is not UTF-8");
            return;
        }
        text(row, whose, note, decoded);
    }

    /**
     * Takes a row of text; it is bad if it holds a NUL or the patient's name is nobody's, blank or such as {@code NULL}.
     *
     * @param row     the line on which it starts, or its number, from 1
     * @param patient whose it is, if the row says so
     * @param text    the note
     * @param labels  what the row says in the other columns that are wanted
     * @throws InvalidFileException if it is bad and should not be skipped
     */
    public void text(long row, Optional<String> patient, String text, Map<String, String> labels) {
        text(row, patient, text, labels, List.of());
    }

    /** Likewise, with what the file says of stretches of the text. */
    void text(long row, Optional<String> patient, String text, Map<String, String> labels, List<Annotation> annotations) {
        if (text.indexOf('\0') >= 0 || patient.isPresent() && patient.get().indexOf('\0') >= 0) {
            bad(row, patient, text, "holds a NUL character");
        } else if (patient.isPresent() && patient.get().strip().chars().anyMatch(Character::isISOControl)) {
            bad(row, Optional.empty(), text, "names a patient with a control character, as where a backslash is no escape");
        } else if (patient.isPresent() && PatientKey.of(patient.get()).isEmpty()) {
            bad(row, patient, text, "names no patient");
        } else if (filter.passes(labels)) {
            notes++;
            notesOfPatients += patient.isPresent() ? 1 : 0;
            sink.accept(
                    new Note(patient.map(String::strip), text, labels, new Note.Source(Objects.requireNonNull(name), row), annotations));
        } else {
            leftOut++;
        }
    }

    /**
     * Takes note of a row that can't be read. What can be read of it is no note, but of training files it still tells who and
     * what was trained on.
     *
     * @param row     the line on which it starts, or its number, from 1
     * @param patient whose it is, as far as it can be told; a name with a NUL or U+FFFD, or that is nobody's, tells
     *                nothing
     * @param text    what can be read of its text; may be empty, and hold U+FFFD where something can't be read
     * @param reason  what is wrong with it, without its content
     * @throws InvalidFileException if it should not be skipped
     */
    public void bad(long row, Optional<String> patient, String text, String reason) {
        if (policy == BadRowPolicy.FAIL) {
            throw new InvalidFileException(Objects.requireNonNull(file), row, reason + "; mend it, or skip bad rows");
        }
        Note.Source source = new Note.Source(Objects.requireNonNull(name), row);
        Optional<String> legible = patient.map(String::strip)
                .filter(whose -> PatientKey.of(whose).isPresent() && whose.indexOf('\0') < 0 && whose.indexOf('\uFFFD') < 0);
        badRows.add(new NotesRead.BadRow(source, reason));
        badRowsOfNobody += legible.isPresent() ? 0 : 1;
        remains.accept(new Note(legible, text, Map.of(), source));
    }

    /** UTF-8 from text of one character a byte, with U+FFFD for bytes that are not. */
    static String decodeLeniently(String bytes) {
        return new String(bytes.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    }

    /** UTF-8 from text of one character a byte. */
    static String decode(String bytes) throws CharacterCodingException {
        return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes.getBytes(StandardCharsets.ISO_8859_1))).toString();
    }
}
