package io.github.miaudit.djl;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.github.miaudit.checkpoint.Architecture;
import io.github.miaudit.checkpoint.Checkpoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Values made with PyTorch by {@code training/make.py}, and what {@link GradientNoise} promises of the sum. */
class StepGradientsTest {

    private static final double NO_LIMIT = 1e6;
    private static final int SEED = 3;

    private final Path model = Golden.ROBERTA.folder();
    private final JsonObject expected = expected();
    private final Architecture architecture = Checkpoint.open(model).architecture();
    private TrainableNetwork network;

    @BeforeEach
    void load() {
        network = TrainableNetwork.load(architecture, ScoringDevice.of("cpu"), Precision.FLOAT32,
                manager -> Weights.load(Checkpoint.open(model), manager));
    }

    @AfterEach
    void close() {
        network.close();
    }

    @Test
    void shortenedGradientsAreThoseOfPyTorch() {
        List<TrainingBatch> sentences = sentences();
        JsonArray norms = expected.getAsJsonArray("norms");
        for (int place = 0; place < sentences.size(); place++) {
            assertEquals(norms.get(place).getAsDouble(), norm(noisy(sentences.subList(place, place + 1), NO_LIMIT, 0, 1, 0)), 1e-3);
        }
        Map<String, float[]> found = noisy(sentences, expected.get("sentenceNorm").getAsDouble(), 0,
                expected.get("expectedSentences").getAsDouble(), 0);
        JsonObject gradients = expected.getAsJsonObject("gradients");
        assertEquals(gradients.size(), found.size());
        found.forEach((name, values) -> {
            JsonObject tensor = gradients.getAsJsonObject(architecture.parameters().get(name).stored());
            assertEquals(tensor.get("norm").getAsDouble(), norm(Map.of(name, values)), 1e-4, name);
            assertEquals(tensor.get("largest").getAsDouble(), values[tensor.get("at").getAsInt()], 1e-4, name);
        });
    }

    @Test
    void lossesAreSumsOverTargetsAsWithoutNoise() {
        List<TrainingBatch> sentences = sentences();
        double losses = 0;
        for (int place = 0; place < sentences.size(); place++) {
            losses += expected.getAsJsonArray("losses").get(place).getAsDouble() * sentences.get(place).targetCount();
        }
        assertEquals(losses, StepGradients.noisy(network, sentences, new GradientNoise(1, 1), 4, SEED, 0).losses(), 1e-3);
        assertEquals(losses, StepGradients.ofMeanLoss(network, sentences).losses(), 1e-3);
    }

    @Test
    void withoutLimitAndNoiseTheyAreOfTheMeanLossWhereSentencesHaveAsManyTargets() {
        List<TrainingBatch> alike = sentences().subList(0, 2);
        TrainingBatch together = new TrainingBatch(alike.stream().flatMap(batch -> batch.rows().stream()).toList());
        Map<String, float[]> ordinary = values(StepGradients.ofMeanLoss(network, alike));
        network.clearGradients();
        for (List<TrainingBatch> batches : List.of(alike, List.of(together))) {
            noisy(batches, NO_LIMIT, 0, 2, 0).forEach((name, values) -> assertArrayEquals(ordinary.get(name), values, 1e-5f, name));
        }
    }

    @Test
    void noSentenceSaysMoreThanTheLimit() {
        List<TrainingBatch> sentences = sentences();
        for (double limit : new double[] {1e-3, 1, 15}) {
            for (TrainingBatch sentence : sentences) {
                assertEquals(limit, norm(noisy(List.of(sentence), limit, 0, 1, 0)), 1e-4 * limit); // each alone is longer
            }
            assertTrue(norm(noisy(sentences, limit, 0, 1, 0)) <= sentences.size() * limit * (1 + 1e-5));
        }
    }

    /** Of n normal numbers of deviation 1 the mean deviates by 1 / sqrt n, the variance by sqrt(2 / n); five of these are allowed. */
    @Test
    void noiseIsGaussianOfTheStatedDeviationAndIndependent() {
        double limit = 0.5;
        double multiplier = 3;
        double expectedSentences = 2.5;
        Map<String, float[]> without = noisy(sentences(), limit, 0, expectedSentences, 7);
        double[] first = noise(noisy(sentences(), limit, multiplier, expectedSentences, 7), without,
                multiplier * limit / expectedSentences);
        double[] second = noise(noisy(sentences(), limit, multiplier, expectedSentences, 8), without,
                multiplier * limit / expectedSentences);
        int count = first.length;
        assertTrue(count > 100_000, count + " weights");
        for (double[] noise : List.of(first, second)) {
            assertEquals(0, Arrays.stream(noise).average().orElseThrow(), 5 / Math.sqrt(count));
            assertEquals(1, Arrays.stream(noise).map(value -> value * value).average().orElseThrow(), 5 * Math.sqrt(2.0 / count));
            double beyondTwo = Arrays.stream(noise).filter(value -> Math.abs(value) > 2).count() / (double) count;
            assertEquals(0.0455, beyondTwo, 5 * Math.sqrt(0.0455 * 0.9545 / count)); // 2 (1 - Phi(2))
        }
        double product = 0;
        double neighbours = 0;
        for (int place = 1; place < count; place++) {
            product += first[place] * second[place];
            neighbours += first[place] * first[place - 1];
        }
        assertEquals(0, product / count, 5 / Math.sqrt(count));
        assertEquals(0, neighbours / count, 5 / Math.sqrt(count));
    }

    @Test
    void noiseIsAFunctionOfSeedAndStep() {
        Map<String, float[]> once = noisy(sentences(), 1, 1, 4, 0);
        noisy(sentences(), 1, 1, 4, 1).forEach((name, values) -> assertFalse(Arrays.equals(once.get(name), values), name));
        noisy(sentences(), 1, 1, 4, 0).forEach((name, values) -> assertArrayEquals(once.get(name), values, name));
        values(StepGradients.noisy(network, sentences(), new GradientNoise(1, 1), 4, SEED + 1, 0))
                .forEach((name, values) -> assertFalse(Arrays.equals(once.get(name), values), name));
    }

    private Map<String, float[]> noisy(List<TrainingBatch> batches, double limit, double multiplier, double expectedSentences, int step) {
        return values(StepGradients.noisy(network, batches, new GradientNoise(limit, multiplier), expectedSentences, SEED, step));
    }

    private static Map<String, float[]> values(StepGradients gradients) {
        Map<String, float[]> values = new LinkedHashMap<>();
        gradients.byName().forEach((name, gradient) -> {
            try (NDArray closed = gradient) {
                values.put(name, closed.toFloatArray());
            }
        });
        return values;
    }

    private static double norm(Map<String, float[]> gradients) {
        double squares = 0;
        for (float[] values : gradients.values()) {
            for (float value : values) {
                squares += (double) value * value;
            }
        }
        return Math.sqrt(squares);
    }

    private static double[] noise(Map<String, float[]> with, Map<String, float[]> without, double deviation) {
        return with.keySet().stream().flatMapToDouble(name -> {
            double[] noise = new double[with.get(name).length];
            Arrays.setAll(noise, place -> ((double) with.get(name)[place] - without.get(name)[place]) / deviation);
            return Arrays.stream(noise);
        }).toArray();
    }

    private List<TrainingBatch> sentences() {
        return expected.getAsJsonArray("sentences").asList().stream().map(JsonElement::getAsJsonObject)
                .map(row -> new TrainingBatch(
                        List.of(new TrainingBatch.Row(longs(row, "shown"), longs(row, "positions"), longs(row, "targets")))))
                .toList();
    }

    private static long[] longs(JsonObject row, String name) {
        return row.getAsJsonArray(name).asList().stream().mapToLong(JsonElement::getAsLong).toArray();
    }

    private static JsonObject expected() {
        try {
            return JsonParser.parseString(Files.readString(Golden.resource("/training/shortened.json"))).getAsJsonObject();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
