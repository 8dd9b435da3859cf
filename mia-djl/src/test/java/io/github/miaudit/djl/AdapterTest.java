package io.github.miaudit.djl;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.github.miaudit.checkpoint.Checkpoint;
import io.github.miaudit.data.Sample;
import io.github.miaudit.io.AuditException;
import io.github.miaudit.likelihood.MaskingRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Adapters that PEFT saved, with the values that it gives them without merging, in float64 ({@code adapters/make.py}). */
class AdapterTest {

    /** What float32 leaves of log-likelihoods of about 10; a merge by another formula is off by 1e-2 and more. */
    private static final double TOLERANCE = 3e-5;
    private static final List<String> MODEL_FILES = List.of("config.json", "model.safetensors", "tokenizer.json", "tokenizer_config.json");

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"rank-stabilised", "patterns", "head-saved", "biases", "positions"})
    void scoresAreThoseOfPeft(String adapter) throws IOException {
        Copies.of(Golden.BERT.folder(), MODEL_FILES, folder);
        Copies.of(adapter(adapter), folder);
        Files.deleteIfExists(folder.resolve("unmerged.safetensors"));
        assertScores(adapter, folder);
        assertNotEquals(Checkpoint.open(Golden.BERT.folder()).digest(), Checkpoint.open(folder).digest());
    }

    /** W + s · B A in doubles, element by element, as PEFT's get_delta_weight has it. */
    @Test
    void mergedMatricesAreThoseOfTheFormula() throws IOException {
        Copies.of(Golden.BERT.folder(), MODEL_FILES, folder);
        Copies.of(adapter("rank-stabilised"), List.of("adapter_config.json", "adapter_model.safetensors"), folder);
        Checkpoint checkpoint = Checkpoint.open(folder);
        assertEquals(2 * 5 + 1, checkpoint.updates().size()); // query, key, three "dense" a layer; the head's
        try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
            Map<String, NDArray> merged = Weights.load(checkpoint, manager);
            checkpoint.updates().forEach((name, update) -> {
                float[] base = Weights.read(checkpoint.tensors().get(name), manager).toFloatArray();
                float[] up = Weights.read(update.up(), manager).toFloatArray();
                float[] down = Weights.read(update.down(), manager).toFloatArray();
                int rank = (int) update.down().shape()[0];
                int columns = (int) update.down().shape()[1];
                assertEquals(5 / Math.sqrt(3), update.scale(), 1e-12);
                double[] expected = new double[base.length];
                for (int place = 0; place < base.length; place++) {
                    double product = 0;
                    for (int inner = 0; inner < rank; inner++) {
                        product += (double) up[place / columns * rank + inner] * down[inner * columns + place % columns];
                    }
                    expected[place] = base[place] + update.scale() * product;
                }
                float[] found = merged.get(name).toFloatArray();
                assertArrayEquals(expected, IntStream.range(0, found.length).mapToDouble(place -> found[place]).toArray(), 1e-6);
            });
        }
    }

    @Test
    void aPartOfAJointMatrixIsAdapted() throws IOException {
        Copies.of(Golden.family("modernbert").folder(), MODEL_FILES, folder);
        Copies.of(adapter("joint-projection"), folder);
        assertScores("joint-projection", folder);
    }

    @Test
    void anAdapterAloneFindsItsBaseByItsPath() throws IOException {
        Path alone = Files.createDirectory(folder.resolve("adapter"));
        Path base = Files.createDirectory(folder.resolve("base"));
        Copies.of(Golden.BERT.folder(), MODEL_FILES, base);
        Copies.of(adapter("patterns"), List.of("adapter_config.json", "adapter_model.safetensors"), alone);
        String refusal = assertThrows(AuditException.class, () -> MaskedLmScorer.open(alone)).getMessage();
        assertTrue(
                refusal.contains("is an adapter without its base model: base_model_name_or_path is \"bert-tiny\", which is no folder here"),
                refusal);
        for (String path : List.of("../base", base.toAbsolutePath().toString())) {
            Path settings = alone.resolve("adapter_config.json");
            Files.writeString(settings, Files.readString(settings).replaceFirst("(?<=\"base_model_name_or_path\": \")[^\"]+", path));
            assertScores("patterns", alone);
        }
    }

    @Test
    void anAdapterWithinTheModelsFileIsMerged() throws IOException {
        Copies.of(Golden.BERT.folder(), List.of("config.json", "tokenizer.json", "tokenizer_config.json"), folder);
        Files.copy(adapter("patterns").resolve("unmerged.safetensors"), folder.resolve("model.safetensors"));
        String refusal = assertThrows(AuditException.class, () -> MaskedLmScorer.open(folder)).getMessage();
        assertTrue(refusal.contains("an adapter was not merged: put its adapter_config.json beside the weights"), refusal);
        Files.copy(adapter("patterns").resolve("adapter_config.json"), folder.resolve("adapter_config.json"));
        assertScores("patterns", folder);
        Files.copy(adapter("patterns").resolve("adapter_model.safetensors"), folder.resolve("adapter_model.safetensors"));
        assertTrue(assertThrows(AuditException.class, () -> MaskedLmScorer.open(folder)).getMessage().contains("belongs to two adapters"));
    }

    @Test
    void trainingGoesOnFromTheMergedModel() throws IOException {
        Copies.of(Golden.BERT.folder(), MODEL_FILES, folder);
        Copies.of(adapter("head-saved"), List.of("adapter_config.json", "adapter_model.safetensors"), folder);
        Path trained = folder.resolve("trained");
        List<Sample> sentences = List.of(Sample.of("a", "No chest pain."), Sample.of("b", "Stable."));
        MaskedLmTrainer.from(folder).withSteps(1).withLearningRate(1e-12).train(sentences, trained);
        assertScores("head-saved", trained);
    }

    @ParameterizedTest
    @CsvSource({"words,'adapts bert.embeddings.word_embeddings.weight, which config.json ties'",
            "weight-decomposed,use_dora is true; what it adds is not computed",
            "principal-values,init_lora_weights is \"pissa\"; such a start",
            "bias-of-lora,lora_bias is true; what it adds is not computed"})
    void whatIsNotComputedIsRefused(String adapter, String problem) throws IOException {
        Copies.of(Golden.BERT.folder(), MODEL_FILES, folder);
        Copies.of(adapter(adapter), folder);
        String refusal = assertThrows(AuditException.class, () -> MaskedLmScorer.open(folder)).getMessage();
        assertTrue(refusal.contains(problem), refusal);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|',
            value = {"\"r\": 2| \"r\": 3| states rank 3 for bert.encoder.layer.0.attention.self.query, whose tensors have rank 2",
                    "\"peft_type\": \"LORA\"| \"peft_type\": \"IA3\"| peft_type is \"IA3\"; supported is \"LORA\"",
                    "\"use_qalora\": false| \"use_qalora\": true| use_qalora is true; what it adds is not computed",
                    "\"use_qalora\": false| \"use_newlora\": {\"a\": 1}| use_newlora is {\"a\":1}; what it adds is not computed",
                    "\"value\": 4| \"^val.*\": 4| rank_pattern has the key \"^val.*\"; supported are ends of module names",
                    "\"lora_alpha\": 4| \"lora_alpha\": \"four\"| lora_alpha is \"four\"; a number is needed"})
    void settingsThatDoNotFitAreNamed(String before, String after, String problem) throws IOException {
        Copies.of(Golden.BERT.folder(), MODEL_FILES, folder);
        Copies.of(adapter("patterns"), List.of("adapter_config.json", "adapter_model.safetensors"), folder);
        Path settings = folder.resolve("adapter_config.json");
        String text = Files.readString(settings);
        assertTrue(text.contains(before));
        Files.writeString(settings, text.replace(before, after));
        String refusal = assertThrows(AuditException.class, () -> MaskedLmScorer.open(folder)).getMessage();
        assertTrue(refusal.contains("adapter_config.json: " + problem), refusal);
    }

    private static void assertScores(String adapter, Path model) throws IOException {
        List<Golden.Sentence> sentences = Golden.sentences(adapter(adapter));
        assertEquals(2, sentences.size());
        try (MaskedLmScorer scorer = MaskedLmScorer.open(model)) {
            for (Golden.Sentence sentence : sentences) {
                assertArrayEquals(sentence.logLikelihoods(MaskingRule.original()),
                        scorer.score(List.of(sentence.sample()), MaskingRule.original()).get(0).logLikelihoods(), TOLERANCE);
            }
        }
    }

    private static Path adapter(String name) {
        return Golden.resource("/adapters/" + name);
    }
}
