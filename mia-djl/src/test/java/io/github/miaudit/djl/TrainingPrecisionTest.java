package io.github.miaudit.djl;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import io.github.miaudit.checkpoint.Checkpoint;
import io.github.miaudit.checkpoint.ElementType;
import io.github.miaudit.checkpoint.SafetensorsFile;
import io.github.miaudit.data.Sample;
import io.github.miaudit.io.InvalidFileException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Training in bfloat16 against training in float32, whose gradients {@link GradientTest} checks. */
class TrainingPrecisionTest {

    private static final List<String> WORDS = List.of("the", "patient", "had", "no", "fever", "pain", "chest", "was", "given", "aspirin");

    @TempDir
    private Path folder;

    /**
     * A bfloat16 is known to 1 part in 256; through a few layers that becomes 1 part in 60 or better. A CPU's kernels also add up in
     * bfloat16 what one pass says of a row of a table or of a normalisation, so those of single tensors may be further off.
     */
    @ParameterizedTest
    @ValueSource(strings = {"golden/roberta-tiny", "golden/families/albert", "golden/families/mpnet",
            "golden/families/roberta-prelayernorm", "golden/families/longformer", "golden/families/deberta-v2", "golden/families/eurobert",
            "golden/variants/xmod", "golden/rare-settings/nomic-bert"})
    void gradientsAreThoseOfFloat32ButForRounding(String name) {
        Path model = Golden.resource("/" + name);
        Map<String, float[]> exact = gradients(model, Precision.FLOAT32);
        Map<String, float[]> half = gradients(model, Precision.BFLOAT16);
        double whole = Math.sqrt(exact.values().stream().mapToDouble(TrainingPrecisionTest::squares).sum());
        double off = 0;
        for (Map.Entry<String, float[]> gradient : exact.entrySet()) {
            float[] difference = half.get(gradient.getKey()).clone();
            for (int place = 0; place < difference.length; place++) {
                difference[place] -= gradient.getValue()[place];
            }
            off += squares(difference);
            double length = Math.sqrt(squares(gradient.getValue()));
            if (length > 1e-3 * whole) { // those of keys' biases are 0, as softmax does not see them
                assertEquals(0, Math.sqrt(squares(difference)) / length, 0.1, gradient.getKey());
            }
        }
        assertEquals(0, Math.sqrt(off) / whole, 0.03);
        assertTrue(off > 0, "it was computed in bfloat16");
    }

    @Test
    void lossesFallAsInFloat32() throws IOException {
        List<Double> exact = losses(trainer(), "float32");
        List<Double> half = losses(trainer().withPrecision(Precision.BFLOAT16), "bfloat16");
        assertEquals(exact.size(), half.size());
        for (int step = 0; step < exact.size(); step++) {
            assertEquals(exact.get(step), half.get(step), 0.03 * exact.get(0), "step " + step);
        }
        assertTrue(half.get(half.size() - 1) < 0.5 * half.get(0), half.toString());
    }

    @Test
    void weightsAreKeptInFloat32() throws IOException {
        trainer().withPrecision(Precision.BFLOAT16).withSteps(3).train(sentences(), folder.resolve("model"));
        int fine = 0;
        for (var tensor : SafetensorsFile.read(folder.resolve("model/model.safetensors")).values()) {
            assertEquals(ElementType.FLOAT32, tensor.type());
            var values = tensor.bytes().asIntBuffer();
            while (values.hasRemaining()) {
                fine += (values.get() & 0xFFFF) == 0 ? 0 : 1; // no bfloat16 has these bits
            }
        }
        assertTrue(fine > 1000, fine + " weights are finer than bfloat16");
    }

    @Test
    void theSeedDecidesTheWeights() throws IOException {
        MaskedLmTrainer half = trainer().withPrecision(Precision.BFLOAT16).withSteps(5);
        half.train(sentences(), folder.resolve("one"));
        half.train(sentences(), folder.resolve("again"));
        trainer().withSteps(5).train(sentences(), folder.resolve("exact"));
        for (String file : List.of("model.safetensors", "training.json")) {
            byte[] one = Files.readAllBytes(folder.resolve("one").resolve(file));
            assertArrayEquals(one, Files.readAllBytes(folder.resolve("again").resolve(file)));
            assertFalse(Arrays.equals(one, Files.readAllBytes(folder.resolve("exact").resolve(file))));
        }
    }

    @Test
    void theRecordNamesThePrecision() throws IOException {
        Path model = folder.resolve("model");
        trainer().withSteps(1).train(sentences(), model);
        Path record = model.resolve("training.json");
        String text = Files.readString(record);
        assertTrue(text.contains("\"precision\": \"float32\""), text);
        MaskedLmTrainer half = trainer().withSteps(1).withPrecision(Precision.BFLOAT16);
        String refusal = assertThrows(InvalidFileException.class, () -> half.train(sentences(), model)).getMessage();
        assertTrue(refusal.contains("says that precision was \"float32\", and now it is \"bfloat16\";"), refusal);

        Files.writeString(record, text.replaceFirst(",\\s*\"precision\": \"float32\"", "")); // as earlier versions wrote it
        trainer().withSteps(1).train(sentences(), model);
        assertTrue(assertThrows(InvalidFileException.class, () -> half.train(sentences(), model)).getMessage().contains("precision was"));
    }

    private static double squares(float[] values) {
        return IntStream.range(0, values.length).mapToDouble(place -> (double) values[place] * values[place]).sum();
    }

    /** Of the mean loss. */
    private static Map<String, float[]> gradients(Path model, Precision precision) {
        Checkpoint checkpoint = Checkpoint.open(model);
        Map<String, float[]> gradients = new LinkedHashMap<>();
        try (TrainableNetwork network = TrainableNetwork.load(checkpoint.architecture(), ScoringDevice.of("cpu"), precision,
                manager -> Weights.load(checkpoint, manager)); MaskedLmTokenizer tokenizer = MaskedLmTokenizer.open(model)) {
            List<MaskableTokens> tokens = sentences().stream().flatMap(
                    sentence -> MaskableTokens.of(tokenizer.tokenise(sentence), checkpoint.architecture().maximumLength()).stream())
                    .toList();
            List<TrainingBatch> batches = new TrainingPlan(tokens, new TokenMasker(tokenizer.maskId(), tokenizer.vocabularySize()),
                    TrainingSettings.FROM_NOTHING).heldOut();
            int targets = batches.stream().mapToInt(TrainingBatch::targetCount).sum();
            batches.forEach(batch -> network.addGradients(batch, targets));
            for (Map.Entry<String, NDArray> gradient : network.gradients().entrySet()) {
                gradients.put(gradient.getKey(), gradient.getValue().toFloatArray());
                gradient.getValue().close();
            }
        }
        return gradients;
    }

    private List<Double> losses(MaskedLmTrainer trainer, String name) {
        List<Double> losses = new ArrayList<>();
        trainer.withListener(progress -> losses.add(progress.loss())).train(sentences(), folder.resolve(name));
        return losses;
    }

    private static List<Sample> sentences() {
        Random random = new Random(4);
        return IntStream.range(0, 60).mapToObj(number -> Sample.of("" + number, "Then " + IntStream.range(0, 3 + number % 7)
                .mapToObj(place -> WORDS.get(random.nextInt(1 + number % WORDS.size()))).collect(Collectors.joining(" ")) + ".")).toList();
    }

    private static MaskedLmTrainer trainer() throws IOException {
        return MaskedLmTrainer.of(new NetworkSize(2, 32, 2, 64, 30), Files.readString(Golden.ROBERTA.folder().resolve("tokenizer.json")))
                .withSteps(40).withTokensPerStep(256).withLearningRate(5e-3).withDevice(ScoringDevice.of("cpu"));
    }
}
