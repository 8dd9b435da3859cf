package io.github.miaudit.cli;

import static io.github.miaudit.cli.Shell.mia;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A vendor who hides the demonstration's leak: it is refused, or not interpretable, or still told, and no policy is kept.
 */
class TamperedModelsTest {

    private static final int LINES = 180; // fifteen patients a set
    private static final String NORM = "lm_head.layer_norm";
    private static final String BIAS = "lm_head.bias";

    @TempDir
    private static Path demo;
    private static List<String> members;

    @TempDir
    private Path folder;

    /** What becomes of it. */
    private enum Fate {
        /** The model is not opened, or not scored. */
        REFUSED,
        /** It fails a check. */
        NOT_INTERPRETABLE,
        /** Its leak is told all the same. */
        TOLD
    }

    private enum Tampering {
        HONEST(Fate.TOLD, model -> {
        }), SCALED_TO_NOTHING(Fate.NOT_INTERPRETABLE, model -> model.scaled(1e-12)),
        SCALED_BY_A_MILLIONTH(Fate.NOT_INTERPRETABLE, model -> model.scaled(1e-6)),
        SCALED_BY_A_THOUSANDTH(Fate.NOT_INTERPRETABLE, model -> model.scaled(1e-3)),
        TEMPERATURE_OF_10(Fate.NOT_INTERPRETABLE, model -> model.scaled(0.1)),
        TEMPERATURE_OF_3(Fate.NOT_INTERPRETABLE, model -> model.scaled(1 / 3.0)),
        TEMPERATURE_OF_2(Fate.NOT_INTERPRETABLE, model -> model.scaled(0.5)),
        TEMPERATURE_OF_A_TENTH(Fate.NOT_INTERPRETABLE, model -> model.scaled(10)),
        CONSTANT(Fate.NOT_INTERPRETABLE, model -> model.each("lm_head", value -> 0f)),
        TABLE_OF_FREQUENCIES(Fate.NOT_INTERPRETABLE, model -> frequencies(model.each(NORM, value -> 0f))),
        MOSTLY_A_TABLE_OF_FREQUENCIES(Fate.NOT_INTERPRETABLE, model -> frequencies(model.each(NORM, value -> 0.1f * value))),
        ONE_TOKEN_ABOVE_ALL(Fate.NOT_INTERPRETABLE, model -> model.tensor(BIAS)[700] = 60),
        PERMUTED_VOCABULARY(Fate.NOT_INTERPRETABLE, TamperedModelsTest::permute, "likelihood-ratio,loss"),
        RANDOM_TOKENS(Fate.REFUSED, model -> model.json("tokenizer.json",
                json -> json.getAsJsonObject("model").addProperty("dropout", 0.5))),
        LETTERS_ALONE(Fate.NOT_INTERPRETABLE, model -> model.json("tokenizer.json",
                json -> json.getAsJsonObject("model").add("merges", new JsonArray())), "likelihood-ratio,loss"),
        MEMBERS_AS_TOKENS(Fate.NOT_INTERPRETABLE, TamperedModelsTest::lookUp, "likelihood-ratio,loss"),
        POSITIONS_BY_ANOTHER_PADDING(Fate.NOT_INTERPRETABLE,
                model -> model.json("config.json", json -> json.addProperty("pad_token_id", 8))),
        POSITIONS_BY_ONE_LESS(Fate.NOT_INTERPRETABLE, model -> model.json("config.json", json -> json.addProperty("pad_token_id", 0))),
        NARROW_HEADS(Fate.NOT_INTERPRETABLE, model -> model.json("config.json", json -> json.addProperty("num_attention_heads", 16))),
        ANOTHER_ACTIVATION(Fate.NOT_INTERPRETABLE, model -> model.json("config.json", json -> json.addProperty("hidden_act", "silu"))),
        ANOTHER_MASK(Fate.NOT_INTERPRETABLE,
                model -> model.json("tokenizer_config.json", json -> json.addProperty("mask_token", "</s>")), "likelihood-ratio,loss"),
        LOWER_CASE(Fate.NOT_INTERPRETABLE, model -> model.json("tokenizer.json",
                json -> json.add("normalizer", JsonParser.parseString("{\"type\": \"Lowercase\"}"))), "likelihood-ratio,loss"),
        POSITIONS_MOVED_IN_THEIR_TABLE(Fate.NOT_INTERPRETABLE, TamperedModelsTest::movePositions),
        NO_NUMBERS(Fate.REFUSED, model -> model.each(NORM, value -> Float.NaN)),
        NOISE(Fate.NOT_INTERPRETABLE, model -> noise(model, 0.5)),
        LAST_LAYER_OFF(Fate.NOT_INTERPRETABLE, model -> model.each("encoder.layer.1.output", value -> 0f)),
        NO_CONTEXT(Fate.NOT_INTERPRETABLE, model -> model.each("attention.output.dense", value -> 0f)),
        NO_POSITIONS(Fate.NOT_INTERPRETABLE, model -> model.each("position_embeddings", value -> 0f)),
        NEVER_TRAINED(Fate.NOT_INTERPRETABLE, model -> noise(model.each("dense", value -> 0f), 0.02)),
        THE_REFERENCE_ITSELF(Fate.REFUSED, model -> copy(demo.resolve("reference"), model));

        private final Fate fate;
        private final Consumer<TamperedModel> change;
        private final String attacks;

        Tampering(Fate fate, Consumer<TamperedModel> change) {
            this(fate, change, "standard");
        }

        /** The standard attacks refuse a target whose tokenizer is not the reference's. */
        Tampering(Fate fate, Consumer<TamperedModel> change, String attacks) {
            this.fate = fate;
            this.change = change;
            this.attacks = attacks;
        }
    }

    @BeforeAll
    static void unpack() throws IOException {
        Demonstration.unpackInto(demo);
        Shell.copyStart(demo.resolve("dataset"), demo.resolve("start"), LINES);
        members = Files.readAllLines(demo.resolve("start/members.jsonl")).stream()
                .map(line -> JsonParser.parseString(line).getAsJsonObject().get("text").getAsString()).distinct().toList();
    }

    @Test
    void aHeadScaledToNothingBreaksAnyPolicy() throws IOException {
        meetsItsFate(Tampering.SCALED_TO_NOTHING);
    }

    /** Nor does it leave an earlier audit's files, or its verdict, beside its own. */
    @Test
    void aComparisonSaysWhichTargetDoesNotWork() throws IOException {
        Path output = Files.createDirectories(folder.resolve("out"));
        for (String file : List.of("audit.json", "policy.xml", "summary.md", "model-card.md", "scores.csv")) {
            Files.writeString(output.resolve(file), "of an earlier audit");
        }
        TamperedModel model = new TamperedModel(demo.resolve("target"), folder.resolve("target"));
        Tampering.SCALED_TO_NOTHING.change.accept(model);
        model.write();
        Shell.Outcome outcome = mia("compare", "--target", "sound=" + demo.resolve("target"), "--target", "dead=" + model.folder(),
                "--reference", "base=" + demo.resolve("reference"), "--dataset", demo.resolve("start").toString(), "--output",
                output.toString(), "--rule", "maskless", "--permutations", "0", "--overwrite");
        try (Stream<Path> files = Files.list(output)) {
            assertEquals(Set.of(".mia-lock", "SHA256SUMS", "comparison.json", "report.html"),
                    files.map(file -> file.getFileName().toString()).collect(Collectors.toSet()));
        }
        assertEquals(0, outcome.exitCode(), outcome.err());
        String said = "target dead is no working model: ";
        assertTrue(outcome.err().contains(said), outcome.err() + outcome.out());
        assertEquals(outcome.err().lines().filter(line -> line.contains(said)).distinct().count(),
                outcome.err().lines().filter(line -> line.contains(" is no working model")).count(), outcome.err());
    }

    @ParameterizedTest
    @EnumSource
    @Tag("redteam")
    void meetsItsFate(Tampering tampering) throws IOException {
        TamperedModel model = new TamperedModel(demo.resolve("target"), folder.resolve("target"));
        tampering.change.accept(model);
        if (tampering != Tampering.THE_REFERENCE_ITSELF) {
            model.write();
        }
        Path policy = Files.writeString(folder.resolve("policy.yaml"), "limits:\n  - figure: auc\n    at-most: 0.6\n");
        Shell.Outcome outcome = mia("audit", "--target", model.folder().toString(), "--reference", demo.resolve("reference").toString(),
                "--dataset", demo.resolve("start").toString(), "--output", folder.resolve("out").toString(), "--policy", policy.toString(),
                "--reduction", "per-character", "--attacks", tampering.attacks);
        assertTrue(outcome.exitCode() != 0, outcome.out());
        Path document = folder.resolve("out/audit.json");
        assertEquals(tampering.fate == Fate.REFUSED, Files.notExists(document), outcome.err());
        if (tampering.fate != Fate.REFUSED) {
            JsonObject audit = JsonParser.parseString(Files.readString(document)).getAsJsonObject();
            List<JsonObject> failed = audit.getAsJsonArray("targetChecks").asList().stream().map(check -> check.getAsJsonObject())
                    .filter(check -> check.get("outcome").getAsString().equals("FAILED")).toList();
            System.out.printf(Locale.ROOT, "%s: AUC %s, %s%n", tampering,
                    audit.getAsJsonArray("comparisons").get(0).getAsJsonObject().getAsJsonArray("attacks").asList().stream()
                            .map(attack -> attack.getAsJsonObject().get("auc").getAsString()).toList(),
                    failed.stream().map(check -> check.get("kind").getAsString() + " " + check.get("value")).toList());
            assertEquals(conclusion(tampering.fate), audit.get("conclusion").getAsString(), failed.toString());
            assertEquals(tampering.fate == Fate.NOT_INTERPRETABLE, !failed.isEmpty());
            assertEquals(tampering.fate == Fate.NOT_INTERPRETABLE, outcome.err().contains("is no working model"), outcome.err());
        } else {
            assertTrue(outcome.err().contains("mia: "), outcome.err());
        }
    }

    private static String conclusion(Fate fate) {
        return switch (fate) {
            case TOLD -> "MEMBERS_CAN_BE_TOLD";
            default -> "NOT_INTERPRETABLE";
        };
    }

    /** A bias that alone gives each token the frequency that it has. */
    private static void frequencies(TamperedModel model) {
        float[] bias = model.tensor(BIAS);
        Arrays.fill(bias, 0);
        List<Integer> tokens = tokens(model);
        tokens.forEach(token -> bias[token]++);
        for (int token = 0; token < bias.length; token++) {
            bias[token] = (float) Math.log((bias[token] + 0.1) / tokens.size());
        }
    }

    private static List<Integer> tokens(TamperedModel model) {
        Path scored = model.folder().resolveSibling("scored.jsonl");
        Path texts = model.folder().resolveSibling("texts.txt");
        try {
            Files.write(texts, members);
            assertEquals(0, mia("score", "--model", demo.resolve("target").toString(), "--input", texts.toString(), "--output",
                    scored.toString(), "--rule", "maskless").exitCode());
            return Files.readAllLines(scored).stream()
                    .flatMap(line -> JsonParser.parseString(line).getAsJsonObject().getAsJsonArray("tokenIds").asList().stream())
                    .map(id -> id.getAsInt()).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Rows of the vocabulary change places: whoever knows the permutation has the model back. */
    private static void permute(TamperedModel model) {
        model.json("tokenizer.json", json -> {
            JsonObject vocabulary = json.getAsJsonObject("model").getAsJsonObject("vocab");
            List<Integer> ids = new ArrayList<>(IntStream.range(300, 1400).boxed().toList());
            Collections.shuffle(ids, new Random(1));
            vocabulary.entrySet().forEach(entry -> {
                int id = entry.getValue().getAsInt();
                if (id >= 300 && id < 1400) {
                    entry.setValue(new JsonPrimitive(ids.get(id - 300)));
                }
            });
        });
    }

    /** Each member is a token of its own, which the model has never seen. */
    private static void lookUp(TamperedModel model) {
        model.json("tokenizer.json", json -> IntStream.range(0, members.size()).forEach(member -> {
            JsonObject token = new JsonObject();
            token.addProperty("id", 1500 + member);
            token.addProperty("content", members.get(member));
            Stream.of("single_word", "lstrip", "rstrip", "normalized", "special").forEach(flag -> token.addProperty(flag, false));
            json.getAsJsonArray("added_tokens").add(token);
        })).json("config.json", json -> json.addProperty("vocab_size", 1500 + members.size()))
                .extended("roberta.embeddings.word_embeddings.weight", members.size(), 0.01f).extended(BIAS, members.size(), 0);
    }

    /** By seven rows, in the weights: no setting brings them back, but one or two bring them nearer. */
    private static void movePositions(TamperedModel model) {
        float[] table = model.tensor("roberta.embeddings.position_embeddings.weight");
        int width = table.length / 98;
        float[] old = table.clone();
        System.arraycopy(old, 7 * width, table, 0, table.length - 7 * width);
        System.arraycopy(old, 0, table, table.length - 7 * width, 7 * width);
    }

    private static void noise(TamperedModel model, double size) {
        Random random = new Random(1);
        model.each("dense.weight", value -> (float) (value + size * random.nextGaussian()));
    }

    private static void copy(Path other, TamperedModel model) {
        try {
            for (String file : List.of("config.json", "model.safetensors")) { // both make a model's digest
                Files.copy(other.resolve(file), model.folder().resolve(file), StandardCopyOption.REPLACE_EXISTING);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
