package io.github.miaudit.djl;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.miaudit.data.Sample;
import io.github.miaudit.io.AuditException;
import io.github.miaudit.io.InvalidFileException;
import io.github.miaudit.io.Sha256;
import io.github.miaudit.io.UnorderedDigest;
import io.github.miaudit.likelihood.MaskingRule;
import io.github.miaudit.likelihood.Reduction;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MaskedLmTrainerTest {

    private static final List<Sample> SENTENCES = List.of(
            Sample.of("1", "The chest was clear."), Sample.of("2", "No chest pain."),
            Sample.of("3", "The patient was given aspirin."), Sample.of("4", "She had no fever and no cough."));

    @TempDir
    private Path folder;
    private Path output;

    @BeforeEach
    void nameOutput() {
        output = folder.resolve("model");
    }

    @Test
    void trainingLowersTheLossAndWritesAFolderThatScoresAsTrained() throws IOException {
        List<Double> losses = new ArrayList<>();
        trainer().withListener(progress -> losses.add(progress.loss())).train(SENTENCES, output);

        assertEquals(60, losses.size());
        assertTrue(losses.get(59) < 0.5 * losses.get(0), losses.toString());
        assertEquals(List.of("config.json", "model.safetensors", "tokenizer.json", "tokenizer_config.json", "training.json"),
                names(output));
        assertEquals(List.of("model"), names(folder));
        try (MaskedLmScorer scorer = MaskedLmScorer.open(output)) {
            double seen = Reduction.MEAN.reduce(scorer.score(SENTENCES.subList(0, 1), MaskingRule.original()).get(0));
            double unseen = Reduction.MEAN
                    .reduce(scorer.score(List.of(Sample.of("x", "Zygote quorum vexes!")), MaskingRule.original()).get(0));
            assertTrue(seen > unseen + 1, seen + " nats against " + unseen);
        }
    }

    @Test
    void aModelKnowsWhatItWasTrainedOn() throws IOException {
        trainer().withEpochs(1).train(SENTENCES, output);
        try (MaskedLmScorer scorer = MaskedLmScorer.open(output)) {
            assertTrue(scorer.isKnownToBeTrainedOn(SENTENCES));
            assertTrue(scorer.isKnownToBeTrainedOn(SENTENCES.stream().map(each -> Sample.of("other " + each.id(), each.text())).toList()));
            assertFalse(scorer.isKnownToBeTrainedOn(SENTENCES.subList(1, 4)), "of a part nothing is known");
            List<Sample> reversed = new ArrayList<>(SENTENCES);
            Collections.reverse(reversed);
            assertEquals(Optional.of(texts(reversed).sealed()), MaskedLmScorer.trainingTexts(output));
            assertNotEquals(texts(reversed).sealed(), texts(SENTENCES.subList(1, 4)).sealed());
            for (String others : List.of("{}", "[]", "{\"made\": {\"sentencesDigest\": []}}", "no JSON")) {
                Files.writeString(output.resolve("training.json"), others);
                assertFalse(scorer.isKnownToBeTrainedOn(SENTENCES), others);
                assertEquals(Optional.empty(), MaskedLmScorer.trainingTexts(output), others);
            }
            Files.delete(output.resolve("training.json"));
            assertFalse(scorer.isKnownToBeTrainedOn(SENTENCES));
        }
    }

    private static UnorderedDigest texts(List<Sample> sentences) {
        UnorderedDigest texts = UnorderedDigest.NONE;
        for (Sample sentence : sentences) {
            texts = texts.plus(Sha256.newDigest().digest(sentence.text().getBytes(StandardCharsets.UTF_8)));
        }
        return texts;
    }

    @Test
    void theSeedDecidesTheWeights() throws IOException {
        trainer().withEpochs(2).train(SENTENCES, output);
        trainer().withEpochs(2).train(SENTENCES, folder.resolve("again"));
        trainer().withEpochs(2).withSeed(2).train(SENTENCES, folder.resolve("other"));

        byte[] first = weights(output);
        assertArrayEquals(first, weights(folder.resolve("again")));
        assertFalse(Arrays.equals(first, weights(folder.resolve("other"))));
    }

    /** Every way in which a checkpoint's weights lie: tied or not, under old names, several in one tensor. */
    @ParameterizedTest
    @ValueSource(strings = {"golden/bert-tiny", "golden/roberta-tiny", "families/distilbert", "families/electra", "families/electra-zip",
            "families/bert-untied-relu", "families/bert-legacy", "families/modernbert", "golden/families/albert", "golden/families/ernie",
            "golden/families/megatron-bert", "golden/families/mpnet", "golden/families/roberta-prelayernorm",
            "golden/variants/albert-groups", "golden/variants/data2vec-text", "golden/variants/mpnet-long", "golden/variants/rembert",
            "golden/variants/xlm-roberta-xl", "golden/variants/xmod", "golden/variants/xmod-before",
            "golden/families/longformer", "golden/families/big_bird", "golden/families/deberta-v2", "golden/families/eurobert",
            "golden/rare-settings/deberta-conv-types-biased", "golden/rare-settings/deberta-own-keys-untied",
            "golden/rare-settings/eurobert-one-key-head-tied", "golden/rare-settings/nomic-bert-wide-heads-untied"})
    void aCheckpointOfAnyFamilyGoesOnLearning(String name) throws IOException {
        Path checkpoint = checkpoint(name);
        MaskedLmTrainer trainer = MaskedLmTrainer.from(checkpoint).withHeldOut(SENTENCES).withLearningRate(1e-3);
        List<Double> losses = new ArrayList<>();
        trainer.withSteps(0).train(SENTENCES, output);
        trainer.withSteps(12).withListener(heldOut(losses)).train(SENTENCES, folder.resolve("further"));

        double[][] before = score(checkpoint);
        double[][] untouched = score(output);
        double[][] further = score(folder.resolve("further"));
        for (int sentence = 0; sentence < before.length; sentence++) {
            assertArrayEquals(before[sentence], untouched[sentence], 0);
            assertFalse(Arrays.equals(before[sentence], further[sentence]));
        }
        assertTrue(losses.get(losses.size() - 1) < losses.get(0) - 0.05, losses.toString());
    }

    @Test
    void heldOutLossesOfTrainingsCompare() {
        List<Double> losses = new ArrayList<>();
        MaskedLmTrainer trainer = MaskedLmTrainer.from(Golden.BERT.folder()).withHeldOut(SENTENCES).withListener(heldOut(losses))
                .withSteps(0);
        trainer.train(SENTENCES, output);
        trainer.withSeed(99).withTokenBudget(1).train(SENTENCES.subList(0, 1), folder.resolve("other"));
        assertEquals(2, losses.size());
        assertEquals(losses.get(0), losses.get(1), 1e-6);
    }

    @Test
    void aSentenceBeyondTheMaximumLengthIsLearntInWindows() throws IOException {
        List<TrainingProgress> steps = new ArrayList<>();
        MaskedLmTrainer trainer = trainer().withEpochs(1).withTokensPerStep(1).withListener(steps::add);
        trainer.train(List.of(Sample.of("long", "pain ".repeat(40))), output);
        assertTrue(steps.size() > 1, steps.toString());
    }

    @Test
    void theSameCallAgainDoesNothing() throws IOException {
        trainer().withEpochs(1).train(SENTENCES, output);
        byte[] weights = weights(output);
        trainer().withEpochs(1).withCheckpointEvery(7).withListener(progress -> {
            throw new AssertionError("trained again");
        }).train(SENTENCES, output);
        assertArrayEquals(weights, weights(output));
    }

    @Test
    void aModelThatIsThereIsNotReplacedByAnother() throws IOException {
        trainer().withEpochs(1).train(SENTENCES, output);
        requireRefused("learningRate was 0.005, and now it is 0.001;", trainer().withEpochs(1).withLearningRate(1e-3), SENTENCES);
        requireRefused("sentencesDigest was ", trainer().withEpochs(1), SENTENCES.subList(0, 3));
        requireRefused("lengthIn was \"epochs\", and now it is \"steps\";", trainer().withSteps(1), SENTENCES);
        requireRefused("heldOutDigest was ", trainer().withEpochs(1).withHeldOut(SENTENCES), SENTENCES);
        requireRefused("startDigest was ", MaskedLmTrainer.from(Golden.BERT.folder()).withEpochs(1), SENTENCES);

        Path foreign = Files.createDirectory(folder.resolve("foreign"));
        Files.writeString(foreign.resolve("file"), "");
        assertTrue(assertThrows(InvalidFileException.class, () -> trainer().train(SENTENCES, foreign)).getMessage()
                .contains("is there already"));
    }

    @Test
    void noiseIsInTheRecordAndDecidesTheWeights() throws IOException {
        GradientNoise noise = new GradientNoise(0.5, 0.25);
        MaskedLmTrainer noisy = trainer().withEpochs(2).withNoise(noise);
        noisy.train(SENTENCES, output);
        noisy.train(SENTENCES, folder.resolve("again"));
        trainer().withEpochs(2).withNoise(new GradientNoise(0.5, 0.5)).train(SENTENCES, folder.resolve("noisier"));
        for (String file : List.of("model.safetensors", "training.json")) {
            byte[] bytes = Files.readAllBytes(output.resolve(file));
            assertArrayEquals(bytes, Files.readAllBytes(folder.resolve("again").resolve(file)), file);
            assertFalse(Arrays.equals(bytes, Files.readAllBytes(folder.resolve("noisier").resolve(file))), file);
        }
        requireRefused("noiseMultiplier was 0.25, and now it is 0.5;", noisy.withNoise(new GradientNoise(0.5, 0.5)), SENTENCES);
        requireRefused("sentenceNorm was 0.5, and now it is none;", trainer().withEpochs(2), SENTENCES);

        Path ordinary = folder.resolve("ordinary");
        trainer().withEpochs(2).train(SENTENCES, ordinary);
        String message = assertThrows(InvalidFileException.class, () -> noisy.train(SENTENCES, ordinary)).getMessage();
        assertTrue(message.contains("training.json: says that sentenceNorm was none, and now it is 0.5;"), message);
    }

    @Test
    void littleNoiseLeavesSomethingToLearn() throws IOException {
        List<Double> losses = new ArrayList<>();
        trainer().withNoise(new GradientNoise(1, 0.01)).withListener(progress -> losses.add(progress.loss())).train(SENTENCES, output);
        assertTrue(losses.get(59) < losses.get(0) - 2, losses.toString());
    }

    @Test
    void aTrainingThatFailsLeavesNothingToGoOnFrom() throws IOException {
        MaskedLmTrainer tooFast = trainer().withLearningRate(1e30).withWarmUp(0);
        AuditException error = assertThrows(AuditException.class, () -> tooFast.train(SENTENCES, output));
        assertTrue(error.getMessage().matches("in step \\d+ the training loss became NaN .* lower the learning rate of 1.0E30"),
                error.getMessage());
        assertEquals(List.of(), names(folder));
        assertTrue(assertThrows(AuditException.class, () -> trainer().train(List.of(Sample.of("1", "")), output)).getMessage()
                .startsWith("none of the 1 sentences"));
        assertEquals(List.of(), names(folder));
    }

    @Test
    void twoTrainingsDoNotShareAFolder() throws IOException {
        List<String> errors = new ArrayList<>();
        trainer().withEpochs(1)
                .withListener(progress -> errors
                        .add(assertThrows(AuditException.class, () -> trainer().withEpochs(1).train(SENTENCES, output)).getMessage()))
                .train(SENTENCES, output);
        assertTrue(errors.get(0).startsWith("another training is writing to "), errors.toString());
    }

    @Test
    void settingsAreChecked() throws IOException {
        MaskedLmTrainer trainer = trainer();
        assertEquals("epochs is 0; it must be at least 1", refusal(() -> trainer.withEpochs(0)));
        assertEquals("steps is -1; it must be at least 0", refusal(() -> trainer.withSteps(-1)));
        assertEquals("learning rate is NaN; it must be positive", refusal(() -> trainer.withLearningRate(Double.NaN)));
        assertEquals("warm-up is 1.0; it must be a share of the steps in [0, 1)", refusal(() -> trainer.withWarmUp(1)));
        assertEquals("weight decay is -0.1; it must be at least 0", refusal(() -> trainer.withWeightDecay(-0.1)));
        assertEquals("gradient limit is 0.0; it must be positive", refusal(() -> trainer.withGradientLimit(0)));
        assertEquals("tokens per step is 0; it must be at least 1", refusal(() -> trainer.withTokensPerStep(0)));
        assertEquals("token budget is 0; it must be at least 1", refusal(() -> trainer.withTokenBudget(0)));
        assertEquals("precision is float16, in which small gradients vanish; training knows float32 and bfloat16",
                refusal(() -> trainer.withPrecision(Precision.FLOAT16)));
        assertEquals("checkpoint every is 0; it must be at least 1", refusal(() -> trainer.withCheckpointEvery(0)));
        assertEquals("sentence norm is 0.0; it must be positive", refusal(() -> new GradientNoise(0, 1)));
        assertEquals("noise multiplier is NaN; it must be at least 0", refusal(() -> new GradientNoise(1, Double.NaN)));
    }

    private void requireRefused(String why, MaskedLmTrainer trainer, List<Sample> sentences) {
        String message = assertThrows(InvalidFileException.class, () -> trainer.train(sentences, output)).getMessage();
        assertTrue(message.contains("training.json: says that " + why), message);
    }

    private static String refusal(Executable setting) {
        return assertThrows(IllegalArgumentException.class, setting).getMessage();
    }

    private static TrainingListener heldOut(List<Double> losses) {
        return new TrainingListener() {
            @Override
            public void stepDone(TrainingProgress progress) {
            }

            @Override
            public void heldOutMeasured(String model, int step, double loss) {
                losses.add(loss);
            }
        };
    }

    /** A family's folder with the tokenizer that it goes with. */
    private Path checkpoint(String name) throws IOException {
        if (name.startsWith("golden/")) {
            return Golden.resource("/" + name);
        }
        Path checkpoint = Files.createDirectory(folder.resolve("checkpoint"));
        String configured = name.replace("electra-zip", "electra").replace("bert-legacy", "bert-untied-relu");
        Files.copy(Golden.resource("/" + configured).resolve("config.json"), checkpoint.resolve("config.json"));
        Files.copy(Golden.BERT.folder().resolve("tokenizer.json"), checkpoint.resolve("tokenizer.json"));
        for (String file : List.of("model.safetensors", "pytorch_model.bin")) {
            if (Files.exists(Golden.resource("/" + name).resolve(file))) {
                Files.copy(Golden.resource("/" + name).resolve(file), checkpoint.resolve(file));
            }
        }
        return checkpoint;
    }

    private static double[][] score(Path model) {
        try (MaskedLmScorer scorer = MaskedLmScorer.open(model)) {
            return scorer.score(SENTENCES, MaskingRule.original()).stream().map(score -> score.logLikelihoods()).toArray(double[][]::new);
        }
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    private static byte[] weights(Path model) throws IOException {
        return Files.readAllBytes(model.resolve("model.safetensors"));
    }

    private static MaskedLmTrainer trainer() throws IOException {
        return MaskedLmTrainer.of(new NetworkSize(2, 32, 2, 64, 30), Files.readString(Golden.ROBERTA.folder().resolve("tokenizer.json")))
                .withEpochs(60).withLearningRate(5e-3);
    }
}
