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
import io.github.miaudit.djl.MaskedLmOptions;
import io.github.miaudit.djl.MaskedLmScorer;
import io.github.miaudit.djl.ScoringDevice;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.stream.Collectors;

/**
 * A Hugging Face folder of a RoBERTa with random weights and a tokenizer whose words are tokens, so that a
 * sentence of any number of tokens can be made. Random weights cost as much as trained ones.
 */
record RandomCheckpoint(TemporaryFolder temporary) implements AutoCloseable {

    private static final int SPECIAL_TOKENS = 5;
    private static final float DEVIATION = 0.02f;

    static RandomCheckpoint create(NetworkShape shape) throws IOException {
        RandomCheckpoint checkpoint = new RandomCheckpoint(TemporaryFolder.create());
        Files.writeString(checkpoint.folder().resolve("config.json"), """
                {"model_type": "roberta", "hidden_act": "gelu", "vocab_size": %d, "hidden_size": %d, "num_hidden_layers": %d,
                 "num_attention_heads": %d, "intermediate_size": %d, "max_position_embeddings": 514, "type_vocab_size": 1,
                 "pad_token_id": 1, "layer_norm_eps": 1e-5}
                """.formatted(shape.vocabulary(), shape.width(), shape.layers(), shape.heads(), shape.feedForwardWidth()));
        Files.writeString(checkpoint.folder().resolve("tokenizer.json"), tokenizer(shape).toString());
        try (NDManager manager = NDManager.newBaseManager("PyTorch");
                OutputStream file = Files.newOutputStream(checkpoint.folder().resolve("model.safetensors"))) {
            weights(manager, shape).encode(file, NDList.Encoding.SAFETENSORS);
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
                {"version": "1.0", "normalizer": null, "pre_tokenizer": {"type": "WhitespaceSplit"}, "decoder": null,
                 "post_processor": {"type": "RobertaProcessing", "sep": ["</s>", 2], "cls": ["<s>", 0], "trim_offsets": true,
                 "add_prefix_space": false}, "model": {"type": "WordLevel", "unk_token": "<unk>"}}""").getAsJsonObject();
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

    private static NDList weights(NDManager manager, NetworkShape shape) {
        int width = shape.width();
        NDList weights = new NDList();
        add(weights, "roberta.embeddings.word_embeddings.weight", random(manager, shape.vocabulary(), width));
        add(weights, "roberta.embeddings.position_embeddings.weight", random(manager, 514, width));
        add(weights, "roberta.embeddings.token_type_embeddings.weight", random(manager, 1, width));
        addNorm(weights, manager, width, "roberta.embeddings.LayerNorm");
        for (int layer = 0; layer < shape.layers(); layer++) {
            String name = "roberta.encoder.layer." + layer;
            for (String part : new String[] {".attention.self.query", ".attention.self.key", ".attention.self.value",
                    ".attention.output.dense"}) {
                addLinear(weights, manager, name + part, width, width);
            }
            addNorm(weights, manager, width, name + ".attention.output.LayerNorm");
            addLinear(weights, manager, name + ".intermediate.dense", shape.feedForwardWidth(), width);
            addLinear(weights, manager, name + ".output.dense", width, shape.feedForwardWidth());
            addNorm(weights, manager, width, name + ".output.LayerNorm");
        }
        addLinear(weights, manager, "lm_head.dense", width, width);
        addNorm(weights, manager, width, "lm_head.layer_norm");
        add(weights, "lm_head.bias", manager.zeros(new Shape(shape.vocabulary())));
        return weights;
    }

    private static void addLinear(NDList weights, NDManager manager, String name, int out, int in) {
        add(weights, name + ".weight", random(manager, out, in));
        add(weights, name + ".bias", manager.zeros(new Shape(out)));
    }

    private static void addNorm(NDList weights, NDManager manager, int width, String name) {
        add(weights, name + ".weight", manager.ones(new Shape(width)));
        add(weights, name + ".bias", manager.zeros(new Shape(width)));
    }

    private static NDArray random(NDManager manager, int rows, int columns) {
        return manager.randomNormal(0f, DEVIATION, new Shape(rows, columns), DataType.FLOAT32);
    }

    private static void add(NDList weights, String name, NDArray tensor) {
        tensor.setName(name);
        weights.add(tensor);
    }
}
