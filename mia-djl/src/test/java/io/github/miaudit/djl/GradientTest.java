package io.github.miaudit.djl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import io.github.miaudit.checkpoint.Architecture;
import io.github.miaudit.checkpoint.Checkpoint;
import io.github.miaudit.data.Sample;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The gradient of each program against finite differences of its loss. In float32 a loss of some hundred nats is known
 * to about 1e-5, so a difference over 2 × 0.002 is good to about 0.003; gradients here are up to tens. Of each tensor the
 * largest is checked, and two more.
 */
class GradientTest {

    private static final float DIFFERENCE = 2e-3f;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({"golden/bert-tiny,0.01", "golden/roberta-tiny,0.01", "families/distilbert,0.01", "families/electra,0.01",
            "families/modernbert,0.01", "golden/families/albert,0.01", "golden/families/ernie,0.01",
            "golden/families/megatron-bert,0.01", "golden/families/mpnet,0.01", "golden/families/roberta-prelayernorm,0.01",
            "golden/variants/albert-groups,0.01", "golden/variants/mpnet-long,0.01", "golden/variants/rembert,0.01",
            "golden/variants/xlm-roberta-xl,0.01", "golden/variants/xmod,0.01", "golden/variants/xmod-before,0.01",
            "golden/families/longformer,0.01", "golden/families/big_bird,0.01",
            "golden/families/deberta-v2,0.01",
            "golden/families/eurobert,0.01", "golden/rare-settings/deberta-own-keys-untied,0.01",
            "golden/rare-settings/eurobert-one-key-head-tied,0.01",
            "golden/rare-settings/nomic-bert,0.01",
            "families/bert-untied-relu,0.1"}) // a difference across the kink of a ReLU is off by more
    void theGradientIsThatOfTheLoss(String name, double tolerance) throws IOException {
        Path model = Golden.resource("/" + name);
        if (!Files.exists(model.resolve("tokenizer.json"))) {
            for (String file : List.of("config.json", "model.safetensors")) {
                Files.copy(model.resolve(file), folder.resolve(file));
            }
            Files.copy(Golden.BERT.folder().resolve("tokenizer.json"), folder.resolve("tokenizer.json"));
            model = folder;
        }
        Checkpoint checkpoint = Checkpoint.open(model);
        Random random = new Random(3);
        int large = 0;
        try (TrainableNetwork network = TrainableNetwork.load(checkpoint.architecture(), ScoringDevice.of("cpu"), Precision.FLOAT32,
                manager -> Weights.load(checkpoint, manager))) {
            List<TrainingBatch> batches = batches(model, checkpoint.architecture());
            batches.forEach(batch -> network.addGradients(batch, 1)); // of the sum
            for (Map.Entry<String, NDArray> gradient : network.gradients().entrySet()) {
                float[] analytic = gradient.getValue().toFloatArray();
                for (int draw = 0; draw < 3; draw++) {
                    int place = draw == 0 ? largest(analytic) : random.nextInt(analytic.length);
                    double numeric = (loss(network, batches, gradient.getKey(), place, DIFFERENCE)
                            - loss(network, batches, gradient.getKey(), place, -DIFFERENCE))
                            / (2 * DIFFERENCE);
                    assertEquals(numeric, analytic[place], tolerance * Math.abs(numeric) + 0.01, gradient.getKey() + "[" + place + "]");
                    large += Math.abs(analytic[place]) > 0.1 ? 1 : 0;
                }
                gradient.getValue().close();
            }
        }
        assertTrue(large > 20, large + " gradients were large enough to tell");
    }

    private static int largest(float[] values) {
        int largest = 0;
        for (int place = 0; place < values.length; place++) {
            largest = Math.abs(values[place]) > Math.abs(values[largest]) ? place : largest;
        }
        return largest;
    }

    /** The sum of losses with a weight changed. */
    private static double loss(TrainableNetwork network, List<TrainingBatch> batches, String name, int place, float change) {
        NDArray weight = network.weights().get(name);
        float[] values = weight.toFloatArray();
        values[place] += change;
        set(weight, values);
        double loss = batches.stream().mapToDouble(network::loss).sum();
        values[place] -= change;
        set(weight, values);
        return loss;
    }

    private static void set(NDArray weight, float[] values) {
        try (NDArray changed = weight.getManager().create(values, weight.getShape())) {
            changed.copyTo(weight);
        }
    }

    private static List<TrainingBatch> batches(Path model, Architecture architecture) {
        try (MaskedLmTokenizer tokenizer = MaskedLmTokenizer.open(model)) {
            List<MaskableTokens> tokens = List
                    .of("No chest pain.", "The patient was given aspirin and had no fever, no cough, no pain and no oedema.").stream()
                    .flatMap(text -> MaskableTokens.of(tokenizer.tokenise(Sample.of(text, text)), architecture.maximumLength()).stream())
                    .toList();
            return new TrainingPlan(tokens, new TokenMasker(tokenizer.maskId(), tokenizer.vocabularySize()), TrainingSettings.FROM_NOTHING)
                    .heldOut();
        }
    }
}
