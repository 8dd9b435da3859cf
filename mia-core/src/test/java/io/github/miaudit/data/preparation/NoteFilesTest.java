package io.github.miaudit.data.preparation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.miaudit.InvalidFileException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NoteFilesTest {

    private static final String NOTE_EVENTS = "\"ROW_ID\",\"SUBJECT_ID\",\"CATEGORY\",\"TEXT\"\n174,22532,\"Discharge\",\"Seen today.\n\nNo \"\"acute\"\" distress, übel.\"\n"
            + "175,13702,\"Nursing\",\"Slept well.\"\n";

    @TempDir
    private Path folder;

    @Test
    void readsMimicsNoteEvents() throws IOException {
        Files.writeString(folder.resolve("NOTEEVENTS.csv"), NOTE_EVENTS);
        List<Note> notes = notes(NoteFiles.at(folder.resolve("NOTEEVENTS.csv")));
        assertEquals(List.of(note("22532", "Seen today.\n\nNo \"acute\" distress, übel.", "NOTEEVENTS.csv", 2), note("13702", "Slept well.", "NOTEEVENTS.csv", 5)), notes);
        assertFalse(notes.toString().contains("Slept"));
    }

    @Test
    void readsFoldersInTheOrderOfNames() throws IOException {
        Files.createDirectories(folder.resolve("b/deep"));
        gzip("b/deep/SUBJECT_ID_to_NOTES_1.csv.gz", "\uFEFF\"SUBJECT_ID\",TEXT\n7,seven\n");
        Files.writeString(folder.resolve("a.tsv"), "TEXT\tSUBJECT_ID\nsix\t6\n");
        Files.writeString(folder.resolve("c.jsonl"), "{\"group\":8,\"text\":\"eight\"}\n{\"text\":\"nobody's\",\"other\":[1]}\n");
        Files.writeString(folder.resolve("d.txt"), "\uFEFFnine\n\n  ten\n");
        Files.writeString(folder.resolve("110-02.XML"), "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<deIdi2b2>\n<TEXT><![CDATA[\nRecord date: 2078 & <so on>\n]]></TEXT>\n<TAGS/></deIdi2b2>");
        Files.writeString(folder.resolve("README.md"), "not notes");
        List<Note> notes = new ArrayList<>();
        NotesRead read = NoteFiles.at(folder).read(notes::add);
        assertEquals(List.of(note("110", "\nRecord date: 2078 & <so on>\n", "110-02.XML", 1), note("6", "six", "a.tsv", 2),
                note("7", "seven", "b/deep/SUBJECT_ID_to_NOTES_1.csv.gz", 2), note("8", "eight", "c.jsonl", 1), note(null, "nobody's", "c.jsonl", 2),
                note(null, "nine", "d.txt", 1), note(null, "  ten", "d.txt", 3)), notes);
        assertEquals(new NotesRead(List.of("110-02.XML", "a.tsv", "b/deep/SUBJECT_ID_to_NOTES_1.csv.gz", "c.jsonl", "d.txt"), 7, List.of(), List.of("README.md")), read);
    }

    @Test
    void columnsMayHaveOtherNames() throws IOException {
        Files.writeString(folder.resolve("x.csv"), "who,note\np,hello\n");
        Files.writeString(folder.resolve("y.jsonl"), "{\"who\":\"q\",\"note\":\"bye\"}\n");
        assertEquals(List.of(note("p", "hello", "x.csv", 2), note("q", "bye", "y.jsonl", 1)),
                notes(NoteFiles.at(folder).withPatientColumn("who").withTextColumn("note")));
        assertEquals(folder.resolve("x.csv") + ":1: has no column SUBJECT_ID; choose another name for it", failure(NoteFiles.at(folder)));
    }

    /** Each of these rows is bad, and the next one is good. */
    @ParameterizedTest
    @ValueSource(strings = {"2|has 1 fields; the header has 2|7", "2|has 3 fields; the header has 2|7,a,b", "2|is not UTF-8|7,caf\u00e9", "2|is not UTF-8|caf\u00e9,x",
        "2|holds a NUL character|7,a\u0000b", "2|names no patient| ,a"})
    void aBadRowStopsOrIsSkippedAndNamed(String row) throws IOException {
        String[] parts = row.split("\\|");
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.write(("SUBJECT_ID,TEXT\n" + parts[2] + "\n8,good\n").getBytes(StandardCharsets.ISO_8859_1));
        Files.write(folder.resolve("x.csv"), bytes.toByteArray());
        assertEquals(folder.resolve("x.csv") + ":2: " + parts[1] + "; mend it, or skip bad rows", failure(NoteFiles.at(folder)));
        List<Note> notes = new ArrayList<>();
        NotesRead read = NoteFiles.at(folder).withBadRows(BadRowPolicy.SKIP).read(notes::add);
        assertEquals(List.of(note("8", "good", "x.csv", 3)), notes);
        assertEquals(List.of(new NotesRead.BadRow(new Note.Source("x.csv", 2), parts[1])), read.badRows());
    }

    @ParameterizedTest
    @ValueSource(strings = {"is no JSON object|{\"text\":", "is no JSON object|[1]", "is no JSON object|", "has no string \"text\"|{\"text\":7}",
        "has no string \"text\"|{}", "has a \"group\" that is neither a string nor a number|{\"group\":{},\"text\":\"a\"}", "is no JSON object|{\"text\":\"a\"} x"})
    void badJsonLinesAreNamed(String row) throws IOException {
        String[] parts = (row + " ").split("\\|");
        Files.writeString(folder.resolve("x.jsonl"), parts[1].strip() + "\n{\"text\":\"good\"}\n");
        NotesRead read = NoteFiles.at(folder).withBadRows(BadRowPolicy.SKIP).read(note -> { });
        assertEquals(List.of(new NotesRead.BadRow(new Note.Source("x.jsonl", 1), parts[0])), read.badRows());
        assertEquals(1, read.notes());
    }

    @Test
    void xmlReadsNothingButItself() throws IOException {
        Files.writeString(folder.resolve("secret.md"), "secret");
        for (String text : List.of("<!DOCTYPE a [<!ENTITY x SYSTEM \"" + folder.resolve("secret.md").toUri() + "\">]><a><TEXT>&x;</TEXT></a>",
                "<!DOCTYPE a SYSTEM \"http://localhost:1/a.dtd\"><a><TEXT>b</TEXT></a>", "<a><TEXT>b</a>", "<a><TEXT>&nbsp;</TEXT></a>")) {
            Files.writeString(folder.resolve("1-1.xml"), text);
            NotesRead read = NoteFiles.at(folder).withBadRows(BadRowPolicy.SKIP).read(note -> assertEquals("", note.text()));
            assertEquals(List.of("is no well-formed XML, or refers to a document type or an entity"), read.badRows().stream().map(NotesRead.BadRow::reason).toList(), text);
        }
        Files.writeString(folder.resolve("1-1.xml"), "<a><OTHER/></a>");
        assertTrue(failure(NoteFiles.at(folder)).contains("has no <TEXT>"));
        Files.delete(folder.resolve("1-1.xml"));
        Files.writeString(folder.resolve("noname.xml"), "<a><TEXT>b</TEXT></a>");
        assertTrue(failure(NoteFiles.at(folder)).contains("is not named PATIENT-VISIT.xml"));
    }

    /** What follows a quote that is never closed can't be told apart, so even skipping does not go on. */
    @Test
    void anOpenQuoteIsAnErrorOfTheFile() throws IOException {
        Files.writeString(folder.resolve("x.csv"), "SUBJECT_ID,TEXT\n7,\"open\n8,good\n");
        String message = assertThrows(InvalidFileException.class, () -> NoteFiles.at(folder).withBadRows(BadRowPolicy.SKIP).read(note -> { })).getMessage();
        assertTrue(message.contains("has an odd number of quotation marks"), message);
        Files.writeString(folder.resolve("x.csv"), "SUBJECT_ID,TEXT\n7,\"closed\" and open\n8,good\n");
        String after = assertThrows(InvalidFileException.class, () -> NoteFiles.at(folder).withBadRows(BadRowPolicy.SKIP).read(note -> { })).getMessage();
        assertEquals(folder.resolve("x.csv") + ":1: this row or a later one is malformed: a quoted field goes on after its closing mark, or a field is longer than 64 MiB", after);
    }

    @Test
    void aPatientMemberThatWasNamedMustBeThere() throws IOException {
        Files.writeString(folder.resolve("x.jsonl"), "{\"who\":7,\"text\":\"seven\"}\n{\"text\":\"nobody's\"}\n");
        assertEquals(2, notes(NoteFiles.at(folder)).size());
        assertTrue(failure(NoteFiles.at(folder).withPatientColumn("who")).contains("x.jsonl:2: has no \"who\""));
    }

    @Test
    void nothingToReadIsAnError() throws IOException {
        assertTrue(failure(NoteFiles.at(folder)).endsWith("holds no file of notes; names of such end with"
                + " .csv, .csv.gz, .jsonl, .jsonl.gz, .tsv, .tsv.gz, .txt, .txt.gz, .xml, .xml.gz"));
        assertTrue(failure(NoteFiles.at(folder.resolve("missing"))).contains("does not exist"));
        Files.writeString(folder.resolve("x.csv"), "");
        assertTrue(failure(NoteFiles.at(folder)).contains("is empty"));
        Files.writeString(folder.resolve("x.csv.gz"), "SUBJECT_ID,TEXT\n");
        Files.delete(folder.resolve("x.csv"));
        assertTrue(failure(NoteFiles.at(folder)).contains("x.csv.gz"));
    }

    @Test
    void aParquetFileIsNotIgnoredWhereItCannotBeRead() throws IOException {
        Files.writeString(folder.resolve("x.csv"), "SUBJECT_ID,TEXT\n7,seven\n");
        Files.writeString(folder.resolve("y.parquet"), "PAR1");
        assertTrue(failure(NoteFiles.at(folder)).endsWith("y.parquet: is a Parquet file; to read it, put io.github.miaudit:mia-parquet on the class path"));
    }

    private static List<Note> notes(NoteFiles files) {
        List<Note> notes = new ArrayList<>();
        files.read(notes::add);
        return notes;
    }

    private static String failure(NoteFiles files) {
        return assertThrows(InvalidFileException.class, () -> files.read(note -> { })).getMessage();
    }

    private static Note note(String patient, String text, String file, long row) {
        return new Note(Optional.ofNullable(patient), text, new Note.Source(file, row));
    }

    private void gzip(String name, String text) throws IOException {
        try (OutputStream bytes = new GZIPOutputStream(Files.newOutputStream(folder.resolve(name)))) {
            bytes.write(text.getBytes(StandardCharsets.UTF_8));
        }
    }
}
