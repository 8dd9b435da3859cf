package io.github.miaudit.djl;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.github.miaudit.data.Sample;
import io.github.miaudit.likelihood.MaskingRule;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;

/**
 * A checkpoint with the log-probabilities that Hugging Face transformers 4.34.1 and minicons 0.3.39 give it in
 * float64, and the padded loss of NHS England's priv-lm-health.
 */
final class Golden {

    static final Golden ROBERTA = new Golden("roberta-tiny");
    static final Golden BERT = new Golden("bert-tiny");

    private final Path folder;

    private Golden(String name) {
        this.folder = resource("/golden/" + name);
    }

    /** One of the families of transformers 5.17.0; values for the rules original, within-word-l2r and maskless. */
    static Golden family(String name) {
        return new Golden("families/" + name);
    }

    /** A model of settings that {@link #family} does not have; values for the same rules, and of the padded loss. */
    static Golden variant(String name) {
        return new Golden("variants/" + name);
    }

    /** One of the folders of {@code golden/rare-settings/make.py}; values for the rules original and maskless. */
    static Golden rareSettings(String name) {
        return new Golden("rare-settings/" + name);
    }

    Path folder() {
        return folder;
    }

    @Override
    public String toString() {
        return folder.getFileName().toString();
    }

    /** A sentence with its expected values. */
    record Sentence(Sample sample, boolean specialLiteral, boolean truncated, int tokenCount, JsonObject expected) {

        int[] contentIds() {
            int[] ids = ints(expected.getAsJsonArray("ids"));
            return IntStream.of(ints(expected.getAsJsonArray("scored_positions"))).map(position -> ids[position]).toArray();
        }

        /** The mean log-likelihood of all positions, padding included. */
        double paddedMean() {
            return -expected.getAsJsonObject("seed_loss").get("value").getAsDouble();
        }

        double[] logLikelihoods(MaskingRule rule) {
            return switch (rule.label()) {
                case "original" -> doubles(expected.getAsJsonObject("pll_original").getAsJsonArray("logprobs"));
                case "within-word-l2r" -> doubles(expected.getAsJsonObject("pll_within_word_l2r").getAsJsonArray("logprobs"));
                case "maskless" -> {
                    double[] all = doubles(expected.getAsJsonObject("unmasked").getAsJsonArray("logprobs_all_positions"));
                    yield IntStream.of(ints(expected.getAsJsonArray("scored_positions"))).mapToDouble(position -> all[position]).toArray();
                }
                default -> throw new IllegalArgumentException("no expected values for " + rule.label());
            };
        }
    }

    /** All sentences. */
    List<Sentence> sentences() {
        return sentences(folder);
    }

    /** Those of a folder's {@code expected.json}. */
    static List<Sentence> sentences(Path folder) {
        try {
            JsonObject file = JsonParser.parseString(Files.readString(folder.resolve("expected.json"))).getAsJsonObject();
            return StreamSupport.stream(file.getAsJsonArray("sentences").spliterator(), false).map(Golden::sentence).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The sentences within the model's length and without literal special tokens. */
    List<Sentence> plainSentences() {
        return sentences().stream().filter(sentence -> !sentence.truncated() && !sentence.specialLiteral()).toList();
    }

    private static Sentence sentence(JsonElement element) {
        JsonObject json = element.getAsJsonObject();
        return new Sentence(Sample.of(json.get("id").getAsString(), json.get("text").getAsString()),
                isTrue(json, "special_literal"), isTrue(json, "truncated"),
                json.has("n_tokens_untruncated") ? json.get("n_tokens_untruncated").getAsInt() : json.getAsJsonArray("ids").size(), json);
    }

    private static boolean isTrue(JsonObject json, String key) {
        return json.has(key) && json.get(key).getAsBoolean();
    }

    private static int[] ints(JsonArray array) {
        return StreamSupport.stream(array.spliterator(), false).mapToInt(JsonElement::getAsInt).toArray();
    }

    private static double[] doubles(JsonArray array) {
        return StreamSupport.stream(array.spliterator(), false).mapToDouble(JsonElement::getAsDouble).toArray();
    }

    static Path resource(String name) {
        try {
            return Path.of(Golden.class.getResource(name).toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
