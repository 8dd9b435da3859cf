package io.github.miaudit.notes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.miaudit.io.InvalidFileException;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class XmlNotesTest {

    @TempDir
    private Path folder;

    /** The form of i2b2 2006, with tags of what is to be hidden in the text. */
    @Test
    void recordsWithTagsInTheirTextsAreNotes() throws IOException {
        Path file = write("unannotated_records.xml", """
                <?xml version="1.0" encoding="UTF-8"?>
                <ROOT>
                <RECORD ID="641">
                <TEXT>
                Seen on <PHI TYPE="DATE">5/7</PHI> by Dr. <PHI TYPE="DOCTOR">A <B>&amp;</B> C</PHI>.<BR/>
                No <![CDATA[<]]> complaint.
                </TEXT>
                </RECORD>
                <RECORD ID="642"><SMOKING STATUS="UNKNOWN"/><TEXT>Slept well.</TEXT><TEXT>Ate well.</TEXT></RECORD>
                </ROOT>
                """);
        List<Note> notes = new ArrayList<>();
        NoteFiles.at(file).read(notes::add);
        assertEquals(List.of("641|\nSeen on 5/7 by Dr. A & C.\nNo < complaint.\n|4", "642|Slept well.|9", "642|Ate well.|9"),
                notes.stream().map(note -> note.patient().orElseThrow() + "|" + note.text() + "|" + note.source().row()).toList());
    }

    /** The form of n2c2 2014. A tag counts if its text stands where it says; the others are of other places, or of nothing. */
    @Test
    void tagsBehindATextAnnotateIt() throws IOException {
        Path file = write("220-01.xml", """
                <?xml version="1.0" encoding="UTF-8" ?>
                <deIdi2b2>
                <TEXT><![CDATA[
                Record date: 2067-05-03

                Ann  Li was seen by Dr. Grant.
                ]]></TEXT>
                <TAGS>
                <DATE id="P0" start="14" end="24" text="2067-05-03" TYPE="DATE" comment="" />
                <NAME id="P1" start="26" end="33" text="Ann Li" TYPE="PATIENT" comment="" />
                <NAME id="P2" start="50" end="55" text="Grant" comment="" />
                <NAME id="P3" start="50" end="55" text="Grand" TYPE="DOCTOR" comment="" />
                <NAME id="P4" start="50" end="555" text="Grant" TYPE="DOCTOR" comment="" />
                <NAME id="P5" start="55" end="50" text="Grant" TYPE="DOCTOR" comment="" />
                <NAME id="P6" start="x" end="55" text="Grant" TYPE="DOCTOR" comment="" />
                <NAME id="P7" start="50" end="55" text="Grant" TYPE="A B" comment="" />
                </TAGS>
                <NAME start="50" end="55" text="Grant" TYPE="OUTSIDE" />
                </deIdi2b2>
                """);
        List<Note> notes = new ArrayList<>();
        NoteFiles.at(file).read(notes::add);
        assertEquals(List.of(new Annotation(14, 24, "DATE"), new Annotation(26, 33, "PATIENT"), new Annotation(50, 55, "NAME")),
                notes.get(0).annotations());
        assertEquals("220", notes.get(0).patient().orElseThrow());
    }

    /** The form of i2b2 2008; the nearest id counts. */
    @Test
    void theNearestIdAroundATextIsThePatient() throws IOException {
        Path file = write("docs.xml", "<docs id='all'><doc id=\"1\"><text>one</text></doc><doc id=\"2\"><part><text>two</text></part></doc>"
                + "<doc><text id=\"9\">three</text></doc></docs>");
        assertEquals(List.of("1|one", "2|two", "all|three"), notes(NoteFiles.at(file)));
    }

    @Test
    void aFileWithoutIdsIsNamedAfterItsPatient() throws IOException {
        Path file = write("110-02.xml",
                "<deIdi2b2><TEXT>a <i>b</i></TEXT><TAGS><DATE id=\"P0\" start=\"1\" text=\"b\"/></TAGS></deIdi2b2>");
        assertEquals(List.of("110|a b"), notes(NoteFiles.at(file)));
    }

    @ParameterizedTest
    @CsvSource({"UTF-16LE,true,UTF-16", "UTF-16BE,true,UTF-16", "UTF-16LE,false,UTF-16", "UTF-16BE,false,UTF-16", "UTF-16LE,true,utf-8",
            "UTF-8,true,UTF-16", "UTF-8,false,utf-16", "windows-1252,false,Windows-1252"})
    void encodingsAreTold(String written, boolean marked, String declared) throws IOException {
        Path file = folder.resolve("1-1.xml");
        String xml = "<?xml version=\"1.0\" encoding=\"" + declared + "\"?>\n<a><TEXT>caf\u00e9</TEXT></a>";
        Files.write(file, ((marked ? "\ufeff" : "") + xml).getBytes(Charset.forName(written)));
        assertEquals(List.of("1|caf\u00e9"), notes(NoteFiles.at(file)));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "<!DOCTYPE a><a><TEXT>b</TEXT></a>|:1: declares a document type, which could make it read other files; remove its"
                    + " <!DOCTYPE>; mend"
                    + " it, or skip bad rows",
            "<a><r id=' '><TEXT>b</TEXT></r></a>|:1: names no patient; mend it, or skip bad rows",
            "<a><r id='1'><TEXT>b</TEXT></r><r id='2'><TEXT>c</r></a>|:1: is no well-formed XML, or refers to an entity that XML itself"
                    + " does"
                    + " not have; mend it, or skip bad rows",
            "<?xml version='1.0' encoding='no-such'?><a/>|:1: is not UTF-8, nor in another encoding that it declares; mend it, or skip bad"
                    + " rows",
            "<a><r id='1'><NOTE>b</NOTE></r></a>|:1: has no <TEXT>; mend it, or skip bad rows"})
    void whatIsWrongIsSaid(String xml, String problem) throws IOException {
        Path file = write("notes.xml", xml);
        assertEquals(file + problem, failure(NoteFiles.at(file)));
    }

    /** What comes before the fault is notes; all of the file can be compared with others. */
    @Test
    void ofAMalformedFileTheFirstNotesAndTheRemainsAreRead() throws IOException {
        String xml = "<a><r id='1'><TEXT>b</TEXT></r><r id='2'><TEXT>c</TEXT></r><r id='3'><TEXT>d</r><r id='4'><TEXT>e</TEXT></r></a>";
        List<String> notes = new ArrayList<>();
        List<Note> remains = new ArrayList<>();
        NotesRead read = NoteFiles.at(write("notes.xml", xml)).withBadRows(BadRowPolicy.SKIP)
                .read(note -> notes.add(note.patient().orElseThrow() + "|" + note.text()), remains::add);
        assertEquals(List.of("1|b"), notes);
        assertEquals(List.of(xml), remains.stream().map(Note::text).toList());
        assertEquals(1, read.badRowsOfNobody());
    }

    /** A file of 96 MiB takes no more memory than a note of it and what is kept in case it is malformed. */
    @Test
    void filesOfManyRecordsAreReadANoteAtATime() throws IOException {
        String text = "x".repeat(1 << 20);
        Path file = many(text, "</a>");
        assertEquals(96, NoteFiles.at(file).read(note -> assertEquals(text, note.text())).notes());
        String message = failure(NoteFiles.at(many(text, "<b></a>")).withBadRows(BadRowPolicy.SKIP));
        assertTrue(message.endsWith("; mend it, as it is too long to be skipped"), message);
    }

    private Path many(String text, String end) throws IOException {
        Path file = folder.resolve("many.xml");
        try (BufferedWriter xml = Files.newBufferedWriter(file)) {
            xml.write("<a>");
            for (int note = 0; note < 96; note++) {
                xml.write("<r ID='" + note + "'><TEXT>" + text + "</TEXT></r>\n");
            }
            xml.write(end);
        }
        return file;
    }

    @ParameterizedTest
    @ValueSource(strings = {"<a b='", "<a><!--", "<a><TEXT><![CDATA[", "<", "<a><TEXT>x<i/>", "<a>"})
    void nothingInAFileCanFillTheMemory(String start) throws IOException {
        Path file = folder.resolve("1-1.xml");
        String more = start.equals("<a><TEXT>x<i/>") ? "x<i/>" : start.equals("<a>") ? "<a>" : "x";
        try (BufferedWriter xml = Files.newBufferedWriter(file)) {
            xml.write(start);
            String mebibyte = more.repeat((1 << 20) / more.length());
            for (int count = 0; count < 66; count++) {
                xml.write(mebibyte);
            }
        }
        String message = failure(NoteFiles.at(file));
        assertTrue(message.contains("of more than 64 MiB") || message.contains(" XML")
                || message.contains("elements of which more than 1000 are one in the other"), message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"<a><TEXT>confidential", "<a><TEXT>confidential</a>", "<a><TEXT>&confidential;</TEXT></a>",
            "<!DOCTYPE confidential><a/>", "<confidential>", "<a><r id='confidential'/></a>", "<a id='confidential' id='confidential'/>"})
    void noMessageRepeatsANote(String xml) throws IOException {
        assertFalse(failure(NoteFiles.at(write("1-1.xml", xml))).contains("confidential"));
    }

    /** Tags in a text, of whatever kind and depth, change nothing of it. */
    @Property
    void tagsWithinATextAreNothing(@ForAll("texts") List<String> parts, @ForAll("depths") List<Integer> depths) throws IOException {
        String xml = IntStream.range(0, parts.size()).mapToObj(index -> {
            int depth = depths.get(index % depths.size());
            return "<PHI TYPE=\"X\">".repeat(depth) + escaped(parts.get(index)) + "</PHI>".repeat(depth);
        }).collect(Collectors.joining("<!-- not this -->"));
        Path file = Files.createTempFile("notes", ".xml");
        try {
            Files.writeString(file, "<ROOT><RECORD ID=\"7\"><TEXT>" + xml + "</TEXT></RECORD></ROOT>", StandardCharsets.UTF_8);
            assertEquals(List.of("7|" + String.join("", parts)), notes(NoteFiles.at(file)));
        } finally {
            Files.delete(file);
        }
    }

    @Provide
    Arbitrary<List<String>> texts() {
        return Arbitraries.of("<", ">", "&", "]]>", "a", " ", "\n", "\"", "\u00e9", "\ud83d\udc0b").list().ofMaxSize(12);
    }

    @Provide
    Arbitrary<List<Integer>> depths() {
        return Arbitraries.integers().between(0, 3).list().ofMinSize(1).ofMaxSize(5);
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
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
