package io.github.miaudit.spark;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.github.miaudit.data.Sample;
import io.github.miaudit.djl.MaskedLmScorer;
import io.github.miaudit.djl.ScoringDevice;
import io.github.miaudit.djl.MaskedLmOptions;
import io.github.miaudit.likelihood.MaskingRule;
import io.github.miaudit.likelihood.ScoreManifest;
import io.github.miaudit.likelihood.ScoringListener;
import io.github.miaudit.likelihood.SequenceScore;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/** Scores by population, id and rule, as text, with every digit: those that files hold, and those of one call without Spark. */
final class WrittenScores {

    private WrittenScores() {
    }

    /** Those of all files that manifests name. */
    static Map<String, String> in(Path output) {
        Map<String, String> scores = new TreeMap<>();
        for (Path manifest : manifests(output)) {
            JsonObject json = JsonParser.parseString(String.join("\n", Demonstration.lines(manifest))).getAsJsonObject();
            String rule = json.get("rule").getAsString();
            for (JsonObject line : lines(manifest.resolveSibling(json.get("file").getAsString()))) {
                String key = line.get("population").getAsString() + " " + line.get("id").getAsString() + " " + rule;
                String previous = scores.put(key, line.has("reason") ? "FAILED " + line.get("reason").getAsString()
                        : line.get("tokenIds") + " " + line.get("logLikelihoods"));
                if (previous != null) {
                    throw new IllegalStateException(key + " was scored twice");
                }
            }
        }
        return scores;
    }

    static List<Path> manifests(Path output) {
        return files(output).stream().filter(file -> file.endsWith("manifest.json")).toList();
    }

    /** What each manifest says. */
    static <T> List<T> told(Path output, Function<ScoreManifest, T> what) {
        return manifests(output).stream().map(ScoreManifest::read).map(what).toList();
    }

    /** Replaces text in manifests, whoever made them. */
    static void alter(Path output, String before, String after) {
        for (Path manifest : manifests(output)) {
            try {
                Files.writeString(manifest, Files.readString(manifest).replace(before, after));
                Files.deleteIfExists(manifest.resolveSibling("." + manifest.getFileName() + ".crc"));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    static List<Path> files(Path output) {
        try (Stream<Path> files = Files.walk(output)) {
            return files.filter(Files::isRegularFile).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<JsonObject> lines(Path file) {
        try (BufferedReader reader = new BufferedReader(
                new InputStreamReader(new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
            return reader.lines().map(JsonParser::parseString).map(JsonElement::getAsJsonObject).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The sentences of {@link Demonstration#write}. */
    static List<Sample> samples(Path folder) {
        return rows(folder).map(row -> Sample.of(row.get("id").getAsString(), row.get("text").getAsString())).toList();
    }

    private static Stream<JsonObject> rows(Path folder) {
        return Stream.of("one.json", "two.json").flatMap(name -> Demonstration.lines(folder.resolve(name)).stream())
                .map(line -> JsonParser.parseString(line).getAsJsonObject());
    }

    /** Those of the same sentences, in one call. */
    static Map<String, String> withoutSpark(Path folder, MaskingRule... rules) {
        List<String> keys = rows(folder).map(row -> row.get("population").getAsString() + " " + row.get("id").getAsString()).toList();
        List<Sample> samples = samples(folder);
        Map<String, String> scores = new TreeMap<>();
        try (MaskedLmScorer scorer = MaskedLmScorer.open(Demonstration.model(),
                MaskedLmOptions.withDefaults().withDevice(ScoringDevice.of("cpu")))) {
            Map<MaskingRule, List<SequenceScore>> scored = scorer.score(samples, Set.of(rules), ScoringListener.NONE);
            for (MaskingRule rule : rules) {
                List<SequenceScore> all = scored.get(rule);
                for (int row = 0; row < all.size(); row++) {
                    scores.put(keys.get(row) + " " + rule.label(), json(all.get(row)));
                }
            }
        }
        return scores;
    }

    /**
     * Checks that tokens are the same and their log-likelihoods but for the noise of float32: rows are packed into batches with those of
     * other sentences, and with how many decides in which order the library for matrices adds.
     */
    static void assertSame(Map<String, String> expected, Map<String, String> scores) {
        assertEquals(expected.keySet(), scores.keySet());
        expected.forEach((key, score) -> {
            assertEquals(score.substring(0, score.indexOf(' ')), scores.get(key).substring(0, scores.get(key).indexOf(' ')), key);
            assertArrayEquals(numbers(score), numbers(scores.get(key)), 2e-5, key);
        });
    }

    private static double[] numbers(String score) {
        return new Gson().fromJson(score.substring(score.indexOf(' ') + 1), double[].class);
    }

    private static String json(SequenceScore score) {
        Gson gson = new Gson();
        return gson.toJson(score.tokenIds()) + " " + gson.toJson(score.logLikelihoods());
    }

}
