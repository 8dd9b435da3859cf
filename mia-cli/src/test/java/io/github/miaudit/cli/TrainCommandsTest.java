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
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** {@code mia train} and its like. */
class TrainCommandsTest extends CommandTest {

    @Test
    void trainGoesOnFromAModelAndDoesNothingTwice() throws IOException {
        Files.writeString(folder.resolve("in.txt"), "No chest pain.\nSeen on the ward.\n");
        String[] line = {"train", "--from", demo.resolve("reference").toString(), "--input", in("in.txt"), "--held-out", in("in.txt"),
                "--output", in("model"),
                "--epochs", "2", "--learning-rate", "1e-3", "--tokens-per-step", "5"};
        Outcome outcome = mia(line);
        assertDone(outcome);
        List<String> lines = outcome.out().lines().map(text -> text.replaceAll("\\d+\\.\\d{3} nats", "X nats")).toList();
        assertEquals(
                List.of("model: step 0, held-out loss X nats", "model: step 2 of 4, epoch 1.0, loss X nats",
                        "model: step 2, held-out loss X nats",
                        "model: step 4 of 4, epoch 2.0, loss X nats", "model: step 4, held-out loss X nats", "written to " + in("model")),
                lines);
        assertDone(mia("score", "--model", in("model"), "--input", in("in.txt"), "--output", in("out.jsonl")));
        assertEquals("written to " + in("model"), mia(line).out().strip());
        line[10] = "3";
        assertFailed(mia(line), in("model/training.json")
                + ": says that length was 2, and now it is 3; train as before to go on, or choose another output folder");
    }

    @Test
    void aControlIsTrainedOnOthersThanWhomTheAuditIsAbout() throws IOException {
        dataset("{\"group\":7,\"text\":\"No chest pain.\"}\n{\"group\":8,\"text\":\"Seen on the ward.\"}\n",
                "{\"group\":9,\"text\":\"The scan was normal.\"}\n{\"group\":10,\"text\":\"Slept well.\"}\n");
        Files.writeString(folder.resolve("others.jsonl"), "{\"group\":11,\"text\":\"No fever today.\"}\n");
        Files.writeString(folder.resolve("same.jsonl"), "{\"group\":\"7.0\",\"text\":\"No fever today.\"}\n");
        List<String> line = List.of("train-control", "--from", demo.resolve("reference").toString(), "--dataset", in("data"), "--steps",
                "2",
                "--output", in("control"), "--input");
        assertFailed(mia(Stream.concat(line.stream(), Stream.of(in("same.jsonl"))).toArray(String[]::new)),
                "1 patient of the audited dataset would be among those that the control learns from");
        assertFalse(Files.exists(folder.resolve("control")));
        assertDone(mia(Stream.concat(line.stream(), Stream.of(in("others.jsonl"))).toArray(String[]::new)));
        assertDone(mia("audit", "--target", demo.resolve("target").toString(), "--reference", demo.resolve("reference").toString(),
                "--control", in("control"), "--dataset", in("data"), "--output", in("out"), "--permutations", "0"));
        JsonObject provenance = JsonParser.parseString(Files.readString(folder.resolve("out/audit.json"))).getAsJsonObject()
                .getAsJsonObject("provenance");
        assertEquals("control", provenance.getAsJsonObject("control").get("name").getAsString());
    }

    @Test
    void trainShadowsWritesDownWhoWasWhere() throws IOException {
        dataset("\"fine\"\n\"well\"\n", "\"" + SECRET + "\"\n\"better\"\n");
        assertDone(mia("train-shadows", "--from", demo.resolve("reference").toString(), "--dataset", in("data"), "--output", in("shadows"),
                "--models", "4", "--steps", "1"));
        JsonObject record = JsonParser.parseString(Files.readString(folder.resolve("shadows/shadows.json"))).getAsJsonObject();
        assertEquals(4, record.getAsJsonArray("models").size());
        assertFalse(record.toString().contains(SECRET));
        assertTrue(Files.exists(folder.resolve("shadows/shadow-4/model.safetensors")));
        Outcome odd = mia("train-shadows", "--from", demo.resolve("reference").toString(), "--dataset", in("data"), "--output",
                in("shadows"), "--models", "3");
        assertEquals(2, odd.exitCode());
        assertTrue(odd.err().contains("shadow models are 3; an even number of at least 4"), odd.err());
    }
}
