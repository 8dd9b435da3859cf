package io.github.miaudit.notes;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class CsvNotesTest {

    /** A row of three columns, of which the last but one is ignored. */
    private record Row(String patient, String other, String text, boolean allQuoted) {

        private String csv(char separator, boolean textLast) {
            List<String> fields = textLast ? List.of("p" + patient, other, text) : List.of(text, other, "p" + patient);
            return fields.stream().map(field -> quoted(field, separator)).collect(Collectors.joining(String.valueOf(separator)));
        }

        private String quoted(String field, char separator) {
            boolean needed = field.isEmpty() || field.chars()
                    .anyMatch(character -> character == '"' || character == '\r' || character == '\n' || character == separator);
            return allQuoted || needed ? "\"" + field.replace("\"", "\"\"") + "\"" : field;
        }
    }

    @Property
    void everyRowIsReadAsItWasWritten(@ForAll("rows") List<Row> rows, @ForAll boolean tabs, @ForAll boolean textLast,
            @ForAll boolean carriageReturns,
            @ForAll boolean lastRowEnds) throws IOException {
        char separator = tabs ? '\t' : ',';
        String end = carriageReturns ? "\r\n" : "\n";
        String header = textLast ? "SUBJECT_ID,OTHER,TEXT" : "TEXT,OTHER,SUBJECT_ID";
        String table = header.replace(',', separator) + end
                + rows.stream().map(row -> row.csv(separator, textLast)).collect(Collectors.joining(end)) + (lastRowEnds ? end : "");
        Path file = Files.createTempFile("notes", tabs ? ".tsv" : ".csv");
        try {
            Files.writeString(file, table);
            List<Note> notes = new ArrayList<>();
            NotesRead read = NoteFiles.at(file).withQuoting(Quoting.DOUBLED).read(notes::add);
            assertEquals(rows.stream().map(row -> ("p" + row.patient).strip() + "|" + row.text).toList(),
                    notes.stream().map(note -> note.patient().orElseThrow() + "|" + note.text()).toList());
            assertEquals(rows.size(), read.notes());
        } finally {
            Files.delete(file);
        }
    }

    @Test
    void aLoneCarriageReturnInTheLastFieldLosesNoRow() throws IOException {
        Path file = Files.createTempFile("notes", ".csv");
        try {
            Files.writeString(file, "SUBJECT_ID,TEXT\nz1,\"This one is the only lost note in here.\rIt has a lone CR.\"\n");
            List<String> texts = new ArrayList<>();
            NoteFiles.at(file).read(note -> texts.add(note.text()));
            assertEquals(List.of("This one is the only lost note in here.\rIt has a lone CR."), texts);
        } finally {
            Files.delete(file);
        }
    }

    @Provide
    Arbitrary<List<Row>> rows() {
        Arbitrary<String> field = Arbitraries.of("\r", "\n", "\r\n", "\"", ",", "\t", "a", " ", "\u00e9").list().ofMaxSize(8)
                .map(parts -> String.join("", parts));
        // a patient has no control character
        return Combinators.combine(field.map(text -> text.replaceAll("[\\r\\n\\t]", "-")), field, field, Arbitraries.of(true, false))
                .as(Row::new).list().ofMaxSize(6);
    }
}
