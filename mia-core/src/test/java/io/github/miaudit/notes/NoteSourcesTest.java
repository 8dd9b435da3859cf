package io.github.miaudit.notes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.miaudit.data.Samples;
import io.github.miaudit.io.InvalidFileException;
import io.github.miaudit.io.Sha256;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What of a folder is read, and that nothing else is passed over in silence. */
class NoteSourcesTest {

    private static final String TABLE = "SUBJECT_ID,TEXT\n7,seven\n";
    /** The table and, in a part of its own behind it, a row "8,eight", made with gzip 1.12, bzip2 1.0.8 and zstd 1.5.4. */
    private static final Map<String, String> IN_TWO_PARTS = Map.of(
            ".gz", "H4sIAM1ICWsCAwsOdfJydQ6J93TRCXGNCOEy1ylOLUvN4wIAy2bXnRgAAAAfiwgAzUgJawIDs9BJzUzPKOECAFJPv7wIAAAA",
            ".bz2", "QlpoOTFBWSZTWeS1pf0AAAZfgAAQAAQAgB4wDkCCAQkAIAAigGTDUeoU0yMTExG6msxxnUOgiQyklLfF3JFOFCQ5LWl/QEJaaDkx"
                    + "QVkmU1mPw1MQAAABWYAAEAAEAEAC4AQAIAAxDAggaZqC1Eh4u5IpwoSEfhqYgA==",
            ".zst", "KLUv/QRgwQAAU1VCSkVDVF9JRCxURVhUCjcsc2V2ZW4KQpZOyyi1L/0EYEEAADgsZWlnaHQKmXmQHg==");
    /** Made with Info-ZIP's {@code zip -P}. */
    private static final String ENCRYPTED = "UEsDBAoACQAAADFJe13LZtedJAAAABgAAAAFABwAcC5jc3ZVVAkAA85ICWv"
            + "OSAlrdXgLAAEEAAAAAAQAAAAAxSYj/YoWjUncbCtO"
            + "Mkb+RZ7qfd+aV50OEQG0110DXsPLxSMZUEsHCMtm150kAAAAGAAAAFBLAQIeAwoACQAAADFJe13LZtedJAAAABgAAAAFABgAAAAA"
            + "AAEAAACkgQAAAABwLmNzdlVUBQADzkgJa3V4CwABBAAAAAAEAAAAAFBLBQYAAAAAAQABAEsAAABzAAAAAAA=";

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            b.ndjsn     | is not read, as it does not end with .csv, .json, .jsonl, .ndjson, .tsv, .txt, .xml,
            b           | is not read, as it does not end with .csv, .json, .jsonl, .ndjson, .tsv, .txt, .xml,
            b.xlsx      | is a spreadsheet, which is not read: save it as CSV, or leave it out with --ignore
            b.XLS       | is a spreadsheet, which is not read: save it as CSV, or leave it out with --ignore
            b.ods       | is a spreadsheet, which is not read: save it as CSV, or leave it out with --ignore
            b.docx      | is a document, which is not read: save it as plain text, or leave it out with --ignore
            b.pdf       | is a document, which is not read: save it as plain text, or leave it out with --ignore
            b.tar.gz    | is packed in a way that is not read: unpack it
            b.csv.xz    | is packed in a way that is not read: unpack it
            """)
    void whatIsNotReadIsAnErrorBeforeAnythingIsRead(String name, String problem) throws IOException {
        write("a.csv", TABLE);
        write(name, "x");
        write("deep/z.md", "x");
        List<Note> notes = new ArrayList<>();
        String message = assertThrows(InvalidFileException.class, () -> NoteFiles.at(folder).read(notes::add)).getMessage();
        assertTrue(message.startsWith(folder.resolve(name) + ": " + problem), message);
        assertTrue(message.endsWith("; 1 more like it: deep/z.md"), message);
        assertEquals(List.of(), notes);
        NotesRead read = NoteFiles.at(folder).withIgnored(List.of(name, "deep/*")).read(notes::add);
        assertEquals(1, notes.size());
        assertEquals(List.of(name, "deep/z.md"), read.ignored());
    }

    @Test
    void aPatternIsForTheNameOrThePath() throws IOException {
        write("a.csv", TABLE);
        write("old/a.csv", "no table");
        write("old/deep/b.csv", "no table");
        assertEquals(List.of("old/a.csv", "old/deep/b.csv"), NoteFiles.at(folder).withIgnored(List.of("old/**")).read(note -> {
        }).ignored());
        assertTrue(failure(NoteFiles.at(folder).withIgnored(List.of("*.csv"))).contains("holds no file of notes"));
        assertThrows(IllegalArgumentException.class, () -> NoteFiles.at(folder).withIgnored(List.of("[")));
    }

    @Test
    void whatIsNeverNotesIsListedOnly() throws IOException {
        List<String> never = List.of(".a.csv", ".part-0.csv.crc", "Thumbs.db", "_SUCCESS", "_committed_17", "_metadata", "_started_17",
                "a.csv.crc", "desktop.ini", "~$a.xlsx");
        for (String name : never) {
            write(name, "x");
        }
        write("__MACOSX/b.csv", "x");
        write("a.csv", TABLE);
        NotesRead read = NoteFiles.at(folder).read(note -> {
        });
        assertEquals(List.of("a.csv"), List.copyOf(read.files().keySet()));
        assertEquals(11, read.ignored().size());
        assertTrue(read.ignored().containsAll(never) && read.ignored().contains("__MACOSX"), read.ignored().toString());
        write("_a.md", "x");
        assertTrue(failure(NoteFiles.at(folder)).contains("_a.md: is not read"));
    }

    /** As Spark leaves them where a partition has no rows. */
    @Test
    void emptyPartsHoldNoNotes() throws IOException {
        write("part-0.csv", "");
        write("part-1.csv", TABLE);
        write("part-2.jsonl", "");
        Files.write(folder.resolve("part-3.csv.gz"), TableDialectsTest.packed(new byte[0], "", ".gz"));
        NotesRead read = NoteFiles.at(folder).read(note -> {
        });
        assertEquals(List.of("part-0.csv", "part-1.csv", "part-2.jsonl", "part-3.csv.gz"), List.copyOf(read.files().keySet()));
        assertEquals(Sha256.ofFiles(folder.resolve("part-0.csv")), read.files().get("part-0.csv"));
        assertEquals(Sha256.ofFiles(folder.resolve("part-3.csv.gz")), read.files().get("part-3.csv.gz"));
        assertEquals(1, read.notes());
        write("7-1.xml", "");
        assertTrue(failure(NoteFiles.at(folder)).contains("7-1.xml:"), "a note that is empty is damaged");
        Files.delete(folder.resolve("7-1.xml"));
        Files.delete(folder.resolve("part-1.csv"));
        assertEquals(folder.resolve("part-0.csv") + ": is empty; expected a header with SUBJECT_ID and TEXT",
                failure(NoteFiles.at(folder)));
    }

    @ParameterizedTest
    @ValueSource(strings = {".gz", ".bz2", ".zst"})
    void packedFilesAreReadToTheirEnd(String ending) throws IOException {
        byte[] bytes = Base64.getDecoder().decode(IN_TWO_PARTS.get(ending));
        Path file = Files.write(folder.resolve("a.csv" + ending), bytes);
        assertEquals(List.of("seven", "eight"), texts());
        for (int lost : List.of(1, 5, 12)) {
            Files.write(file, Arrays.copyOf(bytes, bytes.length - lost));
            assertEquals(file + ": is cut short or damaged; copy or pack it anew", failure(NoteFiles.at(folder)), lost + " bytes");
        }
        byte[] changed = bytes.clone();
        changed[bytes.length / 2 - 6] ^= 4;
        Files.write(file, changed);
        assertTrue(failure(NoteFiles.at(folder)).contains("pack it anew"));
        Files.write(folder.resolve("b.csv"), bytes);
        Files.delete(file);
        assertTrue(failure(NoteFiles.at(folder)).endsWith(" file; name it as such, with " + ending + " at its end"));
        write("b.csv", TABLE);
        write("a.csv" + ending, TABLE);
        assertTrue(failure(NoteFiles.at(folder)).contains("pack it anew"));
    }

    @Test
    void aZipFileIsLikeAFolder() throws IOException {
        Path zip = folder.resolve("a.zip");
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(zip))) {
            for (String name : List.of("./deep/b.csv", "../../c.csv", "/d.csv", "__MACOSX/._b.csv", "e.jsonl.gz", "empty/")) {
                out.putNextEntry(new ZipEntry(name));
                out.write(name.endsWith("/") ? new byte[0]
                        : name.endsWith(".gz")
                                ? TableDialectsTest.packed("{\"group\":9,\"text\":\"nine\"}\n".getBytes(StandardCharsets.UTF_8), "", ".gz")
                                : TABLE.replace("seven", name).getBytes(StandardCharsets.UTF_8));
            }
        }
        for (Path place : List.of(folder, zip)) {
            List<String> notes = new ArrayList<>();
            NotesRead read = NoteFiles.at(place).read(note -> notes.add(note.source().file() + " " + note.text()));
            assertEquals(
                    List.of("a.zip/c.csv ../../c.csv", "a.zip/d.csv /d.csv", "a.zip/deep/b.csv ./deep/b.csv", "a.zip/e.jsonl.gz nine"),
                    notes);
            assertEquals(List.of("a.zip/__MACOSX/._b.csv"), read.ignored());
        }
        assertEquals(3, NoteFiles.at(folder).withIgnored(List.of("b.csv")).read(note -> {
        }).notes());
        assertTrue(failure(NoteFiles.at(folder).withIgnored(List.of("a.zip"))).contains("holds no file of notes"));
    }

    @Test
    void zipFilesThatCannotBeReadAreNamed() throws IOException {
        Path zip = folder.resolve("a.zip");
        Files.write(zip, Base64.getDecoder().decode(ENCRYPTED));
        assertEquals(folder.resolve("a.zip/p.csv") + ": is encrypted; unpack it, or pack it anew without a password",
                failure(NoteFiles.at(folder)));
        Files.write(zip, TableDialectsTest.packed("x".getBytes(StandardCharsets.UTF_8), "a.xlsx", ".zip"));
        assertTrue(failure(NoteFiles.at(folder)).startsWith(folder.resolve("a.zip/deep/a.xlsx") + ": is a spreadsheet"));
        byte[] bytes = TableDialectsTest.packed(TABLE.repeat(50).getBytes(StandardCharsets.UTF_8), "a.csv", ".zip");
        Files.write(zip, Arrays.copyOf(bytes, bytes.length - 30));
        assertEquals(zip + ": is no zip file, or is cut short or damaged; copy or pack it anew", failure(NoteFiles.at(folder)));
        for (int index = 45; index < 60; index++) { // in the middle of what is packed
            byte[] changed = bytes.clone();
            changed[index] ^= 0x55;
            Files.write(zip, changed);
            assertTrue(failure(NoteFiles.at(folder).withBadRows(BadRowPolicy.SKIP)).contains("damaged"), "byte " + index);
        }
        Files.write(folder.resolve("a.csv"), bytes);
        Files.delete(zip);
        assertTrue(failure(NoteFiles.at(folder))
                .contains("is a zip file, as spreadsheets are too; name it with .zip at its end, or save it as CSV"));
    }

    /** Else ids and commas would be sentences of nobody. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {"SUBJECT_ID,TEXT~7,Slept well.|a table",
            "row_id\tsubject_id\tnote~1\t2\tx|a table", "\"row_id\";\"text\"~1;x|a table", "~{\"text\":\"x\"}|JSON",
            "[{\"text\":\"x\"}]|JSON", "<?xml version='1.0'?>~<a/>|XML"})
    void aTableIsNoTextFileOfSentences(String content, String what) throws IOException {
        write("a.txt", content.replace('~', '\n').replace("\\t", "\t"));
        assertTrue(failure(NoteFiles.at(folder)).contains("a.txt:1: looks like " + what + ", not like a sentence a line"));
        assertThrows(InvalidFileException.class, () -> Samples.read(folder.resolve("a.txt")));
        write("a.txt", "The text, and the group: he slept well.\nSeen on the ward, no fever, no rash.\n");
        assertEquals(2, texts().size());
    }

    @Test
    void twoZipFilesInOneAreRefused() throws IOException {
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(folder.resolve("a.zip")))) {
            zip.putNextEntry(new ZipEntry("a.csv"));
            zip.write(TABLE.getBytes(StandardCharsets.UTF_8));
        }
        byte[] first = Files.readAllBytes(folder.resolve("a.zip"));
        Files.write(folder.resolve("a.zip"), first, StandardOpenOption.APPEND);
        assertTrue(failure(NoteFiles.at(folder)).contains("holds something before its first file"));
    }

    @Test
    void aPatientHasNoControlCharacter() throws IOException {
        write("a.tsv", "SUBJECT_ID\tTEXT\nWARD\\n1\tSlept well.\n");
        assertTrue(failure(NoteFiles.at(folder)).contains("a.tsv:2: names a patient with a control character"));
    }

    /** In another case, as if no row had a value. */
    @Test
    void aMemberThatNoObjectHasIsNoLabel() throws IOException {
        write("a.jsonl", "{\"group\":7,\"text\":\"x\",\"Kind\":\"A\"}\n");
        assertTrue(failure(NoteFiles.at(folder).withLabels(List.of("KIND"))).contains("has no member KIND"));
        write("a.jsonl", "{\"group\":7,\"text\":\"x\"}\n{\"group\":8,\"text\":\"y\",\"KIND\":\"A\"}\n");
        assertEquals(2, NoteFiles.at(folder).withLabels(List.of("KIND")).read(note -> {
        }).notes());
    }

    @Test
    void aFileThatNamesNoPatientBesideOthersThatDoIsRefused() throws IOException {
        write("a.jsonl", "{\"group\":\"7\",\"text\":\"seven\"}\n{\"text\":\"nobody's\"}\n");
        write("b.jsonl", "{\"mrn\":\"8\",\"text\":\"eight\"}\n");
        write("c.txt", "of nobody\n");
        String problem = "b.jsonl: names no patient, but a.jsonl beside it does: call the patient's column or member by the same name in"
                + " all files of an input, or make them inputs of their own";
        assertTrue(failure(NoteFiles.at(folder)).endsWith(problem));
        Files.move(folder.resolve("a.jsonl"), folder.resolve("d.jsonl"));
        assertTrue(failure(NoteFiles.at(folder)).endsWith(problem.replace("a.jsonl", "d.jsonl")), "whichever comes first");
        Files.delete(folder.resolve("d.jsonl"));
        assertEquals(List.of("eight", "of nobody"), texts());
    }

    /** As n2c2 2018 comes. */
    @Test
    void aTextFileMayBeANote() throws IOException {
        write("100035.txt", "\uFEFFAdmission Date:\n\nSeen.\n");
        write("17_02.TXT", "Well.");
        write("blank.txt", " \n");
        List<String> notes = new ArrayList<>();
        NoteFiles.at(folder).withTextFiles(TextFiles.WHOLE_FILE_OF_PATIENT)
                .read(note -> notes.add(note.patient().orElse("nobody") + "|" + note.source().row() + "|" + note.text()));
        assertEquals(List.of("100035|1|Admission Date:\n\nSeen.\n", "17|1|Well."), notes);
        notes.clear();
        NoteFiles.at(folder).withTextFiles(TextFiles.WHOLE_FILE)
                .read(note -> notes.add(note.patient().orElse("nobody") + "|" + note.text()));
        assertEquals(List.of("nobody|Admission Date:\n\nSeen.\n", "nobody|Well."), notes);
        assertEquals(List.of("Admission Date:", "Seen.", "Well."), texts());
        write("-1.txt", "x");
        assertTrue(failure(NoteFiles.at(folder).withTextFiles(TextFiles.WHOLE_FILE_OF_PATIENT)).contains("-1.txt: does not start with"));
    }

    @Test
    void textMayBeUtf16WhereAMarkSaysSo() throws IOException {
        Files.write(folder.resolve("a.txt"), "\uFEFFna\u00efve\r\ntwo".getBytes(StandardCharsets.UTF_16LE));
        Files.write(folder.resolve("b.jsonl"), "\uFEFF{\"text\":\"\u00e9\"}\n".getBytes(StandardCharsets.UTF_16BE));
        assertEquals(List.of("na\u00efve", "two", "\u00e9"), texts());
        assertEquals(Map.of("a.txt", "UTF-16LE", "b.jsonl", "UTF-16BE"), NoteFiles.at(folder).read(note -> {
        }).dialects());
    }

    private void write(String name, String text) throws IOException {
        Files.createDirectories(folder.resolve(name).getParent());
        Files.writeString(folder.resolve(name), text);
    }

    private List<String> texts() {
        List<String> texts = new ArrayList<>();
        NoteFiles.at(folder).read(note -> texts.add(note.text()));
        return texts;
    }

    private static String failure(NoteFiles files) {
        return assertThrows(InvalidFileException.class, () -> files.read(note -> {
        })).getMessage();
    }
}
