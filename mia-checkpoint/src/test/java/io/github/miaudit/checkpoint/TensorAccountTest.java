package io.github.miaudit.checkpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.miaudit.checkpoint.EditableWeights.Tensor;
import io.github.miaudit.io.InvalidFileException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is taken of the weights, what is left, and what is refused. */
class TensorAccountTest {

    private static final List<String> WRAPPERS = List.of("module.", "model.", "_orig_mod.", "base_model.model.", "module._orig_mod.",
            "_orig_mod.module.", "base_model.model.module.", "module.model.", "model.model.");

    @TempDir
    private Path folder;

    static Stream<String> families() throws IOException {
        try (Stream<Path> all = Files.list(Resources.folder("/golden/families"))) {
            List<String> names = all.filter(Files::isDirectory).filter(Checkpoint::hasWeights)
                    .map(path -> "/golden/families/" + path.getFileName()).toList();
            return Stream.concat(
                    Stream.of("/golden/bert-tiny", "/golden/roberta-tiny", "/families/distilbert", "/families/bert-untied-relu"),
                    names.stream());
        }
    }

    @ParameterizedTest
    @MethodSource("families")
    void wrappersInFrontAreSeenThrough(String model) throws IOException {
        EditableWeights weights = copy(model);
        Map<String, String> plain = taken();
        for (String wrapper : WRAPPERS) {
            weights.renamed(name -> wrapper + name).write(folder.resolve("model.safetensors"));
            assertEquals(plain, taken(), wrapper);
        }
        weights.renamed(name -> name.replaceFirst("\\.", "._orig_mod.")).write(folder.resolve("model.safetensors"));
        assertEquals(plain, taken());
        weights.renamed(name -> name.replaceFirst("(norm|Norm)\\.weight$", "$1.gamma").replaceFirst("(norm|Norm)\\.bias$", "$1.beta"))
                .write(folder.resolve("model.safetensors"));
        assertEquals(plain, taken());
    }

    @ParameterizedTest
    @MethodSource("families")
    void theBaseIsReadWithoutItsName(String model) throws IOException {
        EditableWeights weights = copy(model);
        Map<String, String> plain = taken();
        String base = Checkpoint.open(folder).architecture().names().base();
        weights.renamed(name -> name.startsWith(base) ? name.substring(base.length()) : name).write(folder.resolve("model.safetensors"));
        assertEquals(plain, taken());
    }

    /** The published DeBERTa v3 hold the head that they were trained with, where transformers make a fresh one. */
    @Test
    void aTrainedHeadThatTransformersLeaveOutIsNotOverlooked() throws IOException {
        EditableWeights weights = copy("/golden/families/deberta-v2");
        weights.tensors().put("mask_predictions.dense.bias", Tensor.of(1, 48)); // the detector of replaced tokens
        weights.write(folder.resolve("model.safetensors"));
        taken();
        weights.tensors().put("lm_predictions.lm_head.bias", Tensor.of(1, 600));
        weights.write(folder.resolve("model.safetensors"));
        String beside = assertThrows(InvalidFileException.class, this::taken).getMessage();
        assertTrue(beside.contains("lm_predictions.lm_head.bias; this is the head that DeBERTa was trained with"), beside);
        weights.tensors().keySet().removeIf(name -> name.startsWith("cls."));
        weights.write(folder.resolve("model.safetensors"));
        String alone = assertThrows(InvalidFileException.class, this::taken).getMessage();
        assertTrue(alone.contains("it lacks cls.predictions.") && alone.contains("it holds lm_predictions: this is the head"), alone);
    }

    @ParameterizedTest
    @MethodSource("families")
    void anyOtherTensorIsRefusedByName(String model) throws IOException {
        EditableWeights weights = copy(model);
        for (String name : List.of("mystery.weight", "encoder.layer.99.output.dense.weight", "layers.99.attn.Wo.weight",
                "cls.extra.weight", "lm_head.scale", "head.norm.alpha")) {
            weights.tensors().put(name, Tensor.of(1, 3));
            weights.write(folder.resolve("model.safetensors"));
            assertRefused("holds tensors that are no known part of this kind of masked language model", name);
            weights.tensors().remove(name);
        }
    }

    @ParameterizedTest
    @MethodSource("families")
    void ofTwoBiasesTheDecodersCounts(String model) throws IOException {
        EditableWeights weights = copy(model);
        for (Architecture.Parameter parameter : Checkpoint.open(folder).architecture().parameters().values()) {
            if (parameter.better().isEmpty()) {
                continue;
            }
            int size = (int) parameter.shape()[0];
            weights.tensors().put(parameter.better().get(), Tensor.of(1, size));
            weights.tensors().put(parameter.stored(), Tensor.of(2, size));
            weights.write(folder.resolve("model.safetensors"));
            assertTrue(taken().containsValue(fingerprint(Tensor.of(1, size))), parameter.stored());
            weights.tensors().put(parameter.better().get(), Tensor.of(1, size - 1)); // left over from before the vocabulary grew
            weights.write(folder.resolve("model.safetensors"));
            assertTrue(taken().containsValue(fingerprint(Tensor.of(2, size))), parameter.stored());
            weights.tensors().put(parameter.better().get(), Tensor.of(1, size));
            weights.tensors().put(parameter.stored(), Tensor.of(2, size - 1));
            weights.write(folder.resolve("model.safetensors"));
            assertTrue(taken().containsValue(fingerprint(Tensor.of(1, size))), parameter.stored());
            weights.tensors().remove(parameter.stored());
            weights.write(folder.resolve("model.safetensors"));
            assertTrue(taken().containsValue(fingerprint(Tensor.of(1, size))), parameter.stored());
        }
    }

    @ParameterizedTest
    @MethodSource("families")
    void whatIsTiedMustBeEqualWhereBothAreStored(String model) throws IOException {
        EditableWeights weights = copy(model);
        Map<String, String> plain = taken();
        for (Architecture.Parameter parameter : Checkpoint.open(folder).architecture().parameters().values()) {
            if (parameter.tied().isEmpty()) {
                continue;
            }
            String decoder = parameter.tied().get();
            Tensor words = weights.tensors().get(parameter.stored());
            weights.tensors().put(decoder, words);
            weights.write(folder.resolve("model.safetensors"));
            assertEquals(plain, taken());
            weights.tensors().remove(parameter.stored());
            weights.write(folder.resolve("model.safetensors"));
            assertEquals(plain, taken());
            weights.tensors().put(parameter.stored(), words);
            weights.tensors().put(decoder, Tensor.of(7, words.shape().toArray(Integer[]::new)));
            weights.write(folder.resolve("model.safetensors"));
            assertRefused("holds " + decoder + " and " + parameter.stored() + " with different numbers, but config.json says",
                    "tie_word_embeddings");
        }
    }

    @Test
    void fewerLayersInTheConfigurationThanInTheFileAreRefused() throws IOException {
        copy("/golden/bert-tiny");
        configure("\"num_hidden_layers\": 2", "\"num_hidden_layers\": 1");
        assertRefused("holds tensors that are no known part", "does config.json state fewer layers than were saved");
    }

    @ParameterizedTest
    @CsvSource({"bert.encoder.layer.0.attention.self.query.lora_A.default.weight,adapter_config.json",
            "bert.encoder.layer.0.output.adapters.pfeiffer.down.weight,an adapter was not merged into the weights",
            "bert.encoder.layer.0.output.dense.weight.absmax,the weights are quantised",
            "optimizer.state,a trainer's state", "mystery,if they take no part in masked-LM scoring"})
    void theLikelyCauseIsTold(String name, String cause) throws IOException {
        EditableWeights weights = copy("/golden/bert-tiny");
        weights.tensors().put(name, Tensor.of(1, 3));
        weights.write(folder.resolve("model.safetensors"));
        assertRefused("holds tensors that are no known part", cause);
    }

    @Test
    void aModelFromWhichAnAdapterWasTakenIsRefused() throws IOException {
        copy("/golden/bert-tiny").renamed(name -> name.replace(".self.query.", ".self.query.base_layer."))
                .write(folder.resolve("model.safetensors"));
        assertRefused("holds bert.encoder.layer.0.attention.self.query.base_layer.",
                "which an adapter changed whose tensors are not there");
    }

    @Test
    void aPrefixThatIsNotKnownIsNamed() throws IOException {
        copy("/golden/bert-tiny").renamed(name -> "teacher." + name).write(folder.resolve("model.safetensors"));
        assertRefused("names its tensors with a prefix that is not known, such as teacher.cls.predictions.",
                "; save them as cls.predictions.");
    }

    @Test
    void aTensorUnderTwoNamesIsRefused() throws IOException {
        EditableWeights weights = copy("/golden/bert-tiny");
        String name = "bert.embeddings.word_embeddings.weight";
        weights.tensors().put("module." + name, weights.tensors().get(name));
        weights.write(folder.resolve("model.safetensors"));
        assertRefused("holds " + name + " twice, as ", "module." + name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"AutoModel", "AutoModelForMaskedLM"})
    void aProgramOfItsOwnIsRefused(String task) throws IOException {
        copy("/golden/bert-tiny");
        configure("\"model_type\": \"bert\"",
                "\"model_type\": \"bert\", \"auto_map\": {\"" + task + "\": \"bert_layers.BertForMaskedLM\"}");
        assertRefused("auto_map names a program of its own for " + task, "\"bert_layers.BertForMaskedLM\"");
    }

    @Test
    void whatIsLeftIsListed() throws IOException {
        copy("/golden/bert-tiny");
        assertEquals(
                List.of("bert.pooler.dense.bias", "bert.pooler.dense.weight", "cls.seq_relationship.bias", "cls.seq_relationship.weight"),
                Checkpoint.open(folder).unscored());
    }

    /** Whatever happens to names and order: the same tensors, or an error. */
    @Property(tries = 300)
    void noChangeOfNamesGoesUnnoticed(@ForAll long seed, @ForAll @IntRange(min = 0, max = 3) int changes) throws IOException {
        Path place = Files.createTempDirectory("account");
        try {
            copy("/golden/bert-tiny", place);
            EditableWeights weights = EditableWeights.read(place.resolve("model.safetensors"));
            Map<String, String> plain = taken(place);
            Random random = new Random(seed);
            List<String> names = new ArrayList<>(weights.tensors().keySet());
            Collections.shuffle(names, random);
            EditableWeights changed = weights.inOrder(names);
            for (int change = 0; change < changes; change++) {
                String name = names.get(random.nextInt(names.size()));
                int at = random.nextInt(name.length());
                String other = name.substring(0, at) + (char) ('a' + random.nextInt(26)) + name.substring(at + random.nextInt(2));
                Tensor tensor = random.nextBoolean() ? changed.tensors().get(name) : Tensor.of(random.nextFloat(), 64);
                if (tensor != null && !weights.tensors().containsKey(other)) { // or it is a change of values
                    changed.tensors().put(other, tensor);
                }
            }
            changed.write(place.resolve("model.safetensors"));
            try {
                assertEquals(plain, taken(place));
            } catch (InvalidFileException e) {
                assertTrue(changes > 0, e.getMessage());
            }
        } finally {
            try (Stream<Path> files = Files.list(place)) {
                for (Path file : files.toList()) {
                    Files.delete(file);
                }
            }
            Files.delete(place);
        }
    }

    private EditableWeights copy(String model) throws IOException {
        copy(model, folder);
        return EditableWeights.read(folder.resolve("model.safetensors"));
    }

    private static void copy(String model, Path target) throws IOException {
        for (String name : List.of("config.json", "model.safetensors")) {
            Files.copy(Resources.folder(model).resolve(name), target.resolve(name));
        }
    }

    private void configure(String before, String after) throws IOException {
        String text = Files.readString(folder.resolve("config.json"));
        assertTrue(text.contains(before), before);
        Files.writeString(folder.resolve("config.json"), text.replace(before, after));
    }

    private void assertRefused(String problem, String detail) {
        String message = assertThrows(InvalidFileException.class, () -> Checkpoint.open(folder)).getMessage();
        assertTrue(message.contains(": " + problem), message);
        assertTrue(message.contains(detail), message);
    }

    private Map<String, String> taken() {
        return taken(folder);
    }

    /** What the program gets: the bytes of each tensor. */
    private static Map<String, String> taken(Path folder) {
        Map<String, String> taken = new TreeMap<>();
        Checkpoint.open(folder).tensors().forEach((name, tensor) -> taken.put(name,
                String.valueOf(List.of(tensor.shape().length, tensor.bytes().hashCode()))));
        return taken;
    }

    private static String fingerprint(Tensor tensor) {
        return String.valueOf(List.of(tensor.shape().size(), ByteBuffer.wrap(tensor.bytes()).hashCode()));
    }
}
