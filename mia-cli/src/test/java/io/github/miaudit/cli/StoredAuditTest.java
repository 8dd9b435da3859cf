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
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code mia score} writes, {@code mia audit --from-scores} reads: the report of the demonstration. */
class StoredAuditTest {

    private static final List<String> QUICK = List.of("--bootstrap", "100", "--permutations", "0", "--quiet");

    @TempDir
    private static Path shared;
    @TempDir
    private Path folder;

    @BeforeAll
    static void score() {
        Demonstration.unpackInto(shared);
        Shell.copyStart(shared.resolve("dataset"), shared.resolve("data"), 120);
        for (String model : List.of("target", "reference")) {
            done("score", "--model", in(model), "--dataset", in("data"), "--output", in("scores"), "--quiet");
        }
    }

    @Test
    void theReportIsThatOfTheModels() throws IOException {
        List<String> models = List.of("--target", in("target"), "--reference", in("reference"), "--dataset", in("data"));
        JsonObject direct = audit("direct", models);
        List<String> stored = new ArrayList<>(models);
        stored.addAll(List.of("--from-scores", in("scores")));
        JsonObject found = audit("stored", stored);
        for (String member : List.of("conclusion", "comparisons", "histograms", "likelihoods", "mostExposedPatients", "models", "warnings",
                "settings")) {
            assertEquals(direct.get(member), found.get(member), member);
        }
        for (String member : List.of("dataDigest", "target", "references", "rules")) {
            assertEquals(direct.getAsJsonObject("provenance").get(member), found.getAsJsonObject("provenance").get(member), member);
        }
        assertEquals(direct.getAsJsonArray("targetChecks").size(), found.getAsJsonArray("targetChecks").size());
        assertFalse(found.getAsJsonArray("targetChecks").toString().contains("NOT_MADE"), found::toString);
    }

    @Test
    void withoutTheModelsAndTextsItSaysWhatIsNotChecked() throws IOException {
        JsonObject found = audit("no-texts", List.of("--from-scores", in("scores"), "--target", "target", "--reference", "reference"));
        String validity = found.getAsJsonArray("comparisons").get(0).getAsJsonObject().get("validity").toString();
        assertTrue(validity.contains("NOT_CHECKED") && validity.contains("without texts, bag-of-words and overlap could not be checked"),
                validity);
    }

    @Test
    void filesOfSetsScoredOneByOneAreOneAudit() throws IOException {
        List<String> files = new ArrayList<>();
        for (String model : List.of("target", "reference")) {
            for (String set : List.of("member", "non_member")) {
                String file = folder.resolve(model + "-" + set + ".jsonl").toString();
                done("score", "--model", in(model), "--input", in("data/" + set + "s.jsonl"), "--population", set, "--output", file,
                        "--without-tokens", "--quiet");
                assertFalse(Files.readString(Path.of(file)).contains("tokenIds"));
                files.add(file);
            }
        }
        List<String> options = new ArrayList<>(List.of("--target", "target", "--reference", "reference", "--attack", "likelihood-ratio",
                "--from-scores"));
        options.addAll(files);
        JsonObject found = audit("files", options);
        JsonObject all = audit("all", List.of("--from-scores", in("scores"), "--target", "target", "--reference", "reference", "--attack",
                "likelihood-ratio"));
        assertEquals(comparison(all).get("attacks"), comparison(found).get("attacks"));
        assertTrue(found.get("targetChecks").toString().contains("of each sentence only the sum is known"), found::toString);
    }

    /** What sums and the spread of tokens show is enough. */
    @Test
    void sumsAreEnoughForAVerdict() throws IOException {
        for (String model : List.of("target", "reference")) {
            done("score", "--model", in(model), "--dataset", in("data"), "--output", folder.resolve("sums").toString(), "--rule",
                    "within-word-l2r", "--without-tokens", "--quiet");
        }
        List<String> options = List.of("--target", "target", "--reference", "reference", "--attack", "likelihood-ratio", "--dataset",
                in("data"), "--from-scores");
        JsonObject sums = audit("of-sums", Stream.concat(options.stream(), Stream.of(folder.resolve("sums").toString())).toList());
        JsonObject all = audit("of-tokens", Stream.concat(options.stream(), Stream.of(in("scores"))).toList());
        assertEquals(comparison(all), comparison(sums));
        assertFalse(comparison(sums).toString().contains("NOT_CHECKED"), sums::toString);
        assertTrue(sums.get("targetChecks").toString().contains("their tokens' entropy"), sums::toString);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "--from-scores SCORES --target target --reference reference --dry-run | opens no model; leave out --dry-run",
            "--from-scores SCORES --target target --reference reference --precision float32 --store x | leave out --precision, --store",
            "--from-scores SCORES --target nobody --reference reference | there are no scores of nobody; scores are of",
            "--from-scores SCORES --target target | Missing required option: '--reference=DIR'",
            "--from-scores SCORES --target target --reference target --attack likelihood-ratio | are the same model",
            "--from-scores SCORES --target target --reference reference --attack likelihood-ratio --rule original"
                    + " | was not scored by rule original, only by",
            "--from-scores DATA --target target --reference reference | holds no scores",
            "--from-scores DATA/members.jsonl --target target --reference reference | has no manifest beside it",
            "--target target --reference reference | Missing required option: '--dataset=DIR'"})
    void whatCannotBeIsSaidInOneLine(String options, String message) {
        List<String> arguments = new ArrayList<>(List.of("audit", "--output", folder.resolve("out").toString()));
        Stream.of(options.split(" ")).map(each -> each.replace("SCORES", in("scores")).replace("DATA", in("data"))).forEach(arguments::add);
        Outcome outcome = mia(arguments.toArray(String[]::new));
        assertTrue(outcome.exitCode() != 0 && outcome.err().contains(message), outcome.err());
    }

    private JsonObject audit(String output, List<String> options) throws IOException {
        Path to = folder.resolve(output);
        List<String> arguments = new ArrayList<>(List.of("audit", "--output", to.toString()));
        arguments.addAll(options);
        arguments.addAll(QUICK);
        done(arguments.toArray(String[]::new));
        return JsonParser.parseString(Files.readString(to.resolve("audit.json"))).getAsJsonObject();
    }

    private static JsonObject comparison(JsonObject audit) {
        return audit.getAsJsonArray("comparisons").get(0).getAsJsonObject();
    }

    private static void done(String... arguments) {
        Outcome outcome = mia(arguments);
        assertEquals(0, outcome.exitCode(), outcome.err());
    }

    private static String in(String name) {
        return shared.resolve(name).toString();
    }
}
