package io.github.miaudit.djl;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.github.miaudit.checkpoint.Configuration;
import io.github.miaudit.data.Sample;
import io.github.miaudit.io.InvalidFileException;
import io.github.miaudit.likelihood.MaskingRule;
import io.github.miaudit.likelihood.SequenceScore;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * What somebody else's software says of a model: for some sentences the token ids, and the log-likelihood in nats of each token that
 * is no special one, given all others (the rule {@code original}). {@code docs/expected_values.py} writes such a file with Hugging
 * Face transformers. Sentences in which a special token is typed, or which are cut, are left out: there is no one right way to read
 * them. Immutable.
 */
public final class ExpectedValues {

    private record Sentence(Sample sample, int[] ids, double[] logLikelihoods) {
    }

    /**
     * How well a model agrees.
     *
     * @param sentences   how many were compared
     * @param largest     the largest difference of a token's log-likelihood in nats, of sentences with the same tokens
     * @param differences one for each sentence that differs by more than the tolerance, with its id
     */
    public record Agreement(int sentences, double largest, List<String> differences) {
    }

    private final List<Sentence> sentences;

    private ExpectedValues(List<Sentence> sentences) {
        this.sentences = sentences;
    }

    /**
     * Reads a file.
     *
     * @throws InvalidFileException if it can't be read, or has no sentences with their values
     */
    public static ExpectedValues read(Path file) {
        JsonObject json = Configuration.read(file).json();
        List<Sentence> sentences = new ArrayList<>();
        try {
            for (JsonElement element : json.getAsJsonArray("sentences")) {
                JsonObject sentence = element.getAsJsonObject();
                if (!isTrue(sentence, "special_literal") && !isTrue(sentence, "truncated")) {
                    sentences.add(sentence(sentence));
                }
            }
        } catch (RuntimeException e) { // a part is missing or of the wrong kind
            throw new InvalidFileException(file,
                    "has no valid sentences with id, text, ids, scored_positions and pll_original; write it with"
                            + " docs/expected_values.py");
        }
        if (sentences.isEmpty()) {
            throw new InvalidFileException(file, "has no sentence to compare");
        }
        return new ExpectedValues(List.copyOf(sentences));
    }

    /** Scores the sentences and compares; a float32 model agrees to 1e-4 nats. */
    public Agreement compare(MaskedLmScorer scorer, double tolerance) {
        List<SequenceScore> scores = scorer.score(sentences.stream().map(Sentence::sample).toList(), MaskingRule.original());
        List<String> differences = new ArrayList<>();
        double largest = 0;
        for (int index = 0; index < sentences.size(); index++) {
            Sentence expected = sentences.get(index);
            SequenceScore score = scores.get(index);
            String name = "sentence " + expected.sample.id();
            if (!Arrays.equals(expected.ids, score.tokenIds())) {
                int place = Arrays.mismatch(expected.ids, score.tokenIds());
                differences.add(name + " has other tokens from its token " + place + " on: " + id(score.tokenIds(), place) + " instead of "
                        + id(expected.ids, place));
                continue;
            }
            int worst = worst(expected.logLikelihoods, score.logLikelihoods());
            double difference = worst < 0 ? 0 : Math.abs(expected.logLikelihoods[worst] - score.logLikelihoods()[worst]);
            largest = Math.max(largest, difference);
            if (!(difference <= tolerance)) {
                differences.add(name + " differs most at its token " + worst + String.format(Locale.ROOT, ": %.6f instead of %.6f",
                        score.logLikelihoods()[worst], expected.logLikelihoods[worst]));
            }
        }
        return new Agreement(sentences.size(), largest, differences);
    }

    private static Sentence sentence(JsonObject json) {
        int[] all = json.getAsJsonArray("ids").asList().stream().mapToInt(JsonElement::getAsInt).toArray();
        int[] ids = json.getAsJsonArray("scored_positions").asList().stream().mapToInt(position -> all[position.getAsInt()]).toArray();
        double[] values = json.getAsJsonObject("pll_original").getAsJsonArray("logprobs").asList().stream()
                .mapToDouble(JsonElement::getAsDouble).toArray();
        if (ids.length != values.length) {
            throw new IllegalArgumentException("a value is missing");
        }
        return new Sentence(Sample.of(json.get("id").getAsString(), json.get("text").getAsString()), ids, values);
    }

    private static boolean isTrue(JsonObject json, String key) {
        return json.has(key) && json.get(key).getAsBoolean();
    }

    private static String id(int[] ids, int place) {
        return place < ids.length ? "id " + ids[place] : "none";
    }

    private static int worst(double[] expected, double[] found) {
        int worst = -1;
        for (int token = 0; token < expected.length; token++) {
            if (worst < 0 || Math.abs(expected[token] - found[token]) > Math.abs(expected[worst] - found[worst])) {
                worst = token;
            }
        }
        return worst;
    }
}
