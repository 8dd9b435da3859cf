package io.github.miaudit.benchmarks;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.github.miaudit.checkpoint.Architecture;
import io.github.miaudit.data.Sample;
import io.github.miaudit.djl.MaskedLmOptions;
import io.github.miaudit.djl.MaskedLmScorer;
import io.github.miaudit.djl.ScoringDevice;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;

/**
 * A Hugging Face folder of a network with random weights and a tokenizer whose words are tokens, so that a
 * sentence of any number of tokens can be made. Random weights cost as much as trained ones.
 */
record RandomCheckpoint(TemporaryFolder temporary) implements AutoCloseable {

    private static final int SPECIAL_TOKENS = 5;
    private static final float DEVIATION = 0.02f;

    static RandomCheckpoint create(NetworkShape shape) throws IOException {
        RandomCheckpoint checkpoint = new RandomCheckpoint(TemporaryFolder.create());
        Files.writeString(checkpoint.folder().resolve("config.json"), shape.kind().configuration(shape));
        Files.writeString(checkpoint.folder().resolve("tokenizer.json"), tokenizer(shape).toString());
        Files.writeString(checkpoint.folder().resolve("tokenizer_config.json"), "{\"tokenizer_class\": \"PreTrainedTokenizerFast\"}");
        try (NDManager manager = NDManager.newBaseManager("PyTorch");
                OutputStream file = Files.newOutputStream(checkpoint.folder().resolve("model.safetensors"))) {
            weights(manager, Architecture.read(checkpoint.folder())).encode(file, NDList.Encoding.SAFETENSORS);
        }
        return checkpoint;
    }

    Path folder() {
        return temporary.path();
    }

    /** A scorer in float32 on the CPU. */
    MaskedLmScorer scorer() {
        return MaskedLmScorer.open(folder(), MaskedLmOptions.withDefaults().withDevice(ScoringDevice.of("cpu")));
    }

    /** A sentence of random words with so many tokens, the two special ones included. */
    static Sample sentence(NetworkShape shape, String id, int length, Random random) {
        return Sample.of(id, random.ints(length - 2, 0, shape.vocabulary() - SPECIAL_TOKENS).mapToObj(word -> "w" + word)
                .collect(Collectors.joining(" ")));
    }

    @Override
    public void close() throws IOException {
        temporary.close();
    }

    private static JsonObject tokenizer(NetworkShape shape) {
        JsonObject tokenizer = JsonParser.parseString("""
                {"version": "1.0", "normalizer": null, "pre_tokenizer": {"type": "BertPreTokenizer"}, "decoder": null,
                 "post_processor": {"type": "RobertaProcessing", "sep": ["</s>", 2], "cls": ["<s>", 0], "trim_offsets": true,
                 "add_prefix_space": false}, "model": {"type": "WordPiece",
                 "unk_token": "<unk>", "continuing_subword_prefix": "##", "max_input_chars_per_word": 100}}""").getAsJsonObject();
        JsonObject vocabulary = new JsonObject();
        JsonArray added = new JsonArray();
        for (String special : new String[] {"<s>", "<pad>", "</s>", "<unk>", "<mask>"}) {
            JsonObject token = JsonParser
                    .parseString(
                            "{\"single_word\": false, \"lstrip\": false, \"rstrip\": false," + " \"normalized\": false, \"special\": true}")
                    .getAsJsonObject();
            token.addProperty("id", vocabulary.size());
            token.addProperty("content", special);
            added.add(token);
            vocabulary.addProperty(special, vocabulary.size());
        }
        for (int word = 0; word < shape.vocabulary() - SPECIAL_TOKENS; word++) {
            vocabulary.addProperty("w" + word, vocabulary.size());
        }
        tokenizer.add("added_tokens", added);
        tokenizer.getAsJsonObject("model").add("vocab", vocabulary);
        return tokenizer;
    }

    /** Matrices are random, normalisations and biases as before training. */
    private static NDList weights(NDManager manager, Architecture architecture) {
        Map<String, NDArray> weights = new LinkedHashMap<>();
        architecture.parameters().values()
                .forEach(parameter -> weights.computeIfAbsent(parameter.stored(),
                        name -> tensor(manager, name, new Shape(parameter.shape()))));
        return new NDList(weights.values());
    }

    private static NDArray tensor(NDManager manager, String name, Shape shape) {
        NDArray tensor = shape.dimension() > 1 ? manager.randomNormal(0f, DEVIATION, shape, DataType.FLOAT32)
                : name.endsWith("weight") ? manager.ones(shape) : manager.zeros(shape);
        tensor.setName(name);
        return tensor;
    }
}
