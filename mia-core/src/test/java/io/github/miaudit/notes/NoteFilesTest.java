package io.github.miaudit.notes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.miaudit.io.InvalidFileException;
import io.github.miaudit.io.Sha256;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NoteFilesTest {

    private static final String NOTE_EVENTS = "\"ROW_ID\",\"SUBJECT_ID\",\"CATEGORY\",\"TEXT\"\n174,22532,\"Discharge\",\"Seen"
            + " today.\n\nNo \"\"acute\"\" distress, übel.\"\n"
            + "175,13702,\"Nursing\",\"Slept well.\"\n";

    @TempDir
    private Path folder;

    @Test
    void readsMimicsNoteEvents() throws IOException {
        Files.writeString(folder.resolve("NOTEEVENTS.csv"), NOTE_EVENTS);
        List<Note> notes = notes(NoteFiles.at(folder.resolve("NOTEEVENTS.csv")));
        assertEquals(List.of(note("22532", "Seen today.\n\nNo \"acute\" distress, übel.", "NOTEEVENTS.csv", 2),
                note("13702", "Slept well.", "NOTEEVENTS.csv", 5)), notes);
        assertFalse(notes.toString().contains("Slept"));
    }

    @Test
    void readsFoldersInTheOrderOfNames() throws IOException {
        Files.createDirectories(folder.resolve("b/deep"));
        gzip("b/deep/SUBJECT_ID_to_NOTES_1.csv.gz", "\uFEFF\"SUBJECT_ID\",TEXT\n7,seven\n");
        Files.writeString(folder.resolve("a.tsv"), "TEXT\tSUBJECT_ID\nsix\t6\n");
        Files.writeString(folder.resolve("c.jsonl"), "{\"group\":8,\"text\":\"eight\"}\n{\"text\":\"nobody's\",\"other\":[1]}\n");
        Files.writeString(folder.resolve("d.txt"), "\uFEFFnine\n\n  ten\n");
        Files.writeString(folder.resolve("110-02.XML"),
                "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<deIdi2b2>\n<TEXT><![CDATA[\nRecord date: 2078 & <so"
                        + " on>\n]]></TEXT>\n<TAGS/></deIdi2b2>");
        Files.writeString(folder.resolve("README.md"), "not notes");
        List<Note> notes = new ArrayList<>();
        NotesRead read = NoteFiles.at(folder).withIgnored(List.of("*.md")).read(notes::add);
        assertEquals(List.of(note("110", "\nRecord date: 2078 & <so on>\n", "110-02.XML", 1), note("6", "six", "a.tsv", 2),
                note("7", "seven", "b/deep/SUBJECT_ID_to_NOTES_1.csv.gz", 2), note("8", "eight", "c.jsonl", 1),
                note(null, "nobody's", "c.jsonl", 2),
                note(null, "nine", "d.txt", 1), note(null, "  ten", "d.txt", 3)), notes);
        Map<String, String> digests = new LinkedHashMap<>();
        for (String name : List.of("110-02.XML", "a.tsv", "b/deep/SUBJECT_ID_to_NOTES_1.csv.gz", "c.jsonl", "d.txt")) {
            digests.put(name, Sha256.ofFiles(folder.resolve(name)));
        }
        assertEquals(new NotesRead(digests, Map.of(), 7, 0, List.of(), 0, List.of("README.md")), read);
        assertEquals(List.copyOf(digests.keySet()), List.copyOf(read.files().keySet()));
    }

    @Test
    void columnsMayHaveOtherNames() throws IOException {
        Files.writeString(folder.resolve("x.csv"), "who,note\np,hello\n");
        Files.writeString(folder.resolve("y.jsonl"), "{\"who\":\"q\",\"note\":\"bye\"}\n");
        assertEquals(List.of(note("p", "hello", "x.csv", 2), note("q", "bye", "y.jsonl", 1)),
                notes(NoteFiles.at(folder).withPatientColumn("who").withTextColumn("note")));
        assertEquals(folder.resolve("x.csv") + ":1: has no column SUBJECT_ID; it has who, note; name the patient's column by"
                + " --patient-column (in Java withPatientColumn)", failure(NoteFiles.at(folder)));
    }

    /** Each of these rows is bad, and the next one is good. */
    @ParameterizedTest
    @ValueSource(strings = {"2|has 1 fields; the header has 2|7", "2|has 3 fields; the header has 2|7,a,b", "2|is not UTF-8|7,caf\u00e9",
            "2|is not UTF-8|caf\u00e9,x",
            "2|holds a NUL character|7,a\u0000b", "2|names no patient| ,a", "2|names no patient|NULL,a",
            "2|names no patient|nan,a"})
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
    @ValueSource(
            strings = {"is no JSON object|{\"text\":", "is no JSON object|1", "has no string \"text\"|{\"text\":7}",
                    "has no member text; it has none; name the text's with --text-column|{}",
                    "has a \"group\" that is neither a string nor a number|{\"group\":{},\"text\":\"a\"}",
                    "is no JSON object|{\"text\":\"a\"} x",
                    "has a \"group\" that is neither a string nor a number|{\"group\":true,\"text\":\"a\"}",
                    "states \"text\" twice|{\"text\":\"a\",\"text\":\"b\"}",
                    "states a member twice|{\"text\":\"a\",\"b\":[{\"c\":1,\"c\":2}]}",
                    "states \"group\" twice|{\"group\":1,\"text\":\"a\",\"group\":null}",
                    "is not UTF-8|{\"group\":1,\"text\":\"caf\u00e9\"}", "names no patient|{\"group\":\" \",\"text\":\"a\"}",
                    "names no patient|{\"group\":\"None\",\"text\":\"a\"}",
                    "holds a NUL character|{\"text\":\"a\\u0000b\"}"})
    void badJsonLinesAreNamed(String row) throws IOException {
        String[] parts = (row + " ").split("\\|");
        Files.write(folder.resolve("x.jsonl"), (parts[1].strip() + "\n{\"text\":\"good\"}\n").getBytes(StandardCharsets.ISO_8859_1));
        assertEquals(folder.resolve("x.jsonl") + ":1: " + parts[0] + "; mend it, or skip bad rows", failure(NoteFiles.at(folder)));
        NotesRead read = NoteFiles.at(folder).withBadRows(BadRowPolicy.SKIP).read(note -> {
        });
        assertEquals(List.of(new NotesRead.BadRow(new Note.Source("x.jsonl", 1), parts[0])), read.badRows());
        assertEquals(1, read.notes());
    }

    @Test
    void xmlReadsNothingButItself() throws IOException {
        Files.writeString(folder.resolve("secret.md"), "secret");
        NoteFiles files = NoteFiles.at(folder).withIgnored(List.of("secret.md"));
        for (String text : List.of(
                "<!DOCTYPE a [<!ENTITY x SYSTEM \"" + folder.resolve("secret.md").toUri() + "\">]><a><TEXT>&x;</TEXT></a>",
                "<!DOCTYPE a SYSTEM \"http://localhost:1/a.dtd\"><a><TEXT>b</TEXT></a>", "<a><TEXT>b</a>", "<a><TEXT>&nbsp;</TEXT></a>")) {
            Files.writeString(folder.resolve("1-1.xml"), text);
            NotesRead read = files.withBadRows(BadRowPolicy.SKIP).read(note -> assertEquals("", note.text()));
            assertEquals(List.of(text.startsWith("<!DOCTYPE")
                    ? "declares a document type, which could make it read other files; remove its <!DOCTYPE>"
                    : "is no well-formed XML, or refers to an entity that XML itself does not have"),
                    read.badRows().stream().map(NotesRead.BadRow::reason).toList(), text);
        }
        Files.writeString(folder.resolve("1-1.xml"), "<a><OTHER/></a>");
        assertTrue(failure(files).contains("has no <TEXT>"));
        Files.delete(folder.resolve("1-1.xml"));
        Files.writeString(folder.resolve("noname.xml"), "<a><TEXT>b</TEXT></a>");
        assertTrue(failure(files).contains("is not named PATIENT-VISIT.xml"));
    }

    /** Ten entities, each ten times the one before, would make ten thousand million characters. */
    @Test
    void xmlEntitiesAreNotMultiplied() throws IOException {
        StringBuilder entities = new StringBuilder("<!ENTITY e0 \"aaaaaaaaaa\">");
        for (int entity = 1; entity < 10; entity++) {
            entities.append("<!ENTITY e").append(entity).append(" \"").append(("&e" + (entity - 1) + ";").repeat(10)).append("\">");
        }
        Files.writeString(folder.resolve("1-1.xml"), "<!DOCTYPE a [" + entities + "]><a><TEXT>&e9;</TEXT></a>");
        assertEquals(
                folder.resolve("1-1.xml")
                        + ":1: declares a document type, which could make it read other files; remove its <!DOCTYPE>; mend it, or skip"
                        + " bad rows",
                failure(NoteFiles.at(folder)));
    }

    @ParameterizedTest
    @CsvSource({"x.txt.gz,has a line", "x.jsonl.gz,has a line", "1-1.xml.gz,holds XML", "1-2.xml,holds XML"})
    void aSmallFileCannotFillTheMemory(String name, String problem) throws IOException {
        try (OutputStream file = Files.newOutputStream(folder.resolve(name));
                OutputStream bytes = name.endsWith(".gz") ? new GZIPOutputStream(file) : file) {
            bytes.write(name.contains(".xml") ? "<a><TEXT>".getBytes(StandardCharsets.UTF_8) : new byte[0]);
            byte[] blanks = new byte[1 << 20];
            Arrays.fill(blanks, (byte) ' ');
            for (int mebibyte = 0; mebibyte <= 64; mebibyte++) {
                bytes.write(blanks);
            }
        }
        assertEquals(folder.resolve(name) + ": " + problem + " of more than 64 MiB, unpacked; give each note a line or a file of its own",
                failure(NoteFiles.at(folder).withBadRows(BadRowPolicy.SKIP)));
    }

    /** What follows a quote that is never closed can't be told apart, so even skipping does not go on. */
    @Test
    void anOpenQuoteIsAnErrorOfTheFile() throws IOException {
        Files.writeString(folder.resolve("x.csv"), "SUBJECT_ID,TEXT\n7,\"open\n8,good\n");
        String message = assertThrows(InvalidFileException.class, () -> NoteFiles.at(folder).withBadRows(BadRowPolicy.SKIP).read(note -> {
        })).getMessage();
        assertTrue(message.contains("has an odd number of quotation marks"), message);
        Files.writeString(folder.resolve("x.csv"), "SUBJECT_ID,TEXT\n7,\"closed\" and open\n8,good\n");
        String after = assertThrows(InvalidFileException.class, () -> NoteFiles.at(folder).withBadRows(BadRowPolicy.SKIP).read(note -> {
        })).getMessage();
        assertEquals(folder.resolve("x.csv")
                + ": is malformed after the row of line 1: a quoted field goes on after its closing mark, or a field is longer than 64 MiB",
                after);
    }

    @Test
    void notesCarryWhatOtherColumnsSay() throws IOException {
        Files.writeString(folder.resolve("x.csv"), "SUBJECT_ID,KIND,TEXT,ERROR\n7,Nursing,hello,\n");
        Files.writeString(folder.resolve("y.jsonl"), "{\"group\":7,\"text\":\"bye\",\"KIND\":2,\"ERROR\":true}\n"
                + "{\"text\":\"bye\",\"KIND\":null}\n");
        assertEquals(
                List.of(Map.of("KIND", "Nursing", "ERROR", ""), Map.of("KIND", "2", "ERROR", "true"), Map.of()),
                notes(NoteFiles.at(folder).withLabels(List.of("KIND", "ERROR"))).stream().map(Note::labels).toList());
    }

    @Test
    void aPatientMemberThatWasNamedMustBeThere() throws IOException {
        Files.writeString(folder.resolve("x.jsonl"), "{\"who\":7,\"text\":\"seven\"}\n{\"text\":\"nobody's\"}\n");
        assertEquals(2, notes(NoteFiles.at(folder)).size());
        assertTrue(failure(NoteFiles.at(folder).withPatientColumn("who"))
                .contains("x.jsonl:2: has no member who; it has text; name the patient's with --patient-column"));
    }

    @Test
    void nothingToReadIsAnError() throws IOException {
        assertTrue(failure(NoteFiles.at(folder)).endsWith("holds no file of notes; names of such end with"
                + " .csv, .json, .jsonl, .ndjson, .tsv, .txt, .xml, each also with .gz, .bz2, .zst, or in a .zip"));
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
        assertTrue(
                failure(NoteFiles.at(folder)).endsWith("y.parquet: may hold notes, but nothing on the class path reads .parquet files: put"
                        + " the module that reads it there, or convert it, or leave it out with --ignore (in Java withIgnored)"));
    }

    /** What can be read of a bad row: whose it is, if that can be told, and its text. */
    @ParameterizedTest
    @CsvSource(delimiter = '|',
            value = {"x.csv|7,caf\u00e9|7|caf\ufffd", "x.csv|7,a\u0000b|7|a\u0000b", "x.csv|7\u00e9,a|nobody|a", "x.csv|7\u0000,a|nobody|a",
                    "x.csv|' ,a'|nobody|a", "x.csv|7,a,b|nobody|7 a b", "x.jsonl|'{\"group\":7.0,\"text\":\"caf\u00e9\"}'|7|caf\ufffd",
                    "x.jsonl|'{\"group\":\"7\u00e9\",\"text\":\"a\"}'|nobody|a", "x.jsonl|'{\"group\":7}'|7|'{\"group\":7}'",
                    "x.jsonl|'{\"group\":7,\"text\":\"a\"'|7|a", "x.jsonl|'{\"group\":true,\"text\":\"a\"}'|nobody|a",
                    "x.txt|caf\u00e9|nobody|caf\ufffd",
                    "7-1.xml|<a><TEXT>b</a>|7|<a><TEXT>b</a>", "7-1.xml|<a><TEXT>b</TEXT><TEXT>c</TEXT></a>|7|b c",
                    "7.xml|<a><TEXT>b</TEXT></a>|nobody|b"})
    void ofABadRowIsPassedOnWhatCanBeRead(String name, String row, String patient, String text) throws IOException {
        Files.write(folder.resolve(name), ((name.endsWith(".csv") ? "SUBJECT_ID,TEXT\n" : "") + row).getBytes(StandardCharsets.ISO_8859_1));
        List<Note> remains = new ArrayList<>();
        NotesRead read = NoteFiles.at(folder).withBadRows(BadRowPolicy.SKIP).read(note -> {
            throw new AssertionError("no note is good");
        }, remains::add);
        assertEquals(1, remains.size());
        assertEquals(patient, remains.get(0).patient().orElse("nobody"));
        assertEquals(text, remains.get(0).text().replace('\n', ' '));
        assertEquals(patient.equals("nobody") ? 1 : 0, read.badRowsOfNobody());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"x.csv|'TEXT,SUBJECT_ID,TEXT'|:1: has more than one column TEXT; rename all but one",
            "x.csv|'TEXT,SUBJECT_ID,SUBJECT_ID'|:1: has more than one column SUBJECT_ID; rename all but one",
            "x.csv|'SUBJECT_ID,OTHER,OTHER'|:1: has no column TEXT; it has SUBJECT_ID, OTHER, OTHER; name the text's column"
                    + " by --text-column (in Java withTextColumn)",
            "x.csv|''|: is empty; expected a header with SUBJECT_ID and TEXT",
            "x.csv.gz|''|: is empty or no gzip file; pack it anew, or mend its name",
            "x.xml.gz|'<a><TEXT>b</TEXT></a>'|:1: is not named PATIENT-VISIT.xml, so the patient is not known; mend it, or skip bad rows",
            "1-1.xml.gz|'no'|: is empty or no gzip file; pack it anew, or mend its name",
            "1-1.xml|'<a><TEXT>b</TEXT><TEXT>c</TEXT></a>'|:1: has more than one <TEXT> without an element around it that has an id;"
                    + " mend it, or skip bad rows",
            "1-1.xml|'<a/>'|:1: has no <TEXT>; mend it, or skip bad rows",
            "1-1.xml|<a><TEXT>caf\u00e9</TEXT></a>|:1: is not UTF-8, nor in another encoding that it declares; mend it, or skip bad rows",
            "1-1.xml|<a>|:1: is no well-formed XML, or refers to an entity that XML itself does not have; mend it, or skip bad rows"})
    void whatIsWrongIsSaid(String name, String content, String problem) throws IOException {
        if (name.equals("x.xml.gz")) {
            gzip(name, content);
        } else {
            Files.write(folder.resolve(name), content.getBytes(StandardCharsets.ISO_8859_1));
        }
        assertEquals(folder.resolve(name) + problem, failure(NoteFiles.at(folder)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"x.csv.gz", "1-1.xml.gz", "x.jsonl.gz", "x.txt.gz"})
    void aPackedFileThatIsCutShortIsSaidToBe(String name) throws IOException {
        gzip(name, "SUBJECT_ID,TEXT\n7,seven\n".repeat(100));
        byte[] bytes = Files.readAllBytes(folder.resolve(name));
        Files.write(folder.resolve(name), Arrays.copyOf(bytes, bytes.length - 9));
        assertEquals(folder.resolve(name) + ": is cut short or damaged; copy or pack it anew",
                failure(NoteFiles.at(folder).withBadRows(BadRowPolicy.SKIP)));
    }

    @Test
    void nothingIsPrintedOfABadFile() throws IOException {
        Files.write(folder.resolve("1-1.xml"), "<a><TEXT>caf\u00e9</TEXT></a>".getBytes(StandardCharsets.ISO_8859_1));
        PrintStream usual = System.err;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        System.setErr(new PrintStream(printed, true, StandardCharsets.UTF_8));
        try {
            NoteFiles.at(folder).withBadRows(BadRowPolicy.SKIP).read(note -> {
            });
        } finally {
            System.setErr(usual);
        }
        assertEquals("", printed.toString(StandardCharsets.UTF_8));
    }

    @Test
    void xmlMayDeclareAnotherEncoding() throws IOException {
        Files.write(folder.resolve("1-1.xml"),
                "<?xml version=\"1.0\" encoding='ISO-8859-1'?><a><TEXT>caf\u00e9</TEXT></a>".getBytes(StandardCharsets.ISO_8859_1));
        Files.writeString(folder.resolve("1-2.xml"), "\ufeff<?xml version=\"1.0\" encoding='utf-8'?><a><TEXT>caf\u00e9</TEXT></a>");
        assertEquals(List.of("caf\u00e9", "caf\u00e9"), notes(NoteFiles.at(folder)).stream().map(Note::text).toList());
    }

    @Test
    void linksAreFollowedAndWhatIsNotReadIsListed(@TempDir Path elsewhere) throws Exception {
        Files.createDirectories(elsewhere.resolve("more"));
        Files.createDirectories(folder.resolve(".hidden/deep"));
        Files.writeString(elsewhere.resolve("more/a.txt"), "linked\n");
        Files.writeString(folder.resolve("b.txt"), "there\n");
        Files.writeString(folder.resolve(".c.txt"), "hidden\n");
        Files.writeString(folder.resolve(".hidden/deep/d.txt"), "hidden\n");
        Files.createSymbolicLink(folder.resolve("link"), elsewhere.resolve("more"));
        Files.createSymbolicLink(folder.resolve("broken.txt"), elsewhere.resolve("nothing.txt"));
        List<String> ignored = new ArrayList<>(List.of(".c.txt", ".hidden", "broken.txt"));
        if (new ProcessBuilder("mkfifo", folder.resolve("pipe.txt").toString()).start().waitFor() == 0) {
            ignored.add("pipe.txt");
        }
        Files.createSymbolicLink(elsewhere.resolve("root"), folder);
        for (Path root : List.of(folder, elsewhere.resolve("root"))) {
            List<Note> notes = new ArrayList<>();
            assertEquals(root.resolve("broken.txt") + ": is no file, or a link to none: remove it, or leave it out with --ignore (in Java"
                    + " withIgnored)" + (ignored.contains("pipe.txt") ? "; 1 more like it: pipe.txt" : ""), failure(NoteFiles.at(root)));
            NotesRead read = NoteFiles.at(root).withIgnored(List.of("broken.txt", "pipe.txt")).read(notes::add);
            assertEquals(List.of("b.txt", "link/a.txt"), List.copyOf(read.files().keySet()));
            assertEquals(List.of("there", "linked"), notes.stream().map(Note::text).toList());
            assertEquals(ignored, read.ignored());
        }
        Files.createSymbolicLink(elsewhere.resolve("more/up"), folder);
        assertEquals(folder.resolve("link/up") + ": is a link to a folder that it lies in; remove it", failure(NoteFiles.at(folder)));
    }

    @Test
    void aFolderThatCannotBeReadIsNamed() throws IOException {
        Files.writeString(folder.resolve("a.txt"), "there\n");
        Path closed = Files.createDirectory(folder.resolve("closed"), PosixFilePermissions.asFileAttribute(Set.of()));
        Assumptions.assumeFalse(Files.isReadable(closed), "for root nothing is closed");
        assertEquals(closed + ": access denied; get the rights to it and to its folder, or name a place elsewhere",
                failure(NoteFiles.at(folder)));
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

    private void gzip(String name, String text) throws IOException {
        try (OutputStream bytes = new GZIPOutputStream(Files.newOutputStream(folder.resolve(name)))) {
            bytes.write(text.getBytes(StandardCharsets.UTF_8));
        }
    }
}
