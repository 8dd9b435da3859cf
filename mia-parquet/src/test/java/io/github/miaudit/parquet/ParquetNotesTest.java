package io.github.miaudit.parquet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.miaudit.io.InvalidFileException;
import io.github.miaudit.io.Sha256;
import io.github.miaudit.notes.BadRowPolicy;
import io.github.miaudit.notes.Note;
import io.github.miaudit.notes.NoteFiles;
import io.github.miaudit.notes.NotesRead;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The files are pyarrow's; what they hold is in {@code make.py} beside them. */
class ParquetNotesTest {

    /** Words of the notes; nothing but notes may repeat them. */
    private static final List<String> CONFIDENTIAL = List.of("Seen", "distress", "\u00dcbel", "\u6c34", "Slept", "Stable", "Note 1");

    @TempDir
    private Path folder;

    private final PrintStream usual = System.err;
    private final ByteArrayOutputStream logged = new ByteArrayOutputStream();

    @BeforeEach
    void takeLogs() {
        System.setErr(new PrintStream(logged, true, StandardCharsets.UTF_8));
    }

    /** Whatever a test reads, damaged or not, the libraries log no note, and nothing by default. */
    @AfterEach
    void logsConceal() {
        System.setErr(usual);
        String lines = logged.toString(StandardCharsets.UTF_8);
        assertConcealed(lines);
        assertTrue(lines.lines().filter(line -> !line.startsWith("SLF4J"))
                .allMatch(line -> line.startsWith("DEBUG") || line.startsWith("TRACE")), lines);
    }

    @ParameterizedTest
    @ValueSource(strings = {"snappy", "zstd", "gzip", "lz4", "brotli", "uncompressed", "pages-v2", "delta", "delta-v1", "large-string",
            "string-view",
            "categories",
            "checksums", "page-index", "dictionary-then-plain"})
    void readsAllWaysToPackAndEncode(String name) throws IOException {
        List<Note> notes = new ArrayList<>();
        NotesRead read = at(name).withBadRows(BadRowPolicy.SKIP).read(notes::add);
        String file = name + ".parquet";
        assertEquals(List.of(note("p1", "Seen today.\n\nNo acute distress.", file, 1),
                note("p2", "\u00dcbel, \u6c34 and \ud83d\udc0b.", file, 2),
                note(null, "Slept well.", file, 3), note("p\u00e9", "Slept well.", file, 5)), notes);
        assertEquals(new NotesRead(Map.of(file, Sha256.ofFiles(folder.resolve(file))), Map.of(), 4, 0,
                List.of(new NotesRead.BadRow(new Note.Source(file, 4), "has no text")), read.badRowsOfNobody(), List.of()), read);
    }

    @ParameterizedTest
    @ValueSource(strings = {"groups", "groups-zstd", "groups-gzip", "groups-lz4", "groups-brotli"})
    void numbersRowsAcrossGroupsAndPages(String name) throws IOException {
        List<Note> expected = IntStream.range(0, 120)
                .mapToObj(row -> note(Integer.toString(row / 4), "Note " + row + ". " + "Stable. ".repeat(row % 7), name + ".parquet",
                        row + 1))
                .toList();
        assertEquals(expected, notes(at(name)));
    }

    @ParameterizedTest
    @CsvSource({"integers, 9007199254740993 -7 null", "integers-32, 12 -7 null", "integers-unsigned, 18446744073709551615 0",
            "integers-small, -128 127", "no-group, null null", "group-double, 1",
            "decimals-32, 7 -10006 null 7.50 0 1200", "decimals-64, 7 -10006 null 7.50 0 1200",
            "decimals-fixed, 7 -10006 null 7.50 0 1200",
            "decimals-256, 10000000000000000000000000000000000000000000000000000000000000000000000", "mimic, 10006", "text-binary, null",
            "no-patients, null null", "nested, p q r", "required, p q"})
    void patientsMayBeIntegersOrMissing(String name, String patients) throws IOException {
        List<Note> notes = notes(at(name));
        assertEquals(patients, String.join(" ", notes.stream().map(note -> note.patient().orElse("null")).toList()));
        assertEquals(List.of("a", "b", "c", "d", "e", "f").subList(0, notes.size()), notes.stream().map(Note::text).toList());
    }

    @Test
    void columnsMayHaveOtherNames() throws IOException {
        assertEquals(List.of(note("p", "hello", "other-names.parquet", 1)),
                notes(at("other-names").withPatientColumn("who").withTextColumn("note")));
        assertEquals(folder.resolve("other-names.parquet")
                + ": has no column text; it has who, note; name the text's with --text-column", failure(at("other-names")));
        assertEquals(folder.resolve("other-names.parquet")
                + ": has no column whose; it has who, note; name the patient's with --patient-column",
                failure(at("other-names").withPatientColumn("whose").withTextColumn("note")));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "no-text|has no column text; it has group, note; name the text's with --text-column",
            "two-patients|has several columns that may be meant, subject_id, SUBJECT_ID; name the patient's with --patient-column",
            "many-columns|has no column text; it has xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx..., column1, column2, column3, column4,"
                    + " column5,"
                    + " column6, column7, column8, column9 and 3 more; name the text's with --text-column",
            "twice|has more than one column text; rename all but one",
            "text-integer|has a column text that is no string but INT64; choose another name for the text's column, or write it as strings",
            "text-nested|has a column text that is no string but nested; choose another name for the text's column, or write it as strings",
            "group-date|has a column group that is neither a string nor a number but DATE (INT32);"
                    + " choose another name for the patient's column, or write it as strings",
            "group-boolean|has a column group that is neither a string nor a number but BOOLEAN;"
                    + " choose another name for the patient's column, or write it as strings"})
    void whatDoesNotFitIsNamed(String name, String problem) throws IOException {
        assertEquals(folder.resolve(name + ".parquet") + ": " + problem, failure(at(name).withBadRows(BadRowPolicy.SKIP)));
    }

    /** Doubles from 2^53 on, and floats from 2^24, may be another patient's number, rounded. */
    @Test
    void patientsMayBeDoublesThatAreWholeAndExact() throws IOException {
        String inexact = "names no patient: its number is no whole one, or too large to be exact";
        assertEquals(folder.resolve("group-doubles.parquet") + ":3: " + inexact + "; mend it, or skip bad rows",
                failure(at("group-doubles")));
        copy("group-floats");
        List<Note> notes = new ArrayList<>();
        List<Note> remains = new ArrayList<>();
        NotesRead read = NoteFiles.at(folder).withBadRows(BadRowPolicy.SKIP).read(notes::add, remains::add);
        assertEquals(List.of(note("7", "a", "group-doubles.parquet", 1), note(null, "b", "group-doubles.parquet", 2),
                note("0", "f", "group-doubles.parquet", 6), note("10006", "a", "group-floats.parquet", 1)), notes);
        assertEquals(List.of("c", "d", "e", "b"), remains.stream().map(Note::text).toList());
        assertTrue(read.badRows().stream().allMatch(row -> row.reason().equals(inexact)));
    }

    @Test
    void bytesAreTextsIfTheyAreUtf8() throws IOException {
        List<Note> notes = new ArrayList<>();
        NotesRead read = at("bytes").withBadRows(BadRowPolicy.SKIP).read(notes::add);
        assertEquals(List.of(note("p", "\u00dcbel.", "bytes.parquet", 1)), notes);
        assertEquals(List.of("is not UTF-8"), read.badRows().stream().map(NotesRead.BadRow::reason).toList());
    }

    @Test
    void notesCarryWhatOtherColumnsSay() throws IOException {
        List<String> labels = List.of("CATEGORY", "N", "D", "ISERROR", "PRICE", "KIND", "group");
        assertEquals(List.of(
                Map.of("CATEGORY", "Nursing", "N", "2", "D", "2", "ISERROR", "true", "PRICE", "1.50", "KIND", "x", "group", "p"),
                Map.of("N", "3", "D", "0.25", "ISERROR", "false", "PRICE", "2", "KIND", "y", "group", "q")),
                notes(at("labels").withLabels(labels)).stream().map(Note::labels).toList());
        assertEquals(
                folder.resolve("labels.parquet") + ": has a column DAY that is neither a string, a number nor a boolean but DATE (INT32);"
                        + " choose another column, or write it as strings",
                failure(at("labels").withLabels(List.of("DAY"))));
        assertEquals(
                folder.resolve("labels.parquet") + ": has no column category; it has text, group, CATEGORY, N, D, ISERROR, PRICE, KIND,"
                        + " DAY, so CATEGORY may be meant; choose one of them",
                failure(at("labels").withLabels(List.of("category"))));
    }

    @Test
    void badRowsStopOrAreSkippedAndNamed() throws IOException {
        assertEquals(folder.resolve("bad-rows.parquet") + ":2: has no text; mend it, or skip bad rows", failure(at("bad-rows")));
        assertEquals(folder.resolve("not-utf-8.parquet") + ":1: is not UTF-8; mend it, or skip bad rows", failure(at("not-utf-8")));
        List<Note> notes = new ArrayList<>();
        NotesRead read = NoteFiles.at(folder.resolve("bad-rows.parquet")).withBadRows(BadRowPolicy.SKIP).read(notes::add);
        NotesRead other = NoteFiles.at(folder.resolve("not-utf-8.parquet")).withBadRows(BadRowPolicy.SKIP).read(notes::add);
        assertEquals(List.of(note("p", "one", "bad-rows.parquet", 1), note("s", "five", "bad-rows.parquet", 5),
                note(null, "six", "bad-rows.parquet", 6),
                note(null, "fine", "not-utf-8.parquet", 2)), notes);
        assertEquals(2, read.badRowsOfNobody() + other.badRowsOfNobody());
        assertEquals(
                List.of("bad-rows.parquet 2 has no text", "bad-rows.parquet 3 names no patient", "bad-rows.parquet 4 holds a NUL character",
                        "not-utf-8.parquet 1 is not UTF-8"),
                Stream.concat(read.badRows().stream(), other.badRows().stream())
                        .map(row -> row.source().file() + " " + row.source().row() + " " + row.reason()).toList());
    }

    @Test
    void filesMayHoldNoRowsOrNothingInThem() throws IOException {
        assertEquals(List.of(), notes(at("no-rows")));
        assertEquals(2, at("all-null").withBadRows(BadRowPolicy.SKIP).read(note -> {
        }).badRows().size());
    }

    @Test
    void foldersMayMixFormats() throws IOException {
        copy("integers");
        Files.writeString(folder.resolve("a.csv"), "SUBJECT_ID,TEXT\n7,seven\n");
        Files.writeString(folder.resolve("z.jsonl"), "{\"group\":8,\"text\":\"eight\"}\n");
        assertEquals(List.of(note("7", "seven", "a.csv", 2),
                note("9007199254740993", "a", "integers.parquet", 1), note("-7", "b", "integers.parquet", 2),
                note(null, "c", "integers.parquet", 3),
                note("8", "eight", "z.jsonl", 1)), notes(NoteFiles.at(folder)));
        Files.createDirectories(folder.resolve("b"));
        Files.copy(resource("no-group"), folder.resolve("b/NOTES.PARQUET"));
        assertEquals(2, notes(NoteFiles.at(folder.resolve("b"))).size());
        assertEquals(folder.resolve("b/NOTES.PARQUET") + ": names no patient, but a.csv beside it does: call the patient's column or member"
                + " by the same name in all files of an input, or make them inputs of their own", failure(NoteFiles.at(folder)));
    }

    @Test
    void whatIsNoParquetFileIsNamed() throws IOException {
        Path file = folder.resolve("x.parquet");
        Files.writeString(file, "PAR1");
        assertEquals(file + ": is no Parquet file: it is too short", failure(NoteFiles.at(file)));
        Files.writeString(file, "SUBJECT_ID,TEXT\n7,Seen today and yesterday\n");
        assertEquals(file + ": is no Parquet file, or is cut short: it does not end with PAR1", failure(NoteFiles.at(file)));
        Files.writeString(file, "PAR1 Seen today and yesterday PAR1");
        assertEquals(file + ": is no Parquet file, or is damaged or cut short; write it anew", failure(NoteFiles.at(file)));
        Files.writeString(file, "PAR1 Seen today \4\0\0\0PAR1");
        assertEquals(file + ": is no Parquet file, or is damaged or cut short; write it anew", failure(NoteFiles.at(file)));
        Files.writeString(file, "PAR1 Seen today \4\0\0\0PARE");
        assertEquals(file + ": is encrypted; decrypt it first", failure(NoteFiles.at(file)));
    }

    /** What takes the notes may fail as it likes; that is no fault of the file. */
    @Test
    void failuresOfTheConsumerPassUnchanged() throws IOException {
        NoteFiles files = at("groups");
        for (RuntimeException failure : List.of(new IllegalStateException("full"), new InvalidFileException(folder, "is full"))) {
            assertSame(failure, assertThrows(RuntimeException.class, () -> files.read(note -> {
                throw failure;
            })));
        }
    }

    /** A file that was cut or has a wrong byte is read or refused, and no message repeats a note. */
    @ParameterizedTest
    @ValueSource(strings = {"snappy", "zstd", "gzip", "lz4", "brotli", "uncompressed", "pages-v2", "delta", "delta-v1", "categories",
            "checksums",
            "groups", "decimals-fixed",
            "integers", "nested"})
    void damageNeverShowsNotesNorEndsInAnotherException(String name) throws IOException {
        byte[] bytes = Files.readAllBytes(resource(name));
        for (int length = 0; length < bytes.length; length += 97) {
            Path file = Files.write(folder.resolve("cut.parquet"), Arrays.copyOf(bytes, length));
            assertTrue(refused(file).isPresent(), "cut at " + length);
        }
        for (int index = 0; index < bytes.length; index++) {
            byte[] flipped = bytes.clone();
            flipped[index] ^= (byte) (index % 2 == 0 ? 0xff : 1 << index % 8);
            refused(Files.write(folder.resolve("flipped.parquet"), flipped));
        }
    }

    /** Reads a file that may be damaged; the problem, if there is one. */
    private static Optional<String> refused(Path file) {
        try {
            NoteFiles.at(file).withBadRows(BadRowPolicy.SKIP).read(note -> {
            });
            return Optional.empty();
        } catch (InvalidFileException e) {
            for (Throwable cause = e; cause != null; cause = cause.getCause()) {
                assertConcealed(cause.toString());
            }
            assertTrue(e.getMessage().startsWith(file + ": "), e.getMessage());
            return Optional.of(e.getMessage());
        }
    }

    private static void assertConcealed(String message) {
        CONFIDENTIAL.forEach(word -> assertFalse(message.contains(word), message));
    }

    private NoteFiles at(String name) throws IOException {
        return NoteFiles.at(copy(name));
    }

    private Path copy(String name) throws IOException {
        Path file = folder.resolve(name + ".parquet");
        if (!Files.exists(file)) {
            Files.copy(resource(name), file);
        }
        return file;
    }

    private static Path resource(String name) {
        try {
            return Path.of(ParquetNotesTest.class.getResource("/notes/" + name + ".parquet").toURI());
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException(name, e);
        }
    }

    private static List<Note> notes(NoteFiles files) {
        List<Note> notes = new ArrayList<>();
        files.read(notes::add);
        return notes;
    }

    private static String failure(NoteFiles files) {
        return assertThrows(InvalidFileException.class, () -> files.read(note -> {
        })).getMessage();
    }

    private static Note note(String patient, String text, String file, long row) {
        return new Note(Optional.ofNullable(patient), text, Map.of(), new Note.Source(file, row));
    }
}
