package io.github.miaudit.cli;

import static io.github.miaudit.cli.Shell.mia;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.miaudit.cli.Shell.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The commands that train read notes as {@code mia prepare} does. */
class LearningFromNotesTest {

    @TempDir
    private static Path demo;

    @TempDir
    private Path folder;

    @BeforeAll
    static void unpack() {
        Demonstration.unpackInto(demo);
    }

    @BeforeEach
    void writeNotes() throws IOException {
        Files.writeString(folder.resolve("notes.csv"), "subject_id,KIND,text\n7,a,\"The first was seen on the ward. He slept well.\"\n"
                + "8,a,\"The second had no fever at all. She went home.\"\n9,b,\"The third is of another kind.\"\nbroken\n");
        Files.writeString(folder.resolve("others.csv"),
                "subject_id,text\n17,\"A man came in with a cough today.\"\n18,\"A woman came in with chest pain.\"\n");
        Files.writeString(folder.resolve("recipe.yaml"), "training:\n  - notes: " + in("notes.csv")
                + "\n    where: {KIND: a}\nnontraining:\n  - notes: " + in("others.csv")
                + "\npatient-column: subject_id\ntext-column: text\non-bad-row: skip\nallow-fewer: true\nmin-length: 5\nseed: 3\n");
    }

    private Outcome train(String command, String output, String... arguments) {
        List<String> line = new ArrayList<>(
                List.of(command, "--from", demo.resolve("reference").toString(), "--output", in(output), "--steps", "1"));
        line.addAll(List.of(arguments));
        return mia(line.toArray(String[]::new));
    }

    /** The option and the recipe train the same model as the sentences in a file of their own, whatever the recipe's seed. */
    @Test
    void trainLearnsFromNotes() throws IOException {
        Outcome outcome = train("train", "a", "--notes",
                "notes=" + in("notes.csv") + ",patient=subject_id,text=text,where=KIND:a,on-bad-row=skip");
        assertDone(outcome);
        assertEquals("4 sentences of 2 notes; 1 rows left out, as where says", outcome.out().lines().findFirst().orElseThrow());
        assertEquals("mia: warning: 1 bad rows skipped; the first is notes.csv:5: has 1 fields; the header has 3\n", outcome.err());
        assertDone(train("train", "b", "--recipe", in("recipe.yaml")));
        Files.writeString(folder.resolve("lines.jsonl"), """
                {"id":"notes.csv:2:1","group":"7","text":"The first was seen on the ward."}
                {"id":"notes.csv:2:2","group":"7","text":"He slept well."}
                {"id":"notes.csv:3:1","group":"8","text":"The second had no fever at all."}
                {"id":"notes.csv:3:2","group":"8","text":"She went home."}
                """);
        assertDone(train("train", "c", "--input", in("lines.jsonl")));
        for (String model : List.of("b", "c")) {
            assertEquals(-1, Files.mismatch(folder.resolve("a/model.safetensors"), folder.resolve(model).resolve("model.safetensors")));
        }
    }

    @Test
    void trainLearnsFromADatasetsMembers() throws IOException {
        Files.createDirectories(folder.resolve("data"));
        Files.writeString(folder.resolve("data/members.jsonl"), "\"No chest pain.\"\n");
        Files.writeString(folder.resolve("data/non_members.jsonl"), "\"Seen on the ward.\"\n");
        assertDone(train("train", "a", "--input", in("data")));
        assertDone(train("train", "b", "--input", in("data/members.jsonl")));
        assertEquals(-1, Files.mismatch(folder.resolve("a/model.safetensors"), folder.resolve("b/model.safetensors")));
    }

    /** The second time it goes on with what the recipe's dataset began. */
    @Test
    void shadowsOfARecipeAreThoseOfItsDataset() throws IOException {
        assertDone(train("train-shadows", "shadows", "--recipe", in("recipe.yaml"), "--models", "4"));
        assertDone(mia("prepare", "--recipe", in("recipe.yaml"), "--output", in("data")));
        byte[] record = Files.readAllBytes(folder.resolve("shadows/shadows.json"));
        assertDone(train("train-shadows", "shadows", "--dataset", in("data"), "--models", "4"));
        assertEquals(new String(record), Files.readString(folder.resolve("shadows/shadows.json")));
        Outcome both = train("train-shadows", "more", "--dataset", in("data"), "--recipe", in("recipe.yaml"));
        assertEquals(2, both.exitCode());
        assertTrue(both.err().contains("the dataset is given by one of '--dataset' and '--recipe'"), both.err());
        Files.writeString(folder.resolve("half.yaml"), "training:\n- notes: " + in("notes.csv") + "\n");
        assertTrue(train("train-shadows", "more", "--recipe", in("half.yaml")).err()
                .contains("half.yaml: has no nontraining notes; add the key nontraining"));
    }

    /** The dataset calls its patients by pseudonyms, the notes by names; what they say gives them away. */
    @Test
    void aControlIsNotTrainedOnTheAuditedNotes() throws IOException {
        assertDone(mia("prepare", "--recipe", in("recipe.yaml"), "--output", in("data")));
        Outcome outcome = train("train-control", "control", "--dataset", in("data"), "--recipe", in("data/datasheet.json"));
        assertEquals(1, outcome.exitCode());
        assertTrue(outcome.err().contains("that the control would learn from"), outcome.err());
        String many = "\n19,\"" + "He was seen again. ".repeat(9) + "\"\n";
        Files.writeString(folder.resolve("others.csv"), Files.readString(folder.resolve("others.csv")) + many);
        Outcome others = train("train-control", "control", "--dataset", in("data"), "--notes",
                "notes=" + in("others.csv") + ",patient=subject_id,text=text");
        assertTrue(
                others.err().contains("2 of the 2 non-members of the audited dataset are among the sentences that the control would learn"
                        + " from"),
                others.err());
        assertFalse(Files.exists(folder.resolve("control")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"score --model m --output o", "train --from f --output o", "train --from f --output o --steps 1 --held-out",
            "canaries --output o --from"})
    void aTableIsNoFileOfSentences(String command) {
        String line = command.replace("--model m", "--model " + demo.resolve("reference")).replace("--from f", "--from "
                + demo.resolve("reference"));
        String option = line.endsWith("--from") || line.endsWith("--held-out") ? "" : " --input";
        Outcome outcome = mia((line + option + " " + in("notes.csv")).split(" "));
        assertEquals(1, outcome.exitCode(), outcome.err());
        assertTrue(outcome.err().contains("notes.csv: is no file of one sentence a line, as its ending .csv says; read it as notes"),
                outcome.err());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"'' | 2 | what to learn from is given by one of '--input' '--notes' and '--recipe'",
            "--input a --notes b | 2 | what to learn from is given by one of", "--notes patient=b | 2 | has no key notes; add it",
            "--recipe missing.yaml | 1 | missing.yaml: does not exist", "--notes missing.csv | 1 | missing.csv: does not exist"})
    void mistakesAreNamed(String arguments, int code, String problem) {
        Outcome outcome = train("train", "model", arguments.isEmpty() ? new String[0] : arguments.split(" "));
        assertEquals(code, outcome.exitCode(), outcome.err());
        assertTrue(outcome.err().replace(",", "").contains(problem), outcome.err());
        assertEquals(1, outcome.err().lines().count(), outcome.err());
    }

    private static void assertDone(Outcome outcome) {
        assertEquals(0, outcome.exitCode(), outcome.err());
    }

    private String in(String name) {
        return folder.resolve(name).toString();
    }
}
