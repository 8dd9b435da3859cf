package io.github.miaudit.benchmarks;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.github.miaudit.data.Sample;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A Hugging Face folder of RoBERTa-base shape with random weights and a tokenizer whose words are tokens, so that a
 * sentence of any number of tokens can be made. Random weights cost as much as trained ones.
 */
final class RandomCheckpoint implements AutoCloseable {

    static final int LAYERS = 12;
    static final int WIDTH = 768;
    static final int HEADS = 12;
    static final int FEED_FORWARD_WIDTH = 3072;
    static final int VOCABULARY = 50265;

    private static final int SPECIAL_TOKENS = 5;
    private static final float DEVIATION = 0.02f;

    private final Path folder;

    private RandomCheckpoint(Path folder) {
        this.folder = folder;
    }

    static RandomCheckpoint create() throws IOException {
        RandomCheckpoint checkpoint = new RandomCheckpoint(Files.createTempDirectory("random-roberta-base"));
        Files.writeString(checkpoint.folder.resolve("config.json"), """
                {"model_type": "roberta", "hidden_act": "gelu", "vocab_size": %d, "hidden_size": %d, "num_hidden_layers": %d,
                 "num_attention_heads": %d, "intermediate_size": %d, "max_position_embeddings": 514, "type_vocab_size": 1,
                 "pad_token_id": 1, "layer_norm_eps": 1e-5}
                """.formatted(VOCABULARY, WIDTH, LAYERS, HEADS, FEED_FORWARD_WIDTH));
        Files.writeString(checkpoint.folder.resolve("tokenizer.json"), tokenizer().toString());
        try (NDManager manager = NDManager.newBaseManager("PyTorch");
                OutputStream file = Files.newOutputStream(checkpoint.folder.resolve("model.safetensors"))) {
            weights(manager).encode(file, NDList.Encoding.SAFETENSORS);
        }
        return checkpoint;
    }

    Path folder() {
        return folder;
    }

    /** A sentence of random words with so many tokens, the two special ones included. */
    static Sample sentence(String id, int length, Random random) {
        return Sample.of(id, random.ints(length - 2, 0, VOCABULARY - SPECIAL_TOKENS)
                .mapToObj(word -> "w" + word).collect(Collectors.joining(" ")));
    }

    @Override
    public void close() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    private static JsonObject tokenizer() {
        JsonObject tokenizer = JsonParser.parseString("""
                {"version": "1.0", "normalizer": null, "pre_tokenizer": {"type": "WhitespaceSplit"}, "decoder": null,
                 "post_processor": {"type": "RobertaProcessing", "sep": ["</s>", 2], "cls": ["<s>", 0], "trim_offsets": true,
                 "add_prefix_space": false}, "model": {"type": "WordLevel", "unk_token": "<unk>"}}""").getAsJsonObject();
        JsonObject vocabulary = new JsonObject();
        JsonArray added = new JsonArray();
        for (String special : new String[] {"<s>", "<pad>", "</s>", "<unk>", "<mask>"}) {
            JsonObject token = JsonParser.parseString("{\"single_word\": false, \"lstrip\": false, \"rstrip\": false,"
                    + " \"normalized\": false, \"special\": true}").getAsJsonObject();
            token.addProperty("id", vocabulary.size());
            token.addProperty("content", special);
            added.add(token);
            vocabulary.addProperty(special, vocabulary.size());
        }
        for (int word = 0; word < VOCABULARY - SPECIAL_TOKENS; word++) {
            vocabulary.addProperty("w" + word, vocabulary.size());
        }
        tokenizer.add("added_tokens", added);
        tokenizer.getAsJsonObject("model").add("vocab", vocabulary);
        return tokenizer;
    }

    private static NDList weights(NDManager manager) {
        NDList weights = new NDList();
        add(weights, "roberta.embeddings.word_embeddings.weight", random(manager, VOCABULARY, WIDTH));
        add(weights, "roberta.embeddings.position_embeddings.weight", random(manager, 514, WIDTH));
        add(weights, "roberta.embeddings.token_type_embeddings.weight", random(manager, 1, WIDTH));
        addNorm(weights, manager, "roberta.embeddings.LayerNorm");
        for (int layer = 0; layer < LAYERS; layer++) {
            String name = "roberta.encoder.layer." + layer;
            for (String part : new String[] {".attention.self.query", ".attention.self.key", ".attention.self.value", ".attention.output.dense"}) {
                addLinear(weights, manager, name + part, WIDTH, WIDTH);
            }
            addNorm(weights, manager, name + ".attention.output.LayerNorm");
            addLinear(weights, manager, name + ".intermediate.dense", FEED_FORWARD_WIDTH, WIDTH);
            addLinear(weights, manager, name + ".output.dense", WIDTH, FEED_FORWARD_WIDTH);
            addNorm(weights, manager, name + ".output.LayerNorm");
        }
        addLinear(weights, manager, "lm_head.dense", WIDTH, WIDTH);
        addNorm(weights, manager, "lm_head.layer_norm");
        add(weights, "lm_head.bias", manager.zeros(new Shape(VOCABULARY)));
        return weights;
    }

    private static void addLinear(NDList weights, NDManager manager, String name, int out, int in) {
        add(weights, name + ".weight", random(manager, out, in));
        add(weights, name + ".bias", manager.zeros(new Shape(out)));
    }

    private static void addNorm(NDList weights, NDManager manager, String name) {
        add(weights, name + ".weight", manager.ones(new Shape(WIDTH)));
        add(weights, name + ".bias", manager.zeros(new Shape(WIDTH)));
    }

    private static NDArray random(NDManager manager, int rows, int columns) {
        return manager.randomNormal(0f, DEVIATION, new Shape(rows, columns), DataType.FLOAT32);
    }

    private static void add(NDList weights, String name, NDArray tensor) {
        tensor.setName(name);
        weights.add(tensor);
    }
}
