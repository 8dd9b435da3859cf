package io.github.miaudit.cli;

import static io.github.miaudit.cli.Shell.mia;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.github.miaudit.cli.Shell.Outcome;
import io.github.miaudit.io.ProgramArchives;
import io.github.miaudit.io.Sha256;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The commands as a user meets them: outputs, exit codes, one-line errors. */
class CommandLineTest {

    private static final String SECRET = "Zanzibar";

    @TempDir
    private static Path demo;
    private static Path other;

    @TempDir
    private Path folder;

    @BeforeAll
    static void unpack() {
        Demonstration.unpackInto(demo);
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
    void auditWritesTheReportAndTheScores() throws IOException {
        dataset("\"No chest pain.\"\n\"Seen on the ward round.\"\n", "\"The scan was normal.\"\n\"\"\n");
        Outcome outcome = mia("audit", "--target", demo.resolve("target").toString(), "--reference", demo.resolve("reference").toString(),
                "--dataset", in("data"), "--output", in("out"), "--fpr", "0.5,0");
        assertDone(outcome);
        JsonObject comparison = JsonParser.parseString(Files.readString(folder.resolve("out/audit.json"))).getAsJsonObject()
                .getAsJsonArray("comparisons").get(0).getAsJsonObject();
        assertEquals(2, comparison.get("memberCount").getAsInt());
        assertEquals(1, comparison.get("nonMemberCount").getAsInt());
        JsonArray attacks = comparison.getAsJsonArray("attacks");
        assertEquals("residual", attacks.get(0).getAsJsonObject().get("name").getAsString());
        assertEquals(0.5, attacks.get(0).getAsJsonObject().getAsJsonArray("tprAtFpr").get(0).getAsJsonObject().get("atFpr").getAsDouble());
        assertEquals(5, Files.readAllLines(folder.resolve("out/scores.csv")).size());
        assertEquals(List.of("id", "group", "population", "residual", "likelihood-ratio", "loss"),
                List.of(Files.readAllLines(folder.resolve("out/attack-scores.csv")).get(0).split(",")));
        assertTrue(outcome.out().contains("2 members against 1 non-members"), outcome.out());
    }

    /** However the two sets spell them, and in all commands that compare. */
    @Test
    void patientsOnBothSidesAreRefusedUnlessAllowed() throws IOException {
        dataset("{\"group\":7,\"text\":\"No chest pain.\"}\n{\"group\":\"NULL\",\"text\":\"Seen.\"}\n",
                "{\"group\":\"007\",\"text\":\"The scan was normal.\"}\n{\"group\":\"null\",\"text\":\"Seen on the ward.\"}\n");
        Files.writeString(folder.resolve("losses.csv"),
                "population,target_loss,reference_loss,group\nmember,1,3,7.0\nmember,1,3,nan\nnon_member,2,2,7\nnon_member,2,2,\n");
        String target = demo.resolve("target").toString();
        String reference = demo.resolve("reference").toString();
        for (String command : List.of("audit --target " + target + " --reference " + reference + " --dataset " + in("data"),
                "compare --target before=" + target + " --target after=" + other + " --reference base=" + reference + " --dataset "
                        + in("data"),
                "audit-scores --scores " + in("losses.csv"))) {
            List<String> arguments = new ArrayList<>(List.of((command + " --permutations 0 --overwrite --output " + in("out")).split(" ")));
            assertFailed(mia(arguments.toArray(String[]::new)), "1 patient stands both among the members and among the non-members");
            if (!command.startsWith("compare")) { // which takes more patients
                arguments.add("--allow-shared-patients");
                Outcome allowed = mia(arguments.toArray(String[]::new));
                assertDone(allowed);
                assertTrue(allowed.out().contains("Warning: fewer than 5 patients stand both among the members and"), allowed.out());
                assertTrue(allowed.out().contains("Warning: some sentences of the members and the non-members name no patient"));
            }
        }
    }

    @Test
    void oneModelInTwoPlacesIsRefused() throws IOException {
        dataset("\"No chest pain.\"\n", "\"The scan was normal.\"\n");
        Path copy = Files.createDirectory(folder.resolve("copy"));
        try (Stream<Path> files = Files.list(demo.resolve("target"))) {
            for (Path file : files.toList()) {
                Files.copy(file, copy.resolve(file.getFileName()));
            }
        }
        String target = demo.resolve("target").toString();
        assertFailed(mia("audit", "--target", target, "--reference", copy.toString(), "--dataset", in("data"), "--output", in("out")),
                "target target and reference copy are the same model, with the digest ");
        assertFailed(mia("audit", "--target", target, "--reference", copy.toString(), "--dataset", in("data"), "--output", in("out"),
                "--store", in("scores.db")), "target target and reference copy are the same model, with the digest ");
        assertFailed(mia("audit", "--target", target, "--reference", copy.toString(), "--dataset", in("data"), "--output", in("out"),
                "--dry-run"), "target target and reference copy are the same model, with the digest ");
        assertFailed(mia("compare", "--target", "before=" + target, "--target", "after=" + copy, "--reference",
                "base=" + demo.resolve("reference"), "--dataset", in("data"), "--output", in("out")),
                "target before and target after are the same model, with the digest ");
        assertFalse(Files.exists(folder.resolve("out")));
    }

    @Test
    void aReferenceThatWasTrainedOnTheMembersIsRefused() throws IOException {
        dataset("\"No chest pain.\"\n\"Seen on the ward round.\"\n", "\"The scan was normal.\"\n");
        assertDone(
                mia("train", "--from", demo.resolve("reference").toString(), "--input", in("data/members.jsonl"), "--output", in("model"),
                        "--steps", "2"));
        assertFailed(mia("audit", "--target", demo.resolve("reference").toString(), "--reference", in("model"), "--dataset", in("data"),
                "--output", in("out"), "--store", in("scores.db")),
                "reference model is known to have been trained on the members, which a reference must never have seen; are target and"
                        + " reference swapped?");
        assertDone(mia("audit", "--target", in("model"), "--reference", demo.resolve("reference").toString(), "--dataset", in("data"),
                "--output", in("out"), "--permutations", "0"));
    }

    /** A pipeline that looks at policy.xml alone must find none that is of another audit, or of one that failed. */
    @Test
    void whatARunLeavesIsOneSet() throws IOException {
        StringBuilder losses = new StringBuilder("population,target_loss,reference_loss\n");
        for (int row = 0; row < 40; row++) {
            losses.append(row % 2 == 0 ? "member," : "non_member,").append(1 + row * row % 17 / 10.0).append(",2.").append(row)
                    .append('\n');
        }
        Files.writeString(folder.resolve("losses.csv"), losses);
        Files.writeString(folder.resolve("policy.yaml"), "limits:\n  - figure: auc\n    at-most: 1\n");
        String[] audit = {"audit-scores", "--scores", in("losses.csv"), "--output", in("out"), "--bootstrap", "100", "--permutations", "0"};
        assertDone(mia(Stream.concat(Stream.of(audit), Stream.of("--policy", in("policy.yaml"))).toArray(String[]::new)));
        String digest = Sha256.ofFiles(folder.resolve("out/audit.json"));
        for (String file : List.of("policy.xml", "report.html", "summary.md", "model-card.md", "SHA256SUMS")) {
            assertTrue(Files.readString(folder.resolve("out").resolve(file)).contains(digest), file);
        }
        Files.writeString(folder.resolve("out/scores.csv"), "of an earlier run");
        Map<Path, String> before = files(folder.resolve("out"));
        assertFailed(mia(audit), in("out/audit.json")
                + ": is there already, of an earlier run; name another place, or have its results replaced (--overwrite)");
        assertEquals(before, files(folder.resolve("out")));
        assertDone(mia("render", "--report", in("out/audit.json"), "--output", in("out"), "--overwrite"));
        assertTrue(Files.exists(folder.resolve("out/scores.csv")), "the same audit's");
        assertFalse(Files.exists(folder.resolve("out/policy.xml")));
        assertDone(mia(Stream.concat(Stream.of(audit), Stream.of("--policy", in("policy.yaml"), "--overwrite")).toArray(String[]::new)));
        assertFalse(Files.exists(folder.resolve("out/scores.csv")));
        Files.writeString(folder.resolve("losses.csv"), losses.append("member,x,2\n"));
        Map<Path, String> standing = files(folder.resolve("out"));
        assertEquals(1, mia(Stream.concat(Stream.of(audit), Stream.of("--overwrite")).toArray(String[]::new)).exitCode());
        assertEquals(standing, files(folder.resolve("out")), "nothing came in its place");
    }

    private static Map<Path, String> files(Path folder) throws IOException {
        Map<Path, String> digests = new TreeMap<>();
        try (Stream<Path> files = Files.list(folder)) {
            files.forEach(file -> digests.put(file, Sha256.ofFiles(file)));
        }
        return digests;
    }

    @Test
    void namesDoNothingToTheTerminal() throws IOException {
        Path hostile = folder.resolve("out\u001b[2J\u202etxt");
        Files.writeString(folder.resolve("losses.csv"), "population,target_loss,reference_loss\nmember,1,3\nnon_member,2,2\n");
        Outcome outcome = mia("audit-scores", "--scores", in("losses.csv"), "--output", hostile.toString(), "--permutations", "0");
        assertDone(outcome);
        assertTrue(outcome.out().contains("written to " + folder.resolve("out\uFFFD[2J\uFFFDtxt")), outcome.out());
        assertFalse(mia("audit-scores", "--scores", in("no\u001b[2J"), "--output", in("x")).err().contains("\u001b"));
        assertFalse(mia("audit-scores", "--\u001b[2J").err().contains("\u001b"));
    }

    @Test
    void lossesBelowZeroAreRefused() throws IOException {
        Files.writeString(folder.resolve("losses.csv"), "population,target_loss,reference_loss\nmember,1,3\nnon_member,-2,2\n");
        assertFailed(mia("audit-scores", "--scores", in("losses.csv"), "--output", in("out")),
                in("losses.csv") + ":3: target_loss is below 0, as 1 of 1 of the non-members are; a loss is minus a log-likelihood");
    }

    @Test
    void patientsOnOneSideAndFewReferencesAreSaidBeforeAnyWorkAndInTheReport() throws IOException {
        dataset("{\"group\":7,\"text\":\"No chest pain.\"}\n", "\"The scan was normal.\"\n");
        Outcome outcome = mia("audit", "--target", demo.resolve("target").toString(), "--reference", demo.resolve("reference").toString(),
                "--reference", other.toString(), "--dataset", in("data"), "--output", in("out"), "--attack", "lira");
        assertDone(outcome);
        for (String warning : List.of("patients are known among the members only, not among the non-members",
                "attack lira has but 2 references that did not see the sentences")) {
            assertTrue(outcome.err().contains(warning), outcome.err());
            assertTrue(outcome.out().contains("Warning: " + warning), outcome.out());
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

    @Test
    void attacksAndReferencesMayBeSeveral() throws IOException {
        dataset(sentences("Seen on day %d.", 5), sentences("The scan of week %d was normal.", 5));
        Outcome outcome = mia("audit", "--target", demo.resolve("target").toString(), "--reference", demo.resolve("reference").toString(),
                "--reference", other.toString(), "--dataset", in("data"), "--output", in("out"),
                "--attack", "lira,experimental-min-k,loss", "--confidence", "0.9");
        assertDone(outcome);
        JsonArray attacks = JsonParser.parseString(Files.readString(folder.resolve("out/audit.json"))).getAsJsonObject()
                .getAsJsonArray("comparisons").get(0).getAsJsonObject().getAsJsonArray("attacks");
        assertEquals(List.of("lira", "experimental-min-k", "loss"),
                attacks.asList().stream().map(attack -> attack.getAsJsonObject().get("name").getAsString()).toList());
        assertEquals(0.9, attacks.get(0).getAsJsonObject().getAsJsonObject("aucInterval").get("level").getAsDouble());
    }

    @Test
    void everyAttackCanBeAskedForByName() throws IOException {
        dataset(sentences("Seen on day %d.", 10), sentences("The scan of week %d was normal.", 70));
        List<String> names = List.of("likelihood-ratio", "loss", "lira", "residual", "rmia", "experimental-quantile",
                "experimental-min-k",
                "experimental-min-k-plus-plus", "experimental-zlib", "experimental-lower-case", "experimental-neighbourhood",
                "ez-mia",
                "experimental-surprisal-weighted", "wbc", "experimental-combined", "experimental-sama",
                "informia");
        List<String> arguments = new ArrayList<>(
                List.of("audit", "--target", demo.resolve("target").toString(), "--reference", demo.resolve("reference").toString(),
                        "--reference", other.toString(), "--dataset", in("data"), "--output", in("out"), "--attack"));
        arguments.addAll(names);
        assertDone(mia(arguments.toArray(String[]::new)));
        JsonArray attacks = JsonParser.parseString(Files.readString(folder.resolve("out/audit.json"))).getAsJsonObject()
                .getAsJsonArray("comparisons").get(0).getAsJsonObject().getAsJsonArray("attacks");
        assertEquals(names, attacks.asList().stream().map(attack -> attack.getAsJsonObject().get("name").getAsString()).toList());
    }

    private static String sentences(String format, int count) {
        return IntStream.range(0, count).mapToObj(number -> "\"" + String.format(format, number) + "\"\n").collect(Collectors.joining());
    }

    @Test
    void canariesAreMadeTossedAndAudited() throws IOException {
        assertDone(mia("canaries", "--count", "40", "--seed", "3", "--output", in("canaries")));
        int members = Files.readAllLines(folder.resolve("canaries/members.jsonl")).size();
        assertEquals(40, members + Files.readAllLines(folder.resolve("canaries/non_members.jsonl")).size());
        Outcome outcome = mia("audit", "--target", demo.resolve("target").toString(), "--reference", demo.resolve("reference").toString(),
                "--dataset", in("canaries"), "--output", in("out"), "--canary-guesses", "20", "--permutations", "1000");
        assertDone(outcome);
        JsonObject bound = JsonParser.parseString(Files.readString(folder.resolve("out/audit.json"))).getAsJsonObject()
                .getAsJsonArray("comparisons")
                .get(0).getAsJsonObject().getAsJsonArray("attacks").get(0).getAsJsonObject().getAsJsonObject("canaryBound");
        assertEquals(40, bound.get("canaries").getAsInt());
        assertEquals(20, bound.get("guesses").getAsInt());
        assertTrue(bound.get("epsilonLowerBound").getAsDouble() < 1, "the demonstration never saw them: " + bound);
        assertTrue(outcome.out().contains("of 20 guesses on 40 canaries are right"), outcome.out());
    }

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

    @Test
    void errorsOfJavaAreOneLineEach() {
        assertEquals("mia: Java has too little memory; give it more, such as MIA_JAVA_OPTIONS=-Xmx8g\n",
                failing(() -> {
                    throw new OutOfMemoryError("Java heap space");
                }));
        assertEquals("mia: a library that this takes is missing, or of another version than MIAudit was built with; build or unpack MIAudit"
                + " anew, and look at what MIA_CLASS_PATH adds; --verbose shows which\n", failing(() -> {
                    throw new NoClassDefFoundError("com/google/gson/Strictness");
                }));
        assertEquals("mia: this went wrong in a way that nobody foresaw, which is a defect; --verbose shows where\n", failing(() -> {
            throw new IllegalStateException("java.lang.String");
        }));
        assertEquals("mia: a/b: a folder stands where a file is to be; remove it, or name a place elsewhere\n", failing(() -> {
            throw new UncheckedIOException(new DirectoryNotEmptyException("a/b"));
        }));
    }

    private static String failing(Runnable work) {
        MiaCommand command = new MiaCommand() {
            @Override
            void execute() {
                work.run();
            }
        };
        PrintStream usual = System.err;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        System.setErr(new PrintStream(printed, true, StandardCharsets.UTF_8));
        try {
            assertEquals(1, MiaCommand.run(command));
        } finally {
            System.setErr(usual);
        }
        return printed.toString(StandardCharsets.UTF_8);
    }

    @Test
    void ownSentencesMayBeTossedFor() throws IOException {
        Files.writeString(folder.resolve("own.txt"), "one\ntwo\nthree\nfour\nfive\nsix\nseven\neight\n");
        assertDone(mia("canaries", "--from", in("own.txt"), "--seed", "3", "--output", in("canaries")));
        String both = Files.readString(folder.resolve("canaries/members.jsonl"))
                + Files.readString(folder.resolve("canaries/non_members.jsonl"));
        assertEquals(8, both.lines().count());
        Outcome again = mia("canaries", "--output", in("canaries"));
        assertEquals(1, again.exitCode());
        assertTrue(again.err().contains("is there already"), again.err());
        assertTrue(both.contains("\"eight\""), both);
    }

    @Test
    void patientsAndIntervalsAreAsAskedFor() throws IOException {
        StringBuilder losses = new StringBuilder("population,target_loss,reference_loss,group\n");
        for (int row = 0; row < 40; row++) {
            losses.append(row % 2 == 0 ? "member," : "non_member,").append(1 + row * row % 7 + row % 2).append(",2,").append("p")
                    .append(row % 2).append(row / 4).append('\n');
        }
        Files.writeString(folder.resolve("losses.csv"), losses);
        Outcome outcome = mia("audit-scores", "--scores", in("losses.csv"), "--output", in("out"), "--group-score", "fisher",
                "--permutations", "1000", "--bootstrap", "100", "--fpr", "0.4", "--smallest-count", "1");
        assertDone(outcome);
        JsonObject attack = JsonParser.parseString(Files.readString(folder.resolve("out/audit.json"))).getAsJsonObject()
                .getAsJsonArray("comparisons")
                .get(0).getAsJsonObject().getAsJsonArray("attacks").get(0).getAsJsonObject();
        JsonObject byPatient = attack.getAsJsonObject("byPatient");
        assertEquals("score", attack.getAsJsonObject("aucInterval").get("method").getAsString());
        assertTrue(byPatient.get("definition").getAsString().endsWith("of a patient the fisher of conformal p-values"),
                byPatient.toString());
        assertEquals("cluster-bootstrap",
                byPatient.getAsJsonArray("tprAtFpr").get(0).getAsJsonObject().getAsJsonObject("tprInterval").get("method").getAsString());
        assertEquals(10, byPatient.get("memberCount").getAsInt());
        assertTrue(attack.get("aucPValue").getAsDouble() <= 1);
        assertTrue(outcome.out().contains("exposes"), outcome.out());
    }

    @Test
    void aFileGivesTheTerminalNoCommands() throws IOException {
        Files.createDirectories(folder.resolve("model"));
        Files.writeString(folder.resolve("model/config.json"), "{\"model_type\": \"\\u001b[31mbert\\u202e\\nmia: done\"}");
        Files.writeString(folder.resolve("notes.jsonl"), "\"a\"\n");
        assertFailed(mia("score", "--model", in("model"), "--input", in("notes.jsonl"), "--output", in("scores.jsonl")),
                in("model/config.json") + ": model_type is \"\uFFFD[31mbert\uFFFD mia: done\"");
    }

    @Test
    void lossesMakeTheAttacksAskedFor() throws IOException {
        Files.writeString(folder.resolve("losses.csv"), "population,target_loss,reference_loss\nmember,1,3\nnon_member,2,2\n");
        assertDone(mia("audit-scores", "--scores", in("losses.csv"), "--output", in("out"), "--attack", "loss"));
        JsonArray attacks = JsonParser.parseString(Files.readString(folder.resolve("out/audit.json"))).getAsJsonObject()
                .getAsJsonArray("comparisons").get(0).getAsJsonObject().getAsJsonArray("attacks");
        assertEquals(1, attacks.size());
        assertEquals("loss", attacks.get(0).getAsJsonObject().get("name").getAsString());
    }

    @Test
    void lossesAreToldByStratum() throws IOException {
        StringBuilder losses = new StringBuilder("population,group,target_loss,reference_loss\n");
        StringBuilder strata = new StringBuilder("patient,sex\n");
        for (int patient = 0; patient < 40; patient++) {
            losses.append("member,m").append(patient).append(",1.").append(patient * 37 % 100).append(",3\n");
            losses.append("non_member,n").append(patient).append(",1.").append(patient * 29 % 97).append(",3\n");
            strata.append('m').append(patient).append(patient % 2 == 0 ? ",f\n" : ",\n").append('n').append(patient).append(",f\n");
        }
        Files.writeString(folder.resolve("losses.csv"), losses);
        Files.writeString(folder.resolve("strata.csv"), strata.toString().replaceAll("(n[0-9]*[13579]),f", "$1,"));
        String[] audit = {"audit-scores", "--scores", in("losses.csv"), "--strata", in("strata.csv"), "--output", in("out"), "--overwrite",
                "--bootstrap",
                "100", "--permutations", "1000"};
        assertDone(mia(audit));
        JsonObject variable = JsonParser.parseString(Files.readString(folder.resolve("out/audit.json"))).getAsJsonObject()
                .getAsJsonObject("strata").getAsJsonArray("variables").get(0).getAsJsonObject();
        assertEquals("sex", variable.get("name").getAsString());
        assertEquals(List.of("f", "not stated"), variable.getAsJsonArray("strata").asList().stream()
                .map(stratum -> stratum.getAsJsonObject().get("name").getAsString()).toList());
        assertTrue(Files.readString(folder.resolve("out/report.html")).contains("By stratum"));
        String hostile = Files.readString(folder.resolve("strata.csv")).replace(",f", ",\u001b[31m\u202ef");
        Files.writeString(folder.resolve("strata.csv"), hostile);
        Outcome inert = mia(audit);
        assertDone(inert);
        assertFalse(inert.out().matches("(?s).*[\u001b\u202e].*"), inert.out());
        Files.writeString(folder.resolve("strata.csv"), "patient,sex\nnobody,f\n");
        Outcome others = mia(audit);
        assertEquals(1, others.exitCode());
        assertTrue(others.err().startsWith("mia: ") && others.err().contains("patient"), others.err());
    }

    @Test
    void whatAReportIsAboutIsInAllOfIt() throws IOException {
        Files.writeString(folder.resolve("losses.csv"), "population,target_loss,reference_loss\nmember,1,3\nnon_member,2,2\n");
        Files.writeString(folder.resolve("report.yaml"), "title: Release 3\norganisation: St Mary\ndate: 2026-01-31\n");
        assertDone(mia("audit-scores", "--scores", in("losses.csv"), "--about", in("report.yaml"), "--title", "Release 4", "--output",
                in("out")));
        for (String file : List.of("audit.json", "report.html", "summary.md", "model-card.md")) {
            String text = Files.readString(folder.resolve("out").resolve(file));
            assertTrue(text.contains("Release 4") && text.contains("St Mary") && text.contains("2026-01-31"), file);
            assertFalse(text.contains("Release 3"), file);
        }
        assertDone(mia("render", "--report", in("out/audit.json"), "--author", "A. Doe", "--output", in("again")));
        String again = Files.readString(folder.resolve("again/summary.md"));
        assertTrue(again.contains("## Release 4") && again.contains("- Author: A. Doe"), again);
        Files.writeString(folder.resolve("report.yaml"), "title: Release 3\ndate: tomorrow\n");
        Outcome wrong = mia("render", "--report", in("out/audit.json"), "--about", in("report.yaml"), "--output", in("third"));
        assertTrue(wrong.err().startsWith("mia: " + in("report.yaml") + ":2: date is \"tomorrow\"; it must be a day"), wrong.err());
        assertEquals(2, mia("render", "--report", in("out/audit.json"), "--date", "tomorrow", "--output", in("again")).exitCode());
    }

    @Test
    void anEarlierAuditIsRenderedAnewAndHeldToAnotherPolicy() throws IOException {
        Files.writeString(folder.resolve("losses.csv"), "population,target_loss,reference_loss\nmember,1,3\nnon_member,2,2\n");
        assertDone(mia("audit-scores", "--scores", in("losses.csv"), "--output", in("out")));
        assertDone(mia("render", "--report", in("out/audit.json"), "--output", in("again")));
        for (String file : List.of("audit.json", "report.html", "summary.md", "model-card.md")) {
            assertEquals(Files.readString(folder.resolve("out").resolve(file)), Files.readString(folder.resolve("again").resolve(file)));
        }
        Files.writeString(folder.resolve("policy.yaml"), "limits:\n  - figure: auc\n    at-most: 0.5\n");
        assertEquals(3,
                mia("render", "--report", in("out/audit.json"), "--output", in("again"), "--policy", in("policy.yaml"), "--overwrite")
                        .exitCode());
        Files.writeString(folder.resolve("old.json"), "{\"schemaVersion\": 1}");
        Outcome old = mia("render", "--report", in("old.json"), "--output", in("third"));
        assertEquals(1, old.exitCode());
        assertTrue(old.err().startsWith("mia: " + in("old.json") + ": has schemaVersion 1; "), old.err());
    }

    /** Members less likely than others by far: low figures, and yet whoever turns the score round tells them all. */
    @Test
    void swappedSetsBreakAPolicyThatLowFiguresWouldKeep() throws IOException {
        StringBuilder losses = new StringBuilder("population,target_loss,reference_loss,group\n");
        for (int row = 0; row < 60; row++) {
            losses.append(row % 2 == 0 ? "member," : "non_member,").append(row % 2 == 0 ? 5 + row * row % 7 * 0.1 : 2 + row * row % 5 * 0.1)
                    .append(',').append(4 + row * row % 11 * 0.1).append(",p").append(row).append('\n');
        }
        Files.writeString(folder.resolve("losses.csv"), losses);
        Files.writeString(folder.resolve("policy.yaml"), "limits:\n  - figure: auc\n    at-most: 0.5\n");
        Outcome outcome = mia("audit-scores", "--scores", in("losses.csv"), "--output", in("out"), "--policy", in("policy.yaml"));
        assertEquals(3, outcome.exitCode());
        assertTrue(outcome.out().contains("answer: told the other way"), outcome.out());
        assertTrue(outcome.out().contains("members against non-members are not told the other way"), outcome.out());
    }

    @Test
    void auditScoresNeedsNoModel() throws IOException {
        Files.writeString(folder.resolve("losses.csv"),
                "population,target_loss,reference_loss\nmember,1,3\nnon_member,2,2\nexternal,4,1\n");
        assertDone(mia("audit-scores", "--scores", in("losses.csv"), "--output", in("out")));
        JsonArray comparisons = JsonParser.parseString(Files.readString(folder.resolve("out/audit.json"))).getAsJsonObject()
                .getAsJsonArray("comparisons");
        assertEquals("externals", comparisons.get(1).getAsJsonObject().get("nonMembers").getAsString());
        assertEquals(1.0, comparisons.get(0).getAsJsonObject().getAsJsonArray("attacks").get(0).getAsJsonObject().get("auc").getAsDouble());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "nonsense", "score", "score --model x --input y --output z --rule nonsense",
            "score --model x --input y --output z --device tpu", "score --model x --input y --output z --token-budget 0",
            "score --model x --input y --output z --mask-seed 3", "score --model x --input y --output z --rule energy --repetitions 2",
            "score --model x --input y --output z --rule energy --fraction 0", "score --model x --input y --output z --length-policy guess",
            "audit-scores --scores x --output y --fpr 0.1,2", "audit-scores --scores x --output y --fpr NaN",
            "audit-scores --scores x --output y --confidence 1",
            "audit-scores --scores x --output y --bootstrap 3", "audit-scores --scores x --output y --prior 2",
            "audit --target a --reference b --dataset c --output d --reduction median",
            "audit --target a --reference b --dataset c --output d --attack guess",
            "audit-scores --scores x --output y --attack lira", "audit-scores --scores x --output y --group-score median",
            "audit-scores --scores x --output y --rate-interval delong", "audit-scores --scores x --output y --area-interval guess",
            "audit-scores --scores x --output y --permutations 3", "audit-scores --scores x --output y --canary-guesses 0",
            "prepare --training a --nontraining b --output c --patients 0",
            "prepare --training a --nontraining b --output c --on-bad-row guess",
            "prepare --training a --nontraining b --output c --similarity 2", "canaries --output x --count 0",
            "canaries --output x --count 1",
            "train --input a --output b", "train --input a --output b --from c --epochs 1 --steps 1",
            "train --input a --output b --from c --learning-rate 0", "train --input a --output b --from c --precision float16",
            "train-shadows --dataset a --output b", "schema", "schema report"})
    void badUsageIsExitCode2AndOneLine(String line) {
        Outcome outcome = mia(line.isEmpty() ? new String[0] : line.split(" "));
        assertEquals(2, outcome.exitCode(), outcome.err());
        assertEquals(1, outcome.err().lines().count(), outcome.err());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "demo", "score", "audit", "audit-scores", "render", "compare-reports", "compare", "store", "prepare",
            "canaries", "train",
            "train-shadows", "train-demo", "schema"})
    void helpIsThere(String command) {
        Outcome outcome = mia((command + " --help").strip().split(" "));
        assertEquals(0, outcome.exitCode());
        assertTrue(outcome.out().contains("Usage: mia"), outcome.out());
    }

    /** {@link TokenCountAttack} is on the tests' class path, and is told of what was chosen as others are. */
    @Test
    void anAttackOfTheUsersIsMadeByItsName() throws IOException {
        dataset("\"No chest pain, and none before.\"\n\"Seen on the ward round.\"\n", "\"Normal.\"\n");
        assertDone(mia("audit", "--target", demo.resolve("target").toString(), "--reference", demo.resolve("reference").toString(),
                "--dataset", in("data"),
                "--output", in("out"), "--attack", "token-count,loss,token-count", "--rule", "original", "--reduction", "sum"));
        List<JsonObject> attacks = JsonParser.parseString(Files.readString(folder.resolve("out/audit.json"))).getAsJsonObject()
                .getAsJsonArray("comparisons")
                .get(0).getAsJsonObject().getAsJsonArray("attacks").asList().stream().map(JsonElement::getAsJsonObject).toList();
        assertEquals(List.of("token-count", "loss"), attacks.stream().map(attack -> attack.get("name").getAsString()).toList());
        assertEquals("s = tokens, whatever the sum of token log-likelihoods by original", attacks.get(0).get("definition").getAsString());
        assertEquals(1, attacks.get(0).get("auc").getAsDouble());
    }

    @Test
    void helpAndErrorsNameTheAttacksAndRulesThereAre() {
        String help = mia("audit", "--help").out().replaceAll("\\s+", " ");
        assertTrue(help.contains(
                "energy, global-l2r, global-l2r-masking-end, maskless, original, partition, progressive, seed-compat-loss, whole-word"
                        + " or within-word-l2r (default: within-word-l2r)."),
                help);
        assertTrue(mia("score", "--model", "m", "--input", "i", "--output", "o", "--rule", "guess").err()
                .contains("'guess' is none of energy, global-l2r,"));
        assertTrue(mia("score", "--model", "m", "--input", "i", "--output", "o", "--rule", "energy", "--repetitions", "2").err()
                .contains("Option '--repetitions' is of no use to rule energy(fraction=0.15,draws=20,seed=1)"));
        assertTrue(mia("score", "--model", "m", "--input", "i", "--output", "o", "--rule", "progressive", "--steps", "0").err()
                .contains("steps are 0; at least 1 is needed"));
        assertTrue(mia("score", "--model", "m", "--input", "i", "--output", "o", "--rule", "energy", "--draws", "0").err()
                .contains("draws are 0; at least 1 is needed"));
        assertTrue(help.contains(
                "ez-mia, informia, likelihood-ratio, lira (at least 2 references), loss, residual, rmia, token-count (a test's), wbc; or, not"
                        + " validated on masked models, experimental-combined (an upper estimate, which learns from the members),"
                        + " -lower-case, -min-k, -min-k-plus-plus, -neighbourhood (50 scorings a sentence, by swaps of the"
                        + " first reference), -quantile, -sama, -surprisal-weighted, -zlib. Several may be given (default: standard, which"
                        + " is residual, likelihood-ratio, loss)."),
                help);
        Outcome unknown = mia("audit", "--target", "t", "--reference", "r", "--dataset", "d", "--output", "o", "--attack", "guess");
        assertEquals(2, unknown.exitCode());
        assertTrue(
                unknown.err().contains(
                        "'guess' is none of ez-mia, informia, likelihood-ratio, lira, loss, residual, rmia, token-count, wbc,"),
                unknown.err());
    }

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

    @Test
    void badDataIsExitCode1NamesTheLineAndNeverTheText() throws IOException {
        dataset("\"fine\"\n{\"text\":\"" + SECRET + "\"\n", "\"fine\"\n");
        Outcome outcome = mia("audit", "--target", demo.resolve("target").toString(), "--reference", demo.resolve("reference").toString(),
                "--dataset", in("data"), "--output", in("out"));
        assertFailed(outcome, in("data/members.jsonl") + ":2: is not valid JSON");
        assertFalse(Files.exists(folder.resolve("out")));
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
    void verboseShowsWhere() {
        Outcome outcome = mia("audit-scores", "--scores", in("missing.csv"), "--output", in("out"), "--verbose");
        assertEquals(1, outcome.exitCode());
        assertTrue(outcome.err().startsWith("mia: " + in("missing.csv") + ": does not exist\n"), outcome.err());
        assertTrue(outcome.err().contains("\tat "), outcome.err());
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

    private void dataset(String members, String nonMembers) throws IOException {
        Files.createDirectories(folder.resolve("data"));
        Files.writeString(folder.resolve("data/members.jsonl"), members);
        Files.writeString(folder.resolve("data/non_members.jsonl"), nonMembers);
    }

    private String in(String name) {
        return folder.resolve(name).toString();
    }

    private static void assertDone(Outcome outcome) {
        assertEquals(0, outcome.exitCode(), outcome.out() + outcome.err());
    }

    private static void assertFailed(Outcome outcome, String message) {
        assertEquals(1, outcome.exitCode(), outcome.err());
        assertTrue(outcome.err().startsWith("mia: " + message), outcome.err());
        assertEquals(1, outcome.err().lines().count(), outcome.err());
        assertFalse(outcome.err().contains("…)"), "calls are for who writes Java: " + outcome.err());
        assertFalse((outcome.out() + outcome.err()).contains(SECRET), outcome.err());
    }
}
