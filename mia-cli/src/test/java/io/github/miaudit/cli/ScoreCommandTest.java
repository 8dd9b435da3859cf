package io.github.miaudit.cli;

import static io.github.miaudit.cli.Shell.mia;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.github.miaudit.cli.Shell.Outcome;
import io.github.miaudit.io.ProgramArchives;
import io.github.miaudit.io.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code mia score} and what tells of models: {@code check-model}, {@code export-program}. */
class ScoreCommandTest extends CommandTest {

    private static Path other;

    @BeforeAll
    static void train() {
        other = Shell.trainedFurther(demo.resolve("reference"), demo.resolve("other"));
    }

    @Test
    void scoreWritesALineASentenceInInputOrder() throws IOException {
        Files.writeString(folder.resolve("in.txt"), "No chest pain.\n\n  Seen on the ward.\n");
        assertDone(mia("score", "--model", demo.resolve("target").toString(), "--input", in("in.txt"), "--output", in("out.jsonl")));

        List<JsonObject> lines = Files.readAllLines(folder.resolve("out.jsonl")).stream()
                .map(line -> JsonParser.parseString(line).getAsJsonObject()).toList();
        assertEquals(List.of("1", "2", "3"), lines.stream().map(line -> line.get("id").getAsString()).toList());
        assertEquals(List.of("SCORED", "EMPTY", "SCORED"), lines.stream().map(line -> line.get("status").getAsString()).toList());
        assertEquals(lines.get(0).getAsJsonArray("tokenIds").size(), lines.get(0).getAsJsonArray("logLikelihoods").size());
        assertFalse(lines.get(1).has("logLikelihoods"));
    }

    @Test
    void aModelIsCheckedAgainstWhatOthersSayOfIt() throws IOException {
        Path model = demo.resolve("target");
        Outcome checked = mia("check-model", model.toString(), other.toString());
        assertDone(checked);
        for (String line : List.of("kind           roberta", "head           trained", "network        not the same as " + other,
                "tokens         the same as " + other)) {
            assertTrue(checked.out().contains(line), checked.out());
        }
        Files.writeString(folder.resolve("expected.json"), """
                {"sentences": [{"id": "one", "text": "Stable.", "ids": [1, 2], "scored_positions": [1],
                 "pll_original": {"logprobs": [-1]}}]}
                """);
        Outcome differs = mia("check-model", model.toString(), "--expected", in("expected.json"));
        assertEquals(1, differs.exitCode());
        assertTrue(differs.out().contains("sentence one has other tokens from its token "), differs.out());
        assertTrue(differs.err().contains("1 of 1 sentences of " + in("expected.json") + " are scored otherwise"), differs.err());
    }

    @ParameterizedTest
    @ValueSource(strings = {"check-model", "score", "audit", "compare"})
    void aProgramNeedsAWord(String command) throws IOException {
        Path program = Files.write(folder.resolve("model.pt"),
                ProgramArchives.zip(ProgramArchives.members("y = torch.from_file(\"victim\", True, 1)")));
        Files.writeString(folder.resolve("in.txt"), "No chest pain.\n");
        Files.writeString(folder.resolve("config.json"), "{\"model_type\": \"made-up\"}");
        Shell.copyStart(demo.resolve("dataset"), folder.resolve("data"), 30);
        List<String> arguments = new ArrayList<>(List.of(command));
        arguments.addAll(switch (command) {
            case "check-model" -> List.of(folder.toString());
            case "score" -> List.of("--model", folder.toString(), "--input", in("in.txt"), "--output", in("out.jsonl"));
            case "audit" -> List.of("--target", folder.toString(), "--reference", other.toString(), "--dataset", in("data"), "--output",
                    in("report"));
            default -> List.of("--target", "a=" + folder, "--target", "b=" + other, "--reference", "c=" + demo.resolve("reference"),
                    "--dataset", in("data"), "--output", in("report"));
        });
        Outcome untold = mia(arguments.toArray(String[]::new));
        assertEquals(1, untold.exitCode());
        assertTrue(untold.err().contains("mia: " + program + ": is a program, which can do what you can; "), untold.err());
        arguments.add("--trust-program");
        Outcome told = mia(arguments.toArray(String[]::new));
        assertEquals(1, told.exitCode());
        assertTrue(told.err().contains("mia: " + program + ": is not run: code/__torch__.py line 8 calls torch.from_file, "), told.err());
    }

    @Test
    void whatAProgramCallsIsSeenBeforeItRuns() throws IOException {
        Path program = Files.write(folder.resolve("model.pt"),
                ProgramArchives.zip(ProgramArchives.members("y = torch.add(torch.mul(x, x), mask)\nz = torch.relu(y)")));
        Files.writeString(folder.resolve("config.json"), "{\"model_type\": \"made-up\"}");
        for (String file : List.of("tokenizer.json", "tokenizer_config.json")) {
            Files.copy(demo.resolve("target").resolve(file), folder.resolve(file));
        }
        Outcome outcome = mia("check-model", folder.toString(), "--trust-program");
        assertEquals(1, outcome.exitCode(), outcome.out());
        assertTrue(outcome.err().contains("mia: " + program + ": does not turn (input_ids, attention_mask)"), outcome.err());
        assertTrue(outcome.out().contains("calls          3 functions of PyTorch: torch.add, torch.mul, torch.relu"), outcome.out());
        assertTrue(outcome.out().contains("digest         " + Sha256.ofFiles(program) + ", of model.pt"), outcome.out());
        assertFalse(mia("check-model", folder.toString()).out().contains("torch.add"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"original", "within-word-l2r", "whole-word", "global-l2r", "global-l2r-masking-end", "maskless",
            "partition --fraction 0.5 --mask-seed 3"})
    void everyRuleScoresTheSameTokens(String rule) throws IOException {
        Files.writeString(folder.resolve("in.jsonl"), "{\"id\":\"x\",\"text\":\"No chest pain.\"}\n");
        List<String> arguments = new ArrayList<>(List.of("score", "--model", demo.resolve("target").toString(), "--input", in("in.jsonl"),
                "--output", in("out.jsonl"), "--device", "cpu", "--token-budget", "16", "--rule"));
        arguments.addAll(List.of(rule.split(" ")));
        assertDone(mia(arguments.toArray(String[]::new)));
        JsonObject line = JsonParser.parseString(Files.readString(folder.resolve("out.jsonl"))).getAsJsonObject();
        assertEquals("x", line.get("id").getAsString());
        line.getAsJsonArray("logLikelihoods").forEach(value -> assertTrue(value.getAsDouble() <= 0));
    }

    @Test
    void precisionIsPartOfAScoresIdentity() throws IOException {
        Files.writeString(folder.resolve("in.txt"), "No chest pain.\n");
        List<String> outputs = new ArrayList<>();
        for (String precision : List.of("float32", "bfloat16")) {
            assertDone(mia("score", "--model", demo.resolve("target").toString(), "--input", in("in.txt"), "--output", in("out.jsonl"),
                    "--store", in("scores.db"),
                    "--precision", precision, "--overwrite"));
            outputs.add(Files.readString(folder.resolve("out.jsonl")));
        }
        assertFalse(outputs.get(0).equals(outputs.get(1)));
        assertTrue(mia("store", "info", in("scores.db")).out().contains("bfloat16"));
    }

    @Test
    void exportProgramWritesProgramWeightsAndBatches() throws IOException {
        Files.writeString(folder.resolve("in.txt"), "No chest pain.\nSeen on the ward round.\n");
        Outcome outcome = mia("export-program", "--model", demo.resolve("target").toString(), "--input", in("in.txt"), "--output",
                in("export"), "--token-budget", "30");
        assertDone(outcome);
        try (Stream<Path> files = Files.walk(folder.resolve("export"))) {
            List<String> names = files.filter(Files::isRegularFile).map(file -> folder.resolve("export").relativize(file).toString())
                    .sorted().toList();
            assertEquals(List.of("program.pt", "weights.safetensors"), names.subList(names.size() - 2, names.size()));
            assertEquals(in("export") + ": " + (names.size() - 2) + " batches\n", outcome.out());
            assertEquals("batch-000000.safetensors", names.get(0));
        }
    }

    @Test
    void whatIsStoredIsNotScoredAgain() throws IOException {
        dataset(sentences("Seen on day %d.", 6), sentences("The scan of week %d was normal.", 6));
        String[] audit = {"audit", "--target", demo.resolve("target").toString(), "--reference", demo.resolve("reference").toString(),
                "--dataset", in("data"), "--output", in("out"), "--permutations", "0", "--store", in("scores.db"), "--overwrite"};
        assertDone(mia(audit));
        String first = Files.readString(folder.resolve("out/audit.json"));
        Outcome info = mia("store", "info", in("scores.db"));
        assertDone(info);
        assertEquals(5, info.out().lines().count(), info.out()); // the target by three rules, the reference by two
        assertTrue(info.out().lines().allMatch(line -> line.startsWith("12 sentences by ")), info.out());
        assertDone(mia(audit));
        assertEquals(first, Files.readString(folder.resolve("out/audit.json")));
        assertEquals("60 scores, all whole\n", mia("store", "verify", in("scores.db")).out());
        assertDone(mia("store", "export", in("scores.db"), "--output", in("scores.csv")));
        assertEquals(61, Files.readAllLines(folder.resolve("scores.csv")).size());
        assertFailed(mia("store", "info", in("none.db")), in("none.db") + ": does not exist");
        assertFailed(mia("store", "migrate", in("scores.db")), in("scores.db") + ": is in the present format; there is nothing to migrate");
        Path secret = Files.move(folder.resolve("scores.db.secret"), folder.resolve("kept"));
        assertEquals("61 rows; what they hold takes the store's secret, which is not in " + in("scores.db.secret")
                + ": name it with --store-secret\n", mia("store", "info", in("scores.db")).out());
        assertFailed(mia("store", "verify", in("scores.db")),
                in("scores.db.secret") + ": does not exist, but this takes the store's secret");
        assertEquals("60 scores, all whole\n", mia("store", "verify", in("scores.db"), "--store-secret", secret.toString()).out());
        assertEquals(2, mia("store", "export", in("scores.db")).exitCode());
        assertEquals(2, mia("store", "mend", in("scores.db")).exitCode());
    }

    @ParameterizedTest
    @CsvSource({"window,WINDOWED", "truncate,TRUNCATED", "reject,TOO_LONG"})
    void aSentenceThatIsTooLongIsTreatedAsAskedAndSaysSo(String policy, String status) throws IOException {
        Files.writeString(folder.resolve("in.txt"), "fine\n" + (SECRET + " ").repeat(60) + "\n");
        assertDone(mia("score", "--model", demo.resolve("target").toString(), "--input", in("in.txt"), "--output", in("out.jsonl"),
                "--length-policy", policy));
        JsonObject line = JsonParser.parseString(Files.readAllLines(folder.resolve("out.jsonl")).get(1)).getAsJsonObject();
        assertEquals(status, line.get("status").getAsString());
        assertEquals(!policy.equals("reject"), line.has("logLikelihoods"));
    }

    @Test
    void aDryRunPrintsThePlanAndWritesNothing() throws IOException {
        Files.writeString(folder.resolve("in.txt"), "No chest pain.\nSeen on the ward.\n");
        Outcome score = mia("score", "--model", demo.resolve("target").toString(), "--input", in("in.txt"), "--output",
                in("out/scores.jsonl"), "--dry-run");
        assertDone(score);
        assertTrue(score.out().matches("target: 2 sentences, \\d+ rows, \\d+ tokens in \\d+ batches, about \\d+\\.\\d s\n"
                + "  cheaper with --rule maskless: 2 rows, about \\d+\\.\\d s\n"), score.out());
        dataset("\"No chest pain.\"\n", "\"The scan was normal.\"\n");
        Outcome audit = mia("audit", "--target", demo.resolve("target").toString(), "--reference", demo.resolve("reference").toString(),
                "--dataset", in("data"), "--output", in("out"), "--dry-run");
        assertDone(audit);
        assertEquals(List.of(true, true), Stream.of("target: ", "reference: ").map(audit.out()::contains).toList());
        assertTrue(audit.out().contains("  cheaper with --rule maskless: 2 rows"), audit.out());
        assertFalse(Files.exists(folder.resolve("out")));
    }

    @Test
    void verboseShowsWhatOpeningAModelTakes() throws IOException {
        Files.writeString(folder.resolve("in.txt"), "No chest pain.\n");
        Outcome outcome = mia("score", "--model", demo.resolve("target").toString(), "--input", in("in.txt"), "--output", in("out.jsonl"),
                "--device", "cpu", "--verbose");
        assertDone(outcome);
        List<String> lines = outcome.err().lines().toList();
        assertTrue(lines.get(0).matches("mia: Java, options and input files \\d+\\.\\d\\d s"), outcome.err());
        for (String phase : List.of("tokenizer", "digest of the weights", "PyTorch", "weights and program on cpu")) {
            assertEquals(1, lines.stream()
                    .filter(line -> line.matches("mia: target: " + phase + " \\d+\\.\\d\\d s, ended after \\d+\\.\\d\\d s")).count(),
                    outcome.err());
        }
    }
}
