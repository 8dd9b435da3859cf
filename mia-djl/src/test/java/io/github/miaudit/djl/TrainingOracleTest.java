package io.github.miaudit.djl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDManager;
import io.github.miaudit.checkpoint.Checkpoint;
import io.github.miaudit.data.Sample;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The first steps of a training against one that is written down plainly in double precision: the network of
 * {@link NaiveRoberta}, gradients by finite differences of every single weight, clipping, the learning rate and AdamW
 * from their definitions. Shared is what is masked, which {@link TrainingPlanTest} checks.
 */
class TrainingOracleTest {

    private static final NetworkSize SIZE = new NetworkSize(2, 4, 2, 6, 12);
    private static final List<Sample> SENTENCES = List.of(Sample.of("1", "no chest pain"),
            Sample.of("2", "the chest was clear and no fever and no cough"),
            Sample.of("3", "no fever"));
    private static final double RATE = 0.03;
    private static final double DECAY = 0.5;
    private static final double LIMIT = 0.8;
    private static final double DIFFERENCE = 1e-5;
    private static final int STEPS = 4;

    /** A tokenizer of whole words, few enough that every weight can be moved. */
    private static final String TOKENIZER = """
            {"model": {"type": "WordLevel", "unk_token": "<unk>", "vocab": {"<s>": 0, "<pad>": 1, "</s>": 2, "<unk>": 3, "<mask>": 4,
              "no": 5, "chest": 6, "pain": 7, "the": 8, "was": 9, "clear": 10, "fever": 11, "and": 12, "cough": 13}},
             "pre_tokenizer": {"type": "WhitespaceSplit"},
             "post_processor": {"type": "RobertaProcessing", "sep": ["</s>", 2],
                "cls": ["<s>", 0], "trim_offsets": true, "add_prefix_space": false},
             "added_tokens": [{"id": 4, "content": "<mask>", "single_word": false, "lstrip": false,
                "rstrip": false, "normalized": false, "special": true}]}
            """;

    @TempDir
    private Path folder;

    @Test
    void theFirstStepsAgree() {
        MaskedLmTrainer trainer = MaskedLmTrainer.of(SIZE, TOKENIZER).withDevice(ScoringDevice.of("cpu")).withSeed(5)
                .withLearningRate(RATE).withWeightDecay(DECAY).withGradientLimit(LIMIT).withWarmUp(0.25).withTokensPerStep(12);
        trainer.withSteps(0).train(SENTENCES, folder.resolve("start"));
        List<TrainingProgress> actual = new ArrayList<>();
        trainer.withSteps(STEPS).withListener(actual::add).train(SENTENCES, folder.resolve("trained"));

        List<List<TrainingBatch>> steps = steps();
        Map<String, double[]> weights = read(folder.resolve("start"));
        int vocabulary = weights.get("head.bias").length;
        Map<String, double[]> first = new LinkedHashMap<>();
        Map<String, double[]> second = new LinkedHashMap<>();
        weights.forEach((name, values) -> {
            first.put(name, new double[values.length]);
            second.put(name, new double[values.length]);
        });
        NaiveRoberta network = new NaiveRoberta(weights, SIZE, vocabulary);
        boolean clipped = false;
        for (int step = 1; step <= STEPS; step++) {
            List<TrainingBatch> batches = steps.get(step - 1);
            assertEquals(network.loss(batches), actual.get(step - 1).loss(), 2e-5, "loss in step " + step);
            Map<String, double[]> gradients = gradients(network, weights, batches);
            double norm = Math.sqrt(gradients.values().stream().flatMapToDouble(Arrays::stream).map(g -> g * g).sum());
            assertEquals(norm, actual.get(step - 1).gradientNorm(), 1e-4 * norm, "norm in step " + step);
            clipped |= norm > LIMIT;
            double rate = step == 1 ? RATE : RATE * (STEPS - step + 1) / 3; // one step of warm-up, then down to nothing
            for (String name : weights.keySet()) {
                for (int i = 0; i < weights.get(name).length; i++) {
                    double g = gradients.get(name)[i] * Math.min(1, LIMIT / norm);
                    double m = first.get(name)[i] = 0.9 * first.get(name)[i] + 0.1 * g;
                    double v = second.get(name)[i] = 0.999 * second.get(name)[i] + 0.001 * g * g;
                    double decay = name.endsWith("bias") || name.contains("norm.") ? 0 : DECAY;
                    weights.get(name)[i] -= rate * (m / (1 - Math.pow(0.9, step)) / (Math.sqrt(v / (1 - Math.pow(0.999, step))) + 1e-8)
                            + decay * weights.get(name)[i]);
                }
            }
        }
        assertTrue(clipped, "the limit did not matter");
        Map<String, double[]> trained = read(folder.resolve("trained"));
        assertEquals(network.loss(steps.get(0)), new NaiveRoberta(trained, SIZE, vocabulary).loss(steps.get(0)), 5e-5,
                "loss after the last step");
    }

    private static Map<String, double[]> gradients(NaiveRoberta network, Map<String, double[]> weights, List<TrainingBatch> batches) {
        Map<String, double[]> gradients = new LinkedHashMap<>();
        weights.forEach((name, values) -> {
            double[] gradient = new double[values.length];
            for (int i = 0; i < values.length; i++) {
                double value = values[i];
                values[i] = value + DIFFERENCE;
                double above = network.loss(batches);
                values[i] = value - DIFFERENCE;
                gradient[i] = (above - network.loss(batches)) / (2 * DIFFERENCE);
                values[i] = value;
            }
            gradients.put(name, gradient);
        });
        return gradients;
    }

    /** What the trainer looks at in each step. */
    private List<List<TrainingBatch>> steps() {
        try (MaskedLmTokenizer tokenizer = MaskedLmTokenizer.open(folder.resolve("start"))) {
            List<MaskableTokens> tokens = SENTENCES.stream()
                    .flatMap(sentence -> MaskableTokens.of(tokenizer.tokenise(sentence), SIZE.maximumLength()).stream()).toList();
            TrainingPlan plan = new TrainingPlan(tokens, new TokenMasker(tokenizer.maskId(), tokenizer.vocabularySize()),
                    TrainingSettings.FROM_NOTHING.with(draft -> draft.seed = 5).with(draft -> draft.tokensPerStep = 12));
            List<List<TrainingBatch>> steps = new ArrayList<>();
            for (int epoch = 0; steps.size() < STEPS; epoch++) {
                plan.epoch(epoch).forEach(step -> steps.add(step.batches()));
            }
            return steps;
        }
    }

    private static Map<String, double[]> read(Path model) {
        Map<String, double[]> weights = new LinkedHashMap<>();
        try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
            Weights.load(Checkpoint.open(model), manager).forEach((name, tensor) -> {
                float[] values = tensor.toFloatArray();
                double[] doubles = new double[values.length];
                Arrays.setAll(doubles, i -> values[i]);
                weights.put(name, doubles);
            });
        }
        return weights;
    }
}
