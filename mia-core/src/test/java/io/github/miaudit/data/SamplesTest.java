package io.github.miaudit.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.miaudit.io.InvalidFileException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SamplesTest {

    @TempDir
    private Path folder;

    @Test
    void readsObjectsAndBareStrings() throws IOException {
        Path file = write("members.jsonl", """
                {"id":"a","group":"p1","text":"One."}
                "Two, with \\"quotes\\" and \\u00e9."
                {"text":"Three.","id":7,"group":12,"source":{"row":[1]}}
                {"text":"","group":null}
                """);
        assertEquals(List.of(
                Sample.of("a", "p1", "One."),
                Sample.of("2", "Two, with \"quotes\" and é."),
                Sample.of("7", "12", "Three."),
                new Sample("4", Optional.empty(), "")), Samples.read(file));
    }

    @ParameterizedTest
    @ValueSource(strings = {"notes.csv", "NOTES.CSV.gz", "notes.tsv", "notes.parquet", "110-01.xml", "notes.json", "notes.ndjson",
            "notes.xlsx", "notes.jsonl.gz", "notes.txt.zst"})
    void whatIsNoFileOfSentencesIsRefused(String name) throws IOException {
        Path file = write(name, "SUBJECT_ID,TEXT\n7,One.\n");
        String message = assertThrows(InvalidFileException.class, () -> Samples.read(file)).getMessage();
        assertTrue(message.startsWith(file + ": is no file of one sentence a line, as its ending ."), message);
        assertTrue(
                message.endsWith("; read it as notes, as mia prepare and mia train --notes do, or write its sentences to a .txt or .jsonl"
                        + " file"),
                message);
    }

    /** What stands for a patient is kept as it is written; whose it is, is one however it is. */
    @Test
    void groupsMayBeNumbersOfAllSorts() throws IOException {
        List<Sample> samples = Samples.read(write("members.jsonl", """
                {"text":"a","group":7}
                {"text":"b","group":7.0}
                {"text":"c","group":"007"}
                {"text":"d","group":1e6}
                {"text":"e","group":"1,000,000"}
                {"text":"f","group":1e999999999}
                {"text":"g","group":"NULL"}
                {"text":"h","group":""}
                """));
        assertEquals(List.of("7", "7.0", "007", "1e+6", "1,000,000", "1e+999999999", "NULL", ""),
                samples.stream().map(sample -> sample.group().orElseThrow()).toList());
        assertEquals(3, samples.stream().map(Sample::patient).filter(Patient::isKnown).distinct().count());
        assertEquals(samples.get(0).patient(), samples.get(1).patient());
        assertEquals(samples.get(0).patient(), samples.get(2).patient());
        assertEquals(samples.get(3).patient(), samples.get(4).patient());
    }

    @Test
    void takesPlainLinesAsTheyAre() throws IOException {
        Path file = write("notes.txt", "  two  blanks \n\nline\rwith a lone return\r\nlast\u2028one");
        assertEquals(List.of("  two  blanks ", "", "line\rwith a lone return", "last\u2028one"),
                Samples.read(file).stream().map(Sample::text).toList());
        assertEquals(List.of("1", "2", "3", "4"), Samples.read(file).stream().map(Sample::id).toList());
    }

    @Test
    void aByteOrderMarkIsNoText() throws IOException {
        assertEquals("One.", Samples.read(write("a.txt", "\uFEFFOne.\n")).get(0).text());
        assertEquals("One.", Samples.read(write("a.jsonl", "\uFEFF\"One.\"\n")).get(0).text());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"text":"SECRET"                   | is not valid JSON
            {'text':'SECRET'}                  | is not valid JSON
            {"text":SECRET}                    | is not valid JSON
            ["SECRET"]                         | is neither a JSON object nor a JSON string
            42                                 | is neither a JSON object nor a JSON string
            {"id":"x"}                         | has no "text"
            {"text":5}                         | "text" is no string but NUMBER
            {"text":null}                      | "text" is no string but NULL
            {"text":"SECRET","text":"b"}       | states "text" twice
            {"text":"a","SECRET":1,"SECRET":2} | states a member twice
            {"text":"a","b":[{"c":1,"c":2}]}   | states a member twice
            {"text":"SECRET","b":NaN}          | is not valid JSON
            {"text":"SECRET","id":"first"}     | id first is already taken by an earlier line
            {"text":"SECRET","id":1.5}         | "id" is no whole number
            {"text":"SECRET","id":["a"]}       | "id" is neither a string nor a whole number but BEGIN_ARRAY
            {"text":"SECRET","id":""}          | "id" is empty
            {"text":"SECRET","group":true}     | "group" is neither a string nor a number but BOOLEAN
            {"text":"SECRET"} {"text":"b"}     | is not valid JSON
            {"text":"SECRET \\ud800"}          | text of sentence 2 holds an unpaired surrogate
            ``                                 | is not valid JSON
            """)
    void aMalformedLineIsNamedButNotQuoted(String line, String problem) throws IOException {
        Path file = write("members.jsonl", "{\"id\":\"first\",\"text\":\"fine\"}\n" + line + "\n\"third\"\n");
        InvalidFileException error = assertThrows(InvalidFileException.class, () -> Samples.read(file));
        assertTrue(error.getMessage().startsWith(file + ":2: " + problem), error.getMessage());
        assertFalse(error.getMessage().contains("SECRET"), error.getMessage());
    }

    @ParameterizedTest
    @ValueSource(strings = {"members.jsonl", "members.txt"})
    void anEmptyOrMissingFileIsNamed(String name) throws IOException {
        Path missing = folder.resolve(name);
        assertEquals(missing + ": does not exist", assertThrows(InvalidFileException.class, () -> Samples.read(missing)).getMessage());
        Path empty = write(name, "");
        assertEquals(empty + ": is empty; expected one sentence a line",
                assertThrows(InvalidFileException.class, () -> Samples.read(empty)).getMessage());
    }

    @Test
    void bytesThatAreNotUtf8AreNamedByTheirLine() throws IOException {
        Path file = folder.resolve("latin.txt");
        Files.write(file, "fine\ncaf\u00e9\n".getBytes(StandardCharsets.ISO_8859_1));
        assertEquals(file + ":2: is not UTF-8; convert the file to UTF-8 first",
                assertThrows(InvalidFileException.class, () -> Samples.read(file)).getMessage());
    }

    @Test
    void aSampleDoesNotShowItsText() {
        assertEquals("Sample[id=1, group=p1]", Sample.of("1", "p1", "secret").toString());
    }

    private Path write(String name, String content) throws IOException {
        return Files.writeString(folder.resolve(name), content);
    }

    @Test
    void manyLinesOfOneIdAreRefused() throws IOException {
        Path file = folder.resolve("same.jsonl");
        Files.write(file, Collections.nCopies(200_000, "{\"id\": \"a\", \"text\": \"\"}"));
        assertEquals(file + ":2: id a is already taken by an earlier line",
                assertThrows(InvalidFileException.class, () -> Samples.readJsonLines(file)).getMessage());
    }
}
