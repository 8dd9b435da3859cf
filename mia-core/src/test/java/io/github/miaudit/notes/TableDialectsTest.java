package io.github.miaudit.notes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.airlift.compress.zstd.ZstdOutputStream;
import io.github.miaudit.io.InvalidFileException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tables as programs write them; rows are those that Python's csv module reads, unless another maker is named. */
class TableDialectsTest {

    private static final String EXCEL = "SUBJECT_ID;TEXT\r\n"
            + "7;\"The patient was weaned.\nNo distress.\"\r\n8;\"He said \"\"all is well\"\".\"\r\n"
            + "9;Zo\u00eb was given 5 \u00b5g, na\u00efve to opioids.\r\n";
    private static final List<String> ROWS = List.of("7|2|The patient was weaned.\nNo distress.", "8|4|He said \"all is well\".",
            "9|5|Zo\u00eb was given 5 \u00b5g, na\u00efve to opioids.");

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            x.csv | ;  | UTF-8    | false | semicolon
            x.csv | ;  | UTF-8    | true  | semicolon
            x.csv | TAB | UTF-16LE | true  | UTF-16LE, tab
            x.csv | ,  | UTF-16BE | true  | UTF-16BE
            x.csv | ,  | UTF-8    | true  |
            x.csv | /  | UTF-8    | false | |
            x.tsv | TAB | UTF-16LE | true  | UTF-16LE
            x.tsv | TAB | UTF-8    | false |
            x.tsv | ,  | UTF-8    | false | comma
            """)
    void aTableIsReadWhateverProgramWroteIt(String name, String said, String charset, boolean marked, String dialect) throws IOException {
        char separator = said.equals("TAB") ? '\t' : said.equals("/") ? '|' : said.charAt(0);
        String table = separator == ',' ? EXCEL.replaceAll("(?m)^(7|8|9|SUBJECT_ID);", "$1,").replace("9,Zo\u00eb", "9,\"Zo\u00eb")
                .replace("opioids.\r", "opioids.\"\r") : EXCEL.replace(';', separator);
        write(name, (marked ? "\uFEFF" : "") + table, Charset.forName(charset));
        List<String> rows = new ArrayList<>();
        NotesRead read = read(NoteFiles.at(folder), rows);
        assertEquals(ROWS, rows);
        assertEquals(dialect == null ? separator == '|' ? Map.of(name, "|") : Map.of() : Map.of(name, dialect), read.dialects());
    }

    @ParameterizedTest
    @ValueSource(chars = {';', ',', '#'})
    void excelsFirstLineNamesTheSeparator(char separator) throws IOException {
        write("x.csv", "sep=" + separator + "\r\nSUBJECT_ID" + separator + "TEXT\r\n7" + separator + "seven\r\n8\r\n");
        List<String> rows = new ArrayList<>();
        NotesRead read = read(NoteFiles.at(folder).withBadRows(BadRowPolicy.SKIP), rows);
        assertEquals(List.of("7|3|seven"), rows);
        assertEquals(List.of(new NotesRead.BadRow(new Note.Source("x.csv", 4), "has 1 fields; the header has 2")), read.badRows());
    }

    @Test
    void whatCanBeNoSeparatorIsNone() throws IOException {
        for (String separator : List.of("\"", "a", "\u0000", "\u00e9", "")) {
            write("x.csv", "sep=" + separator + "\nSUBJECT_ID,TEXT\n7,seven\n");
            assertTrue(failure(NoteFiles.at(folder)).contains("x.csv:1: has no column SUBJECT_ID"));
        }
    }

    /** As MIMIC-IV writes its header. */
    @Test
    void usualNamesAreTakenInAnyCaseAndGivenOnesAsTheyAre() throws IOException {
        write("x.csv", "note_id,subject_id,text\na,7,seven\n");
        assertEquals(List.of("7|2|seven"), rows(NoteFiles.at(folder)));
        assertEquals(folder.resolve("x.csv") + ":1: has no column Text; it has text, in other case; name the text's column by --text-column"
                + " (in Java withTextColumn)", failure(NoteFiles.at(folder).withTextColumn("Text")));
        write("x.csv", "subject_id,Subject_Id,TEXT\n7,8,seven\n");
        assertEquals(folder.resolve("x.csv") + ":1: has no column SUBJECT_ID; it has subject_id, Subject_Id; name the patient's column by"
                + " --patient-column (in Java withPatientColumn)", failure(NoteFiles.at(folder)));
        write("x.csv", "subject_id,SUBJECT_ID,TEXT\n7,8,seven\n");
        assertEquals(List.of("8|2|seven"), rows(NoteFiles.at(folder)));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '#', textBlock = """
            a,b,c,d,e,f,g,h,i,j,k,l                 # it has a, b, c, d, e, f, g, h, i, j and 2 more;
            pid                                     # it has only pid, or its columns are parted by none of , ; | and tabs;
            Seen today                              # its first line does not look like a header: put one above it;
            7,seven                                 # its first line does not look like a header: put one above it;
            "a,He was seen."                        # its first line does not look like a header: put one above it;
            {"group":"8"                            # its first line does not look like a header: put one above it;
            a name of more than 40 characters is none,b # its first line does not look like a header: put one above it;
            """)
    void whatIsThereInTheColumnsPlaceIsSaid(String header, String found) throws IOException {
        write("x.csv", header.replaceAll("^\"|\"$", "") + "\n7,secret\n");
        assertEquals(folder.resolve("x.csv") + ":1: has no column SUBJECT_ID; " + found + " name the patient's column by --patient-column"
                + " (in Java withPatientColumn)", failure(NoteFiles.at(folder)));
    }

    @Test
    void utf16WithoutAMarkIsSaidToBe() throws IOException {
        write("x.csv", "SUBJECT_ID,TEXT\n7,seven\n", StandardCharsets.UTF_16LE);
        assertTrue(failure(NoteFiles.at(folder)).contains("it looks like UTF-16 without a byte order mark, or no text: save it as UTF-8"));
    }

    @Test
    void aHalfCharacterOfUtf16SpoilsItsRowAlone() throws IOException {
        write("x.csv", "\uFEFFSUBJECT_ID,TEXT\n7,a#b\n8,\uD83D\uDE00 good\n9,#\n", StandardCharsets.UTF_16BE);
        byte[] bytes = Files.readAllBytes(folder.resolve("x.csv"));
        byte half = (byte) 0xD8;
        for (int index = 0; index < bytes.length; index += 2) {
            if (bytes[index + 1] == '#') {
                bytes[index] = half;
                half = (byte) 0xDE;
            }
        }
        Files.write(folder.resolve("x.csv"), bytes);
        List<String> rows = new ArrayList<>();
        NotesRead read = read(NoteFiles.at(folder).withBadRows(BadRowPolicy.SKIP), rows);
        assertEquals(List.of("8|3|\uD83D\uDE00 good"), rows);
        assertEquals(List.of(2L, 4L), read.badRows().stream().map(row -> row.source().row()).toList());
    }

    /** R with quote=FALSE, or mysql --batch: two marks would join the first two rows; counted by hand. */
    @Test
    void marksInAnUnquotedTableAreCharacters() throws IOException {
        write("x.tsv", "SUBJECT_ID\tTEXT\n7\t\"I am well he told the nurse.\n8\tHe walked with a drain of 5\"\n9\tNothing else.\n");
        List<String> rows = new ArrayList<>();
        NotesRead read = read(NoteFiles.at(folder), rows);
        assertEquals(List.of("7|2|\"I am well he told the nurse.", "8|3|He walked with a drain of 5\"", "9|4|Nothing else."), rows);
        assertEquals(Map.of("x.tsv", "quotation marks are characters, backslashes escape"), read.dialects());
    }

    /** As PostgreSQL's documentation of COPY has them; counted by hand. */
    @Test
    void escapesOfDatabasesAreUnderstood() throws IOException {
        write("x.tsv", "SUBJECT_ID\tTEXT\n7\tone\\ntwo\\tthree \\\\n four \"five\n\\N\tsix\n8\t\\N\n9\tseven\n");
        List<String> rows = new ArrayList<>();
        NotesRead read = read(NoteFiles.at(folder).withBadRows(BadRowPolicy.SKIP), rows);
        assertEquals(List.of("7|2|one\ntwo\tthree \\n four \"five", "8|4|", "9|5|seven"), rows);
        assertEquals(List.of(new NotesRead.BadRow(new Note.Source("x.tsv", 3), "names no patient")), read.badRows());
    }

    @Test
    void aBackslashThatNoDatabaseWritesIsACharacter() throws IOException {
        write("x.tsv", "SUBJECT_ID\tTEXT\n7\tC:\\new \\d\n");
        assertEquals(List.of("7|2|C:\\new \\d"), rows(NoteFiles.at(folder)));
        write("x.tsv", "SUBJECT_ID\tTEXT\n7\tC:\\new\n8\t\"a\nb\"\n");
        assertEquals(List.of("7|2|C:\\new", "8|3|a\nb"), rows(NoteFiles.at(folder)), "where fields are quoted, too");
    }

    @Test
    void whatCanBeReadInTwoWaysIsRefusedUntilItIsSaid() throws IOException {
        write("x.tsv", "SUBJECT_ID\tTEXT\n7\t\"I am well.\"\n8\tHe is well.\n");
        assertEquals(folder.resolve("x.tsv") + ": can be read in two ways: quotation marks may stand around fields, or be characters like"
                + " others; say which by --quote none or --quote double (in Java withQuoting)", failure(NoteFiles.at(folder)));
        assertEquals(List.of("7|2|I am well.", "8|3|He is well."), rows(NoteFiles.at(folder).withQuoting(Quoting.DOUBLED)));
        assertEquals(List.of("7|2|\"I am well.\"", "8|3|He is well."), rows(NoteFiles.at(folder).withQuoting(Quoting.NONE)));
        write("x.tsv", "SUBJECT_ID\tTEXT\n7\t\"Na\nK\t4\"\n8\tHe is well.\n"); // a row within the first, if K may be a patient
        assertTrue(failure(NoteFiles.at(folder)).contains("can be read in two ways"));
        write("x.tsv", "SUBJECT_ID\tTEXT\n7\t\"Na\nK\"\n8\n");
        assertEquals(folder.resolve("x.tsv") + ": has not 2 fields, as the header has, in all rows: if quotation marks stand around fields,"
                + " not in that of line 4; if they are characters like others, not in that of line 3; mend it, or say which by --quote none"
                + " or --quote double (in Java withQuoting)", failure(NoteFiles.at(folder)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"\"SUBJECT_ID\"\t\"TEXT\"\n\"7\"\t\"I am well.\"\n", "SUBJECT_ID\tTEXT\n7\t\"I am well.\"\n8\t\"Say \"\"a\"\".\"\n",
                    "SUBJECT_ID\tTEXT\n7\t\"I am well.\"\n8\t\"Say\na\"\n"})
    void marksAroundFieldsAreKnownByTheRestOfTheFile(String table) throws IOException {
        write("x.tsv", table);
        assertEquals("7|2|I am well.", rows(NoteFiles.at(folder)).get(0));
    }

    /** A comma-separated table is not read in another way, but not joined in silence either. */
    @Test
    void rowsThatAMarkWouldJoinAreRefused() throws IOException {
        write("x.csv", "SUBJECT_ID,TEXT\n7,\"I am well he told the nurse.\n8,He walked with a drain of 5\"\n9,Nothing else.\n");
        assertEquals(folder.resolve("x.csv") + ":2: can be read in two ways: quotation marks may stand around a field that starts here and"
                + " goes over lines that look like rows, or they may be characters like others; say which by --quote none or --quote"
                + " double (in Java withQuoting)", failure(NoteFiles.at(folder)));
        assertEquals(3, rows(NoteFiles.at(folder).withQuoting(Quoting.NONE)).size());
        assertEquals(2, rows(NoteFiles.at(folder).withQuoting(Quoting.DOUBLED)).size());
    }

    /** A mark far behind is found, and what was read before it stays as it is. */
    @Test
    void aMarkMayComeLate() throws IOException {
        String rows = IntStream.range(0, 20000).mapToObj(row -> row + "\tNothing of note.\n").collect(Collectors.joining());
        write("x.tsv", "SUBJECT_ID\tTEXT\n" + rows + "x\tone\\ntwo \"\n");
        List<String> read = rows(NoteFiles.at(folder));
        assertEquals(20001, read.size());
        assertEquals("x|20002|one\ntwo \"", read.get(20000));
    }

    @Test
    void twoSeparatorsThatBothFitAreRefused() throws IOException {
        write("x.csv", "SUBJECT_ID,TEXT,a|SUBJECT_ID|TEXT\n");
        assertTrue(failure(NoteFiles.at(folder)).contains("can be read in two ways, with columns parted by comma or by |"));
    }

    /** A row of a table with three columns, whose middle one is not asked for. */
    private record Row(int patient, String other, String text) {
    }

    private enum Encoding {
        UTF_8(StandardCharsets.UTF_8, ""), UTF_8_MARKED(StandardCharsets.UTF_8, "\uFEFF"), UTF_16LE(StandardCharsets.UTF_16LE, "\uFEFF"),
        UTF_16BE(StandardCharsets.UTF_16BE, "\uFEFF");

        private final Charset charset;
        private final String mark;

        Encoding(Charset charset, String mark) {
            this.charset = charset;
            this.mark = mark;
        }
    }

    /** Quoted as RFC 4180 says, with a header in quotes. */
    @Property(tries = 300)
    void quotedTablesAreReadInEveryDialect(@ForAll("rows") List<Row> rows, @ForAll("separators") char separator, @ForAll Encoding encoding,
            @ForAll("packings") String packing, @ForAll("breaks") String end) throws IOException {
        String table = quoted("SUBJECT_ID", "OTHER", "TEXT", separator) + end + rows.stream()
                .map(row -> quoted(String.valueOf(row.patient), row.other, row.text, separator) + end).collect(Collectors.joining());
        assertRead(rows, encoding.mark + table, encoding, separator == '\t' ? "x.tsv" : "x.csv", packing, NoteFiles.at(folder));
    }

    /** As PostgreSQL's COPY writes text. */
    @Property(tries = 300)
    void escapedTablesAreReadInEveryDialect(@ForAll("rows") List<Row> rows, @ForAll Encoding encoding,
            @ForAll("packings") String packing, @ForAll("breaks") String end) throws IOException {
        String table = "SUBJECT_ID\tOTHER\tTEXT" + end + rows.stream()
                .map(row -> row.patient + "\t" + escaped(row.other) + "\t" + escaped(row.text) + end).collect(Collectors.joining());
        assertRead(rows, encoding.mark + table, encoding, "x.tsv", packing, NoteFiles.at(folder).withQuoting(Quoting.NONE));
        List<Row> unclosed = rows.stream().map(row -> new Row(row.patient, "", row.text.replace("\"", "\"a"))).toList();
        String marked = "SUBJECT_ID\tOTHER\tTEXT" + end + unclosed.stream()
                .map(row -> row.patient + "\t\t" + escaped(row.text) + end).collect(Collectors.joining());
        assertRead(unclosed, encoding.mark + marked, encoding, "x.tsv", packing, NoteFiles.at(folder));
    }

    private void assertRead(List<Row> rows, String table, Encoding encoding, String name, String packing, NoteFiles files)
            throws IOException {
        Path place = Files.createTempDirectory("tables");
        Path file = place.resolve(name + packing);
        try {
            Files.write(file, packed(table.getBytes(encoding.charset), name, packing));
            NoteFiles there = NoteFiles.at(place);
            List<String> texts = new ArrayList<>();
            (files.quoting().isPresent() ? there.withQuoting(files.quoting().get()) : there)
                    .read(note -> texts.add(note.patient().orElseThrow() + "|" + note.text()));
            assertEquals(rows.stream().map(row -> row.patient + "|" + row.text).toList(), texts);
        } finally {
            Files.delete(file);
            Files.delete(place);
        }
    }

    static byte[] packed(byte[] bytes, String name, String packing) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (OutputStream out = switch (packing) {
            case ".gz" -> new GZIPOutputStream(packed);
            case ".bz2" -> new BZip2CompressorOutputStream(packed);
            case ".zst" -> new ZstdOutputStream(packed);
            case ".zip" -> zip(packed, name);
            default -> packed;
        }) {
            out.write(bytes);
        }
        return packed.toByteArray();
    }

    private static OutputStream zip(OutputStream packed, String name) throws IOException {
        ZipOutputStream zip = new ZipOutputStream(packed);
        zip.putNextEntry(new ZipEntry("deep/" + name));
        return zip;
    }

    private static String quoted(String patient, String other, String text, char separator) {
        return List.of(patient, other, text).stream().map(field -> "\"" + field.replace("\"", "\"\"") + "\"")
                .collect(Collectors.joining(String.valueOf(separator)));
    }

    private static String escaped(String field) {
        return field.replace("\\", "\\\\").replace("\t", "\\t").replace("\n", "\\n").replace("\r", "\\r");
    }

    @Provide
    Arbitrary<List<Row>> rows() {
        Arbitrary<String> field = Arbitraries
                .of("\r", "\n", "\"", ",", ";", "|", "\t", "a", " ", "\u00e9", "\uD83D\uDE00", "\\", "\\n", "N")
                .list().ofMaxSize(8).map(parts -> String.join("", parts));
        return Combinators.combine(Arbitraries.integers().between(0, 99), field, field).as(Row::new).list().ofMinSize(1).ofMaxSize(6);
    }

    @Provide
    Arbitrary<Character> separators() {
        return Arbitraries.of(',', ';', '\t', '|');
    }

    @Provide
    Arbitrary<String> packings() {
        return Arbitraries.of("", ".gz", ".bz2", ".zst", ".zip");
    }

    @Provide
    Arbitrary<String> breaks() {
        return Arbitraries.of("\n", "\r\n", "\r");
    }

    private void write(String name, String text) throws IOException {
        write(name, text, StandardCharsets.UTF_8);
    }

    private void write(String name, String text, Charset charset) throws IOException {
        Files.write(folder.resolve(name), text.getBytes(charset));
    }

    private static List<String> rows(NoteFiles files) {
        List<String> rows = new ArrayList<>();
        read(files, rows);
        return rows;
    }

    private static NotesRead read(NoteFiles files, List<String> rows) {
        return files.read(note -> rows.add(note.patient().orElse("nobody") + "|" + note.source().row() + "|" + note.text()));
    }

    private static String failure(NoteFiles files) {
        String message = assertThrows(InvalidFileException.class, () -> rows(files)).getMessage();
        assertFalse(message.contains("well he told") || message.contains("secret"), message);
        return message;
    }
}
