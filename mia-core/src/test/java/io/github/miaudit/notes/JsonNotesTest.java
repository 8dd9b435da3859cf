package io.github.miaudit.notes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.github.miaudit.io.InvalidFileException;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonNotesTest {

    @TempDir
    private Path folder;

    /** A note as some program writes it. */
    private record Row(Optional<String> patient, String text, int labels, boolean textFirst) {

        private String json(boolean pretty) {
            JsonObject object = new JsonObject();
            if (textFirst) {
                object.addProperty("text", text);
            }
            if (labels > 0) {
                object.add("entities", JsonParser.parseString("[{\"text\":\"}]\\\"\"},[],{}]"));
            }
            patient.ifPresent(name -> object.addProperty("group", name));
            if (!textFirst) {
                object.addProperty("text", text);
            }
            return pretty ? new GsonBuilder().setPrettyPrinting().create().toJson(object) : object.toString();
        }
    }

    /** The same notes, however they are written, in whatever file. */
    @Property
    void allWaysToWriteNotesAreReadAlike(@ForAll("rows") List<Row> rows, @ForAll("gaps") String gap, @ForAll boolean pretty,
            @ForAll("endings") String ending, @ForAll("charsets") Charset charset) throws IOException {
        List<String> expected = rows.stream().map(row -> row.patient.orElse("nobody") + "|" + row.text).toList();
        String lines = rows.stream().map(row -> row.json(false) + "\n" + gap).collect(Collectors.joining());
        assertEquals(expected, written(lines, ending, charset));
        String elements = rows.stream().map(row -> row.json(pretty)).collect(Collectors.joining(gap + "," + gap));
        assertEquals(expected, written(gap + "[" + gap + elements + "]" + gap, ending, charset));
        if (!rows.isEmpty()) {
            assertEquals(expected, written("{\"schema\":{\"fields\":[{\"a\":1}]},\"data\":[" + elements + "]}" + gap, ending, charset));
            assertEquals(expected, written("{" + gap + "\"data\"" + gap + ":" + gap + "[" + gap + elements + "]}", ending, charset));
            assertEquals(expected, written(rows.stream().map(row -> row.json(true)).collect(Collectors.joining(gap)), ending, charset));
        }
    }

    /** Cut anywhere, a file is refused or gives the first of its notes, and no other. */
    @Property(tries = 300)
    void whatIsCutShortGivesTheFirstNotesAtMost(@ForAll("rows") List<Row> rows, @ForAll boolean wrapped, @ForAll boolean pretty,
            @ForAll("parts") double part) throws IOException {
        String array = (wrapped ? "{\"data\":[" : "[") + rows.stream().map(row -> row.json(pretty)).collect(Collectors.joining(","))
                + (wrapped ? "]}" : "]");
        List<String> expected = rows.stream().map(row -> row.patient.orElse("nobody") + "|" + row.text).toList();
        Path file = Files.createTempFile("notes", ".json");
        List<String> notes = new ArrayList<>();
        try {
            byte[] bytes = array.getBytes(StandardCharsets.UTF_8);
            Files.write(file, Arrays.copyOf(bytes, (int) (part * bytes.length)));
            NoteFiles.at(file).withBadRows(BadRowPolicy.SKIP).read(note -> notes.add(note.patient().orElse("nobody") + "|" + note.text()));
        } catch (InvalidFileException e) {
            assertTrue(e.getMessage().endsWith("is cut short or damaged; copy or pack it anew"), e.getMessage());
        } finally {
            Files.delete(file);
        }
        assertEquals(expected.subList(0, Math.min(expected.size(), notes.size())), notes);
    }

    @Test
    void blankLinesAreNoRowsButCountAsLines() throws IOException {
        Path file = write("x.ndjson", "\n  \n{\"text\":\"one\"}\r\n\r\n{\"text\":\"two\"}\n\n");
        List<Note> notes = new ArrayList<>();
        NoteFiles.at(file).read(notes::add);
        assertEquals(List.of(3L, 5L), notes.stream().map(note -> note.source().row()).toList());
    }

    @Test
    void elementsAreNumbered() throws IOException {
        Path file = write("x.json", "[{\"text\":\"one\"},\n\n{\"text\":2},{\"text\":\"three\"}]");
        assertEquals(file + ":2: has no string \"text\"; mend it, or skip bad rows", failure(NoteFiles.at(file)));
        List<Note> notes = new ArrayList<>();
        NoteFiles.at(file).withBadRows(BadRowPolicy.SKIP).read(notes::add);
        assertEquals(List.of(1L, 3L), notes.stream().map(note -> note.source().row()).toList());
    }

    /** A line that is damaged spoils no other, even if it is the first. */
    @ParameterizedTest
    @ValueSource(strings = {"{", "{\"text\":", "{\"text\":\"a", "{\"text\":\"a\"", "{\"text\":\"a\",", "{\"data\":[{\"text\":\"a\"}",
            "{\"data\":[{\"text\":\"a\"}]}", "{\"text\":\"a\"} x", "}", "\"", "{\"text\":{\"0\":\"a\"}}", "{\"text\""})
    void aDamagedLineSpoilsNoOther(String line) throws IOException {
        for (String rest : List.of("{\"text\":\"b\"}", "{\"text\":\"b\"}\n{\"text\":\"c\"}")) {
            Path file = write("x.json", line + "\n" + rest + "\n");
            List<String> notes = new ArrayList<>();
            NotesRead read = NoteFiles.at(file).withBadRows(BadRowPolicy.SKIP).read(note -> notes.add(note.text()));
            assertEquals(List.of("b", "c").subList(0, rest.split("\n").length), notes);
            assertEquals(List.of(1L), read.badRows().stream().map(row -> row.source().row()).toList());
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
            "{\"text\":{\"0\":\"a\",\"1\":\"b\"},\"group\":{\"0\":7,\"1\":8}}|is a table",
            "{\"ROW_ID\":{\"0\":1},\"TEXT\":{\"0\":\"a\"}}|is a table",
            "{\"0\":{\"text\":\"a\"},\"1\":{\"text\":\"b\"}}|is a table",
            "{\"columns\":[\"text\"],\"index\":[0],\"data\":[[\"a\"]]}|is a table"})
    void tablesThatAreNotByRowsAreNamed(String json, String problem) throws IOException {
        Path file = write("x.json", json);
        assertEquals(file + ": " + problem + " that is not written by rows, as pandas does with orient=\"columns\", \"index\" or \"split\";"
                + " save it with orient=\"records\", lines=True", failure(NoteFiles.at(file).withBadRows(BadRowPolicy.SKIP)));
    }

    /** A table of columns whose first is longer than what is looked at. */
    @Test
    void longTablesThatAreNotByRowsAreNamed() throws IOException {
        String column = IntStream.range(0, 20_000).mapToObj(row -> "\"" + row + "\":" + row).collect(Collectors.joining(","));
        Path file = write("x.json", "{\"ROW_ID\":{" + column + "},\"TEXT\":{\"0\":\"a\"}}");
        assertTrue(failure(NoteFiles.at(file)).contains("is a table that is not written by rows"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
            "[{\"text\":\"a\"} {\"text\":\"b\"}]|: after its note 1, is no valid JSON: a comma is missing; write it anew",
            "[{\"text\":\"a\"},]|: after its note 1, is no valid JSON; write it anew",
            "[{\"text\":\"a\"}] {}|: after its note 1, goes on after the end of its JSON; write it anew",
            "[{\"text\":\"a\"}|: is cut short or damaged; copy or pack it anew",
            "{\"train\":[{\"text\":\"a\"}],\"test\":[{\"text\":\"b\"}]}|:1: has no member text; it has train, test; name the text's with"
                    + " --text-column; mend it, or skip bad rows",
            "{\"id\":7,\"sections\":[{\"text\":\"a\"}]}|:1: has no member text; it has id, sections; name the text's with"
                    + " --text-column; mend"
                    + " it, or skip bad rows",
            "{\"Subject_Id\":7,\"group\":7,\"SUBJECT_ID\":7,\"note\":\"a\"}|:1: has no member text; it has Subject_Id, group,"
                    + " SUBJECT_ID, note;"
                    + " name the text's with --text-column; mend it, or skip bad rows",
            "{\"Subject_Id\":7,\"SUBJECT_ID\":7,\"text\":\"a\"}|:1: has several members that may be meant, Subject_Id, SUBJECT_ID; name the"
                    + " patient's with --patient-column; mend it, or skip bad rows"})
    void whatIsWrongIsSaid(String json, String problem) throws IOException {
        Path file = write("x.json", json);
        assertEquals(file + problem, failure(NoteFiles.at(file)));
    }

    @Test
    void aLongArrayBesideOtherMembersIsRefused() throws IOException {
        String elements = "{\"text\":\"a\"},".repeat(10_000);
        Path file = write("x.json", "{\"entities\":[" + elements + "{\"text\":\"b\"}],\"text\":\"the note\"}");
        assertEquals(file + ": after its note 10001, is one object with an array of objects and other members, so where the notes are can't"
                + " be told; save the array alone; write it anew", failure(NoteFiles.at(file)));
    }

    @Test
    void namesOfMembersAreCutAndCounted() throws IOException {
        String members = IntStream.range(0, 12).mapToObj(index -> "\"" + "\u00fc".repeat(50) + index + "\":1")
                .collect(Collectors.joining(","));
        String message = failure(NoteFiles.at(write("x.json", "{" + members + "}")));
        String cut = "\u00fc".repeat(40) + "...";
        assertTrue(message.contains("it has " + (cut + ", ").repeat(9) + cut + " and 2 more; name"), message);
    }

    @Test
    void usualNamesAreFoundInOtherCase() throws IOException {
        Path file = write("x.json", "[{\"subject_id\":7.0,\"Text\":\"a\"},{\"text_id\":1,\"Text\":\"b\",\"subject_id\":null}]");
        assertEquals(List.of("7|a", "nobody|b"), notes(NoteFiles.at(file)));
        Path both = write("y.json", "{\"SUBJECT_ID\":8,\"group\":7,\"TEXT\":\"A\",\"text\":\"a\"}");
        assertEquals(List.of("7|a"), notes(NoteFiles.at(both)));
        assertTrue(
                failure(NoteFiles.at(both).withTextColumn("Text")).contains("has no member Text; it has SUBJECT_ID, group, TEXT, text, so"
                        + " TEXT, text may be meant; name the text's with --text-column"));
    }

    /** Otherwise the patient of the second would be nobody, or another's. */
    @Test
    void allObjectsOfAFileCallThePatientTheSame() throws IOException {
        Path file = write("x.jsonl", "{\"group\":7,\"text\":\"a\"}\n{\"text\":\"b\"}\n{\"subject_id\":8,\"text\":\"c\"}\n");
        assertEquals(file + ":3: has a member subject_id for what is called group before; call both the same; mend it, or skip bad rows",
                failure(NoteFiles.at(file)));
    }

    @Test
    void notesCarryWhatOtherMembersSay() throws IOException {
        Path file = write("x.json", "[{\"text\":\"a\",\"group\":7,\"kind\":\"x\",\"n\":2,\"ok\":true,\"none\":null},"
                + "{\"text\":\"b\",\"absent\":1}]");
        List<Note> notes = new ArrayList<>();
        NoteFiles.at(file).withLabels(List.of("kind", "n", "ok", "none", "group", "absent")).read(notes::add);
        assertEquals(Map.of("kind", "x", "n", "2", "ok", "true", "group", "7"), notes.get(0).labels());
    }

    /** An array of 96 MiB takes no more memory than a note of it. */
    @Test
    void arraysAreReadANoteAtATime() throws IOException {
        Path file = folder.resolve("x.json");
        String text = "x".repeat(1 << 20);
        try (BufferedWriter json = Files.newBufferedWriter(file)) {
            for (int note = 0; note < 96; note++) {
                json.write((note == 0 ? "[" : ",") + "{\"text\":\"" + text + "\"}");
            }
            json.write("]");
        }
        assertEquals(96, NoteFiles.at(file).read(note -> assertEquals(text, note.text())).notes());
    }

    @ParameterizedTest
    @ValueSource(strings = {"[{\"text\":\"", "{\"data\":[{\"text\":\"", "{\n\"text\":\"", "[[[["})
    void aNoteCannotFillTheMemory(String start) throws IOException {
        Path file = folder.resolve("x.json");
        try (BufferedWriter json = Files.newBufferedWriter(file)) {
            json.write(start);
            for (int mebibyte = 0; mebibyte <= 64; mebibyte++) {
                json.write("x".repeat(1 << 20));
            }
        }
        assertTrue(failure(NoteFiles.at(file).withBadRows(BadRowPolicy.SKIP)).contains("of more than 64 MiB"));
    }

    @Test
    void noMessageRepeatsANote() throws IOException {
        for (String json : List.of("[{\"text\":\"confidential\"", "[{\"text\":\"confidential\"}x]", "[{\"text\":\"confidential\",}]",
                "{\"text\":{\"0\":\"confidential\"}}", "[{\"confidential\"}]", "{\n\"text\":\"confidential\"\n", "[\"confidential\"]")) {
            assertFalse(failure(NoteFiles.at(write("x.json", json))).contains("confidential"), json);
        }
    }

    @Provide
    Arbitrary<List<Row>> rows() {
        Arbitrary<String> text = Arbitraries.of("{", "}", "[", "]", "\"", "\\", ",", ":", "\n", "\r", "a", " ", "\u00e9", "\ud83d\udc0b")
                .list()
                .ofMaxSize(8).map(parts -> String.join("", parts));
        Arbitrary<Optional<String>> patient = Arbitraries.of("7", "p", "\u00fc").optional();
        return Combinators.combine(patient, text, Arbitraries.integers().between(0, 1), Arbitraries.of(true, false)).as(Row::new).list()
                .ofMaxSize(6);
    }

    @Provide
    Arbitrary<String> gaps() {
        return Arbitraries.of(" ", "\n", "\r\n", "\t").list().ofMaxSize(3).map(parts -> String.join("", parts));
    }

    @Provide
    Arbitrary<String> endings() {
        return Arbitraries.of(".json", ".jsonl", ".ndjson");
    }

    @Provide
    Arbitrary<Charset> charsets() {
        return Arbitraries.of(StandardCharsets.UTF_8, StandardCharsets.UTF_16LE, StandardCharsets.UTF_16BE);
    }

    @Provide
    Arbitrary<Double> parts() {
        return Arbitraries.doubles().between(0, 1);
    }

    private static List<String> written(String json, String ending, Charset charset) throws IOException {
        Path file = Files.createTempFile("notes", ending);
        try {
            Files.write(file, ("\ufeff" + json).getBytes(charset));
            return notes(NoteFiles.at(file));
        } finally {
            Files.delete(file);
        }
    }

    private Path write(String name, String content) throws IOException {
        return Files.writeString(folder.resolve(name), content);
    }

    private static List<String> notes(NoteFiles files) {
        List<String> notes = new ArrayList<>();
        files.read(note -> notes.add(note.patient().orElse("nobody") + "|" + note.text()));
        return notes;
    }

    private static String failure(NoteFiles files) {
        return assertThrows(InvalidFileException.class, () -> files.read(note -> {
        })).getMessage();
    }
}
