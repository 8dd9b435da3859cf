package io.github.miaudit.cli;

import static io.github.miaudit.cli.Shell.mia;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.github.miaudit.cli.Shell.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** {@code mia prepare}, from notes to a dataset. */
class PrepareCommandTest extends CommandTest {

    @Test
    void aPreparedDatasetCanBeAudited() throws IOException {
        for (String kind : List.of("training", "other")) {
            StringBuilder notes = new StringBuilder("SUBJECT_ID,TEXT\n");
            for (int patient = 0; patient < 6; patient++) {
                notes.append(kind).append(patient).append(",\"Day ").append(patient).append(" of the ").append(kind)
                        .append(" stay was quiet.\n\nNo fever on day ")
                        .append(patient).append(" in the ").append(kind).append(" ward.\"\n");
            }
            Files.writeString(folder.resolve(kind + ".csv"), notes);
        }
        Files.writeString(folder.resolve("other.csv"), Files.readString(folder.resolve("other.csv")) + "broken\n");
        String[] arguments = {"prepare", "--training", in("training.csv"), "--nontraining", in("other.csv"), "--output", in("data"),
                "--patients", "5", "--sentences", "8", "--on-bad-row", "skip", "--similarity", "0.95"};
        Outcome outcome = mia(arguments);
        assertDone(outcome);
        assertEquals("mia: warning: 1 bad rows skipped; datasheet.json names them\n", outcome.err());
        assertTrue(outcome.out().startsWith("training     1 .csv read\nnontraining  1 .csv read\nmembers      8 sentences of "),
                outcome.out());
        assertFalse(outcome.out().contains("fever"), outcome.out());
        assertTrue(outcome.out().contains("10.0 % with 18 patients, near it 200; 1.0 % with 198 patients, near it 2000;"), outcome.out());
        assertDone(mia("audit", "--target", demo.resolve("target").toString(), "--reference", demo.resolve("reference").toString(),
                "--dataset", in("data"), "--output", in("out"), "--permutations", "0"));
        JsonObject comparison = JsonParser.parseString(Files.readString(folder.resolve("out/audit.json"))).getAsJsonObject()
                .getAsJsonArray("comparisons").get(0).getAsJsonObject();
        assertEquals(8, comparison.get("nonMemberCount").getAsInt());
        assertTrue(comparison.getAsJsonArray("attacks").get(0).getAsJsonObject().has("byPatient"));
        Outcome again = mia(arguments);
        assertEquals(1, again.exitCode());
        assertTrue(again.err().contains("is there already"), again.err());
        assertFalse(outcome.out().contains("said of others too"), outcome.out());
        assertDone(mia("prepare", "--training", in("training.csv"), "--nontraining", in("other.csv"), "--output", in("kept"),
                "--patients", "5", "--sentences", "8", "--on-bad-row", "skip", "--keep-shared", "--match", "length", "--allow-fewer"));
        Outcome kept = mia("audit", "--target", demo.resolve("target").toString(), "--reference", demo.resolve("reference").toString(),
                "--dataset", in("kept"), "--output", in("out-kept"), "--permutations", "0");
        assertTrue(kept.out().contains("Warning: the members may say what other patients' notes say too"), kept.out());
    }

    /** What makes the sets less apart than they look is said, and what was not read. */
    @Test
    void preparationWarns() throws IOException {
        Files.createDirectories(folder.resolve("training"));
        Files.writeString(folder.resolve("training/a.jsonl"),
                "{\"subject\":7,\"text\":\"Seen on the ward in the morning.\"}\n{\"text\":7}\n");
        Files.writeString(folder.resolve("training/b.jsonl.gz.bak"), "x");
        for (String name : List.of("c.md", "d.md", "e.md", ".f")) {
            Files.writeString(folder.resolve("training").resolve(name), "x");
        }
        Files.writeString(folder.resolve("other.txt"), "Another sentence that nobody was ever told.\n");
        Files.createDirectories(folder.resolve(".data-unfinished-1"));
        assertFailed(mia("prepare", "--training", in("training"), "--nontraining", in("other.txt"), "--output", in("elsewhere")),
                in("training/b.jsonl.gz.bak") + ": is not read, as it does not end with ");
        Outcome outcome = mia("prepare", "--training", in("training"), "--nontraining", in("other.txt"), "--output", in("data"),
                "--allow-fewer", "--on-bad-row", "skip", "--ignore", "*.md", "--ignore", "*.bak");
        assertDone(outcome);
        assertEquals(List.of(
                "mia: warning: " + folder.toRealPath().resolve(".data-unfinished-1")
                        + " was left by a run that was killed, and may hold notes; remove it",
                "mia: warning: the training notes name no patient: patients can't be told apart, so none can be left out; name the"
                        + " column by --patient-column",
                "mia: warning: the nontraining notes name no patient: patients can't be told apart, so none can be left out; name the"
                        + " column by --patient-column",
                "mia: warning: 1 bad rows skipped; datasheet.json names them",
                "mia: warning: of 1 of them, in the training notes, the patient can't be told, so a patient of theirs may be among the"
                        + " non-members; mend them"),
                outcome.err().lines().toList());
        assertEquals(
                "training     1 .jsonl read; 5 not read: training/.f, training/b.jsonl.gz.bak, training/c.md and others, see"
                        + " datasheet.json",
                outcome.out().lines().findFirst().orElseThrow());
        assertTrue(outcome.out().contains("members      1 sentences of 0 patients, 1 notes name nobody; left out"), outcome.out());
        JsonObject sheet = JsonParser.parseString(Files.readString(folder.resolve("data/datasheet.json"))).getAsJsonObject();
        assertEquals(1, sheet.get("trainingRowsUnread").getAsInt());
        assertEquals("2 patterns", sheet.getAsJsonObject("settings").get("ignore").getAsString());
        assertFalse(sheet.has("saltDigest"));
    }

    /** How tables are written is found out, or said, and stands in the data sheet where it is not the usual. */
    @Test
    void preparationSaysHowTablesAreWritten() throws IOException {
        Files.writeString(folder.resolve("training.csv"), "SUBJECT_ID;TEXT\n7;Seen on the ward in the morning.\n");
        Files.writeString(folder.resolve("other.tsv"), "SUBJECT_ID\tTEXT\n8\t\"Another sentence that nobody was ever told.\"\n");
        String[] prepare = {"prepare", "--training", in("training.csv"), "--nontraining", in("other.tsv"), "--allow-fewer", "--output",
                in("data")};
        assertFailed(mia(prepare), in("other.tsv") + ": can be read in two ways");
        String[] said = Arrays.copyOf(prepare, prepare.length + 2);
        said[prepare.length] = "--quote";
        said[prepare.length + 1] = "none";
        assertDone(mia(said));
        JsonObject sheet = JsonParser.parseString(Files.readString(folder.resolve("data/datasheet.json"))).getAsJsonObject();
        assertEquals(JsonParser.parseString("{\"training/training.csv\": \"semicolon\", \"nontraining/other.tsv\":"
                + " \"quotation marks are characters, backslashes escape\"}"), sheet.get("dialects"));
        assertEquals("none", sheet.getAsJsonObject("settings").get("quote").getAsString());
        said[prepare.length + 1] = "single";
        assertEquals(2, mia(said).exitCode());
    }

    @Test
    void aSaltIsBytesWithoutTheLastLineBreak() throws IOException {
        Files.writeString(folder.resolve("training.csv"), "SUBJECT_ID,TEXT\n7,Seen on the ward in the morning.\n");
        Files.writeString(folder.resolve("other.csv"), "SUBJECT_ID,TEXT\n8,Another sentence that nobody was ever told.\n");
        byte[] salt = {(byte) 0xff, 0, (byte) 0xfe, '\r', '\n'};
        Files.write(folder.resolve("a"), salt);
        Files.write(folder.resolve("b"), Arrays.copyOf(salt, 3));
        Files.writeString(folder.resolve("empty"), "\n");
        String[] prepare = {"prepare", "--training", in("training.csv"), "--nontraining", in("other.csv"), "--allow-fewer", "--salt-file",
                in("a"), "--output", in("one")};
        final int saltFile = 7;
        final int output = 9;
        assertDone(mia(prepare));
        prepare[saltFile] = in("b");
        prepare[output] = in("two");
        assertDone(mia(prepare));
        assertEquals(-1, Files.mismatch(folder.resolve("one/members.jsonl"), folder.resolve("two/members.jsonl")));
        prepare[saltFile] = in("empty");
        prepare[output] = in("three");
        assertFailed(mia(prepare), in("empty") + ": is empty; a salt needs many random bytes");
        prepare[saltFile] = in("a");
        prepare[output] = in("one");
        assertFailed(mia(prepare), in("one") + ": is there already");
    }
}
