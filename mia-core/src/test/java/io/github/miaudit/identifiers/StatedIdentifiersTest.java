package io.github.miaudit.identifiers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.miaudit.data.Sample;
import io.github.miaudit.data.Samples;
import io.github.miaudit.data.preparation.DatasetPreparation;
import io.github.miaudit.io.InvalidFileException;
import io.github.miaudit.notes.NoteFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StatedIdentifiersTest {

    private static final String SECRET = "Zzyzxgram";

    @TempDir
    private Path folder;

    @Test
    void readsWhatLinesState() throws IOException {
        StatedIdentifiers stated = StatedIdentifiers.read(write("""
                {"id":"m1","text":"Ann Li came","identifiers":[{"start":0, "end":6, "type":"PATIENT"},{"start":4,"end":6,"type":"X"}]}
                {"text": "Bob came", "identifiers": [{"start": 0, "end": 3, "type": "DOCTOR"}, {"start": 3, "end": 99, "type": "X"}]}
                {"id": 7, "text": "no \\"identifiers\\" here"}
                "identifiers"
                """));
        assertEquals(List.of(Mention.of(0, 6, "patient")), stated.find(Sample.of("m1", "Ann Li came")));
        assertEquals(List.of(Mention.of(0, 3, "doctor")), stated.find(Sample.of("2", "Bob came")));
        assertEquals(List.of(), stated.find(Sample.of("7", "no \"identifiers\" here")));
        assertEquals("StatedIdentifiers[of 2 sentences]", stated.toString());
    }

    @Test
    void refusesWhatIsNoList() throws IOException {
        for (String identifiers : List.of("7", "{}", "[7]", "[{}]", "[{\"start\": 0, \"end\": 0, \"type\": \"" + SECRET + "\"}]",
                "[{\"start\": -1, \"end\": 2, \"type\": \"X\"}]", "[{\"start\": 0, \"end\": 1e99999, \"type\": \"X\"}]",
                "[{\"start\": 0.5, \"end\": 2, \"type\": \"X\"}]", "[{\"start\": 0, \"end\": 2, \"type\": null}]", "[", "null",
                "[".repeat(100_000))) {
            Path file = write("{\"text\": \"a\"}\n{\"text\": \"" + SECRET + "\", \"identifiers\": " + identifiers + "}\n");
            String message = assertThrows(InvalidFileException.class, () -> StatedIdentifiers.read(file)).getMessage();
            assertEquals(file + ":2: states \"identifiers\" that are no list of objects with start, end and type, where 0 <= start < end",
                    message);
            assertFalse(message.contains(SECRET));
        }
    }

    /** From the tags of n2c2 2014 to the mentions of sentences. */
    @Test
    void tagsOfNotesAreStatedBySentences() throws IOException {
        Path training = Files.createDirectory(folder.resolve("training"));
        Path later = Files.createDirectory(folder.resolve("later"));
        Files.writeString(training.resolve("1-01.xml"),
                note("Ann  Li was seen\nby Dr. Grant today.", "Grant", "DOCTOR", "Ann  Li", "PATIENT"));
        Files.writeString(later.resolve("2-01.xml"), note("Nothing was wrong with Bob yesterday.", "Bob", "PATIENT"));
        Path dataset = folder.resolve("dataset");
        DatasetPreparation.of(NoteFiles.at(training), NoteFiles.at(later)).withFewerAllowed().withLeastLength(1, 1).prepare()
                .write(dataset);

        List<String> found = new ArrayList<>();
        for (String set : List.of("members", "non_members")) {
            Path file = dataset.resolve(set + ".jsonl");
            StatedIdentifiers stated = StatedIdentifiers.read(file);
            for (Sample sample : Samples.readJsonLines(file)) {
                stated.find(sample).forEach(mention -> found.add(mention.type() + ":" + mention.in(sample.text())));
            }
        }
        assertEquals(List.of("patient:Ann Li", "doctor:Grant", "patient:Bob"), found);
    }

    private static String note(String text, String... tags) {
        StringBuilder xml = new StringBuilder("<deIdi2b2><TEXT><![CDATA[\n\n" + text + "\n]]></TEXT><TAGS>");
        for (int tag = 0; tag < tags.length; tag += 2) {
            int start = 2 + text.indexOf(tags[tag]);
            xml.append("<NAME start=\"" + start + "\" end=\"" + (start + tags[tag].length()) + "\" text=\"" + tags[tag] + "\" TYPE=\""
                    + tags[tag + 1] + "\"/>");
        }
        return xml + "</TAGS></deIdi2b2>";
    }

    private Path write(String text) throws IOException {
        return Files.writeString(folder.resolve("members.jsonl"), text);
    }
}
