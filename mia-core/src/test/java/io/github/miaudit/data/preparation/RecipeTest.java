package io.github.miaudit.data.preparation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.github.miaudit.data.AttackDataset;
import io.github.miaudit.data.Sample;
import io.github.miaudit.io.AuditException;
import io.github.miaudit.io.InvalidFileException;
import io.github.miaudit.notes.BadRowPolicy;
import io.github.miaudit.notes.NoteFiles;
import io.github.miaudit.notes.NoteInputs;
import io.github.miaudit.notes.RowFilter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecipeTest {

    @TempDir
    private Path folder;
    private NoteFiles training;
    private NoteFiles others;

    @BeforeEach
    void writeNotes() throws IOException {
        training = NoteFiles.at(Files.writeString(folder.resolve("a.csv"),
                "who,KIND,TEXT\n1,kept,\"The first of them was on the ward.\"\n2,other,\"Another sentence that was said here.\"\n"))
                .withPatientColumn("who").withRows(RowFilter.none().keeping("KIND", List.of("kept")).leavingOut("who", List.of("2", "3")))
                .withBadRows(BadRowPolicy.SKIP);
        others = NoteFiles.at(Files.writeString(folder.resolve("b.txt"), "Nobody ever said this but here.\n"));
    }

    /** Where the file has its default, the recipe says so too, so that other defaults in times to come change nothing. */
    @Test
    void saysWhatTheSentencesDependOn() throws IOException {
        Path salt = Files.writeString(folder.resolve("salt"), "pepper\n");
        JsonObject recipe = recipe(DatasetPreparation.of(training, others).withSize(DatasetPreparation.ALL, 1).withFewerAllowed()
                .withSeed(-5).withPseudonyms(Pseudonyms.saltedBy(salt)));
        assertEquals(JsonParser.parseString("[{\"notes\":\"" + folder.resolve("a.csv")
                + "\",\"patient\":\"who\",\"where\":{\"KIND\":[\"kept\"]},\"where-not\":{\"who\":[\"2\",\"3\"]},\"on-bad-row\":\"skip\"}]"),
                recipe.get("training"));
        assertEquals(JsonParser.parseString("[{\"notes\":\"" + folder.resolve("b.txt") + "\"}]"), recipe.get("nontraining"));
        assertEquals("all", recipe.get("patients").getAsString());
        assertEquals("-5", recipe.get("seed").getAsString());
        assertEquals("20", recipe.get("min-length").getAsString());
        assertEquals(salt.toString(), recipe.get("salt-file").getAsString());
        assertFalse(recipe.has("external") || recipe.has("splitter") || recipe.has("version") || recipe.has("keep-ids"), recipe.toString());
    }

    @Test
    void saysWhatOnlyJavaCanDo() {
        DatasetPreparation all = DatasetPreparation.of(training, others).withSize(1, 1);
        assertEquals("custom", recipe(all.withSplitter(note -> List.of(note))).get("splitter").getAsString());
        assertEquals("true", recipe(all.withPseudonyms(Pseudonyms.none())).get("keep-ids").getAsString());
        assertFalse(recipe(all.withPseudonyms(Pseudonyms.salted("pepper"))).toString().contains("salt"));
    }

    @Test
    void aSaltIsAFilesBytesWithoutTheLastLineBreak() throws IOException {
        Path salt = Files.writeString(folder.resolve("salt"), "pepper\r\n");
        assertEquals(Pseudonyms.salted("pepper").saltDigest(), Pseudonyms.saltedBy(salt).saltDigest());
        Files.writeString(salt, "\n");
        assertEquals(salt + ": is empty; a salt needs many random bytes",
                assertThrows(InvalidFileException.class, () -> Pseudonyms.saltedBy(salt)).getMessage());
    }

    /** All of them, cut as a preparation cuts them, but for rows that are left out. */
    @Test
    void whatAModelLearnsFromIsAllSentences() throws IOException {
        Files.writeString(folder.resolve("a.csv"), "who,KIND,TEXT\n1,kept,\"Seen on the ward. Stable.\"\n2,other,x\n\" 1\",kept,Stable.\n");
        NoteSentences learnt = NoteSentences.of(new NoteInputs(List.of(training, others)), new ClinicalSentenceSplitter());
        assertEquals(List.of(Sample.of("1/a.csv:2:1", "1", "Seen on the ward."), Sample.of("1/a.csv:2:2", "1", "Stable."),
                Sample.of("1/a.csv:4:1", "1", "Stable."), Sample.of("2/b.txt:1:1", "Nobody ever said this but here.")), learnt.sentences());
        assertEquals(1, learnt.read().leftOut());
        assertEquals("NoteSentences[4 of 3 notes]", learnt.toString());
        Files.writeString(folder.resolve("a.csv"), "who,KIND,TEXT\n1,kept,\n");
        assertEquals("the 1 notes hold no sentence; give others to learn from", assertThrows(AuditException.class,
                () -> NoteSentences.of(new NoteInputs(List.of(training)), new ClinicalSentenceSplitter())).getMessage());
    }

    @Test
    void aDatasetInMemoryIsTheOneThatIsReadBack() throws IOException {
        PreparedDataset prepared = DatasetPreparation.of(training, others).withSize(1, 1).withExternal(NoteFiles
                .at(Files.writeString(folder.resolve("c.txt"), "Somebody else was elsewhere all the time.\n"))).prepare();
        prepared.write(folder.resolve("data"));
        assertEquals(AttackDataset.readJsonLines(folder.resolve("data")).digest(), prepared.toDataset().digest());
    }

    private static JsonObject recipe(DatasetPreparation preparation) {
        return JsonParser.parseString(preparation.prepare().datasheet().recipe()).getAsJsonObject();
    }
}
