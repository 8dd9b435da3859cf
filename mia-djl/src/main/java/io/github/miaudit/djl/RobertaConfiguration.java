package io.github.miaudit.djl;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import io.github.miaudit.InvalidFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a RoBERTa checkpoint's {@code config.json} says of the network.
 *
 * @param vocabularySize   rows of the word embeddings
 * @param width            hidden size
 * @param layers           number of encoder layers
 * @param heads            attention heads a layer
 * @param feedForwardWidth width between the two feed-forward matrices
 * @param positions        rows of the position embeddings
 * @param tokenTypes       rows of the token type embeddings
 * @param paddingId        the padding token; positions are numbered from the next number on
 * @param epsilon          of layer normalisation
 * @param tied             whether the output matrix is the word embeddings
 */
record RobertaConfiguration(int vocabularySize, int width, int layers, int heads, int feedForwardWidth,
        int positions, int tokenTypes, int paddingId, double epsilon, boolean tied) {

    static RobertaConfiguration read(Path file) {
        JsonObject json = JsonFile.read(file);
        require(file, json, "model_type", "roberta");
        require(file, json, "hidden_act", "gelu");
        if (json.has("position_embedding_type")) {
            require(file, json, "position_embedding_type", "absolute");
        }
        RobertaConfiguration configuration = new RobertaConfiguration(
                wholeNumber(file, json, "vocab_size", 1),
                wholeNumber(file, json, "hidden_size", 1),
                wholeNumber(file, json, "num_hidden_layers", 1),
                wholeNumber(file, json, "num_attention_heads", 1),
                wholeNumber(file, json, "intermediate_size", 1),
                wholeNumber(file, json, "max_position_embeddings", 1),
                wholeNumber(file, json, "type_vocab_size", 1),
                json.has("pad_token_id") ? wholeNumber(file, json, "pad_token_id", 0) : 1,
                number(file, json, "layer_norm_eps"),
                !json.has("tie_word_embeddings") || flag(file, json, "tie_word_embeddings"));
        configuration.check(file);
        return configuration;
    }

    /** The first position number that a token gets. */
    int firstPosition() {
        return paddingId + 1;
    }

    /** The longest input in tokens, special tokens included. */
    int maximumLength() {
        return positions - firstPosition();
    }

    /** The tensors that scoring needs, by their checkpoint names, with their shapes. */
    Map<String, long[]> tensors() {
        Map<String, long[]> shapes = new LinkedHashMap<>();
        shapes.put("roberta.embeddings.word_embeddings.weight", new long[] {vocabularySize, width});
        shapes.put("roberta.embeddings.position_embeddings.weight", new long[] {positions, width});
        shapes.put("roberta.embeddings.token_type_embeddings.weight", new long[] {tokenTypes, width});
        norm(shapes, "roberta.embeddings.LayerNorm");
        for (int layer = 0; layer < layers; layer++) {
            String name = "roberta.encoder.layer." + layer;
            linear(shapes, name + ".attention.self.query", width, width);
            linear(shapes, name + ".attention.self.key", width, width);
            linear(shapes, name + ".attention.self.value", width, width);
            linear(shapes, name + ".attention.output.dense", width, width);
            norm(shapes, name + ".attention.output.LayerNorm");
            linear(shapes, name + ".intermediate.dense", feedForwardWidth, width);
            linear(shapes, name + ".output.dense", width, feedForwardWidth);
            norm(shapes, name + ".output.LayerNorm");
        }
        linear(shapes, "lm_head.dense", width, width);
        norm(shapes, "lm_head.layer_norm");
        shapes.put("lm_head.bias", new long[] {vocabularySize});
        if (!tied) {
            shapes.put("lm_head.decoder.weight", new long[] {vocabularySize, width});
        }
        return shapes;
    }

    /** The {@code config.json} that {@link #read(Path)} and Hugging Face transformers understand. */
    JsonObject toJson() {
        JsonObject json = new JsonObject();
        json.add("architectures", JsonParser.parseString("[\"RobertaForMaskedLM\"]"));
        json.addProperty("model_type", "roberta");
        json.addProperty("hidden_act", "gelu");
        json.addProperty("position_embedding_type", "absolute");
        json.addProperty("vocab_size", vocabularySize);
        json.addProperty("hidden_size", width);
        json.addProperty("num_hidden_layers", layers);
        json.addProperty("num_attention_heads", heads);
        json.addProperty("intermediate_size", feedForwardWidth);
        json.addProperty("max_position_embeddings", positions);
        json.addProperty("type_vocab_size", tokenTypes);
        json.addProperty("pad_token_id", paddingId);
        json.addProperty("layer_norm_eps", epsilon);
        json.addProperty("tie_word_embeddings", tied);
        json.addProperty("torch_dtype", "float32");
        return json;
    }

    private static void linear(Map<String, long[]> shapes, String name, int out, int in) {
        shapes.put(name + ".weight", new long[] {out, in});
        shapes.put(name + ".bias", new long[] {out});
    }

    private void norm(Map<String, long[]> shapes, String name) {
        shapes.put(name + ".weight", new long[] {width});
        shapes.put(name + ".bias", new long[] {width});
    }

    private void check(Path file) {
        if (width % heads != 0) {
            throw new InvalidFileException(file, "hidden_size " + width + " is no multiple of num_attention_heads " + heads);
        }
        if (!(epsilon > 0 && epsilon < 1)) {
            throw new InvalidFileException(file, "layer_norm_eps is " + epsilon + "; it must lie between 0 and 1");
        }
        if (maximumLength() < 3) {
            throw new InvalidFileException(file, "max_position_embeddings " + positions + " leaves no room for a token after pad_token_id " + paddingId);
        }
    }

    private static void require(Path file, JsonObject json, String key, String supported) {
        JsonElement value = json.get(key);
        if (value == null || !value.isJsonPrimitive() || !value.getAsString().equals(supported)) {
            throw new InvalidFileException(file, key + " is " + value + "; supported is \"" + supported + "\"");
        }
    }

    private static int wholeNumber(Path file, JsonObject json, String key, int minimum) {
        double value = number(file, json, key);
        if (!(value >= minimum && value <= Integer.MAX_VALUE && value == Math.rint(value))) {
            throw new InvalidFileException(file, key + " is " + json.get(key) + "; it must be a whole number of at least " + minimum);
        }
        return (int) value;
    }

    private static boolean flag(Path file, JsonObject json, String key) {
        if (json.get(key) instanceof JsonPrimitive value && value.isBoolean()) {
            return value.getAsBoolean();
        }
        throw new InvalidFileException(file, key + " is " + json.get(key) + "; it must be true or false");
    }

    private static double number(Path file, JsonObject json, String key) {
        if (json.get(key) instanceof JsonPrimitive value && value.isNumber()) {
            return value.getAsDouble();
        }
        throw new InvalidFileException(file, key + " is " + json.get(key) + "; a number is needed");
    }
}
