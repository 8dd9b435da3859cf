package io.github.miaudit.checkpoint;

import com.google.auto.service.AutoService;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonPrimitive;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * The families that {@code long.torchscript} computes: Longformer (Beltagy et al. 2020, arXiv 2004.05150) with no token that attends
 * globally, as it is trained as a masked language model, and BigBird (Zaheer et al. 2020, arXiv 2007.14062) with full attention. Defaults
 * are those of Hugging Face transformers.
 *
 * <p>Longformer takes no padding: padding out of reach of every token would attend to nothing. A BigBird whose attention is
 * {@code block_sparse} is computed in full by transformers up to (5 + 2 {@code num_random_blocks}) {@code block_size} tokens, and beyond
 * with blocks drawn at random; so that is the longest input here.
 */
@AutoService(NetworkFamilies.class)
public final class LongDocumentArchitecture implements NetworkFamilies {

    private static final int EVERYWHERE = 0;
    private static final int NONE = -1;

    private static final List<String> UNSCORED = List.of("[a-z]+\\.embeddings\\.(position_ids|token_type_ids)",
            "[a-z]+\\.pooler\\.(dense\\.)?(weight|bias)",
            "longformer\\.encoder\\.layer\\.\\d+\\.attention\\.self\\.(query|key|value)_global\\.(weight|bias)",
            "cls\\.seq_relationship\\.(weight|bias)",
            "(classifier\\.|classifier\\.dense\\.|classifier\\.out_proj\\.|qa_outputs\\.)(weight|bias)",
            "qa_classifier\\.(intermediate\\.dense|output\\.dense|output\\.LayerNorm|qa_outputs)\\.(weight|bias)");

    @Override
    public List<NetworkFamily> families() {
        return List.of(new NetworkFamily("longformer", 2020, List.of("LongformerForMaskedLM"), LongDocumentArchitecture::longformer),
                new NetworkFamily("big_bird", 2020, List.of("BigBirdForMaskedLM", "BigBirdForPreTraining"),
                        LongDocumentArchitecture::bigBird));
    }

    /** As in a RoBERTa, positions are numbered from the padding token's number on, and padding itself has that number. */
    private static Architecture longformer(Configuration c) {
        Shape shape = Shape.of(c, 512);
        c.require("position_embedding_type", "absolute");
        int padding = c.token("pad_token_id", 1);
        Architecture.Parameters parameters = network(shape, "longformer.", "lm_head.decoder.weight", true)
                .linear("head.dense", "lm_head.dense", shape.width, shape.width).norm("head.norm", "lm_head.layer_norm", shape.width)
                .outputBias("head.bias", "lm_head.bias", "lm_head.decoder.bias", shape.vocabulary);
        Map<String, Object> attributes = attributes(shape, reaches(c, shape.layers), c.activation("hidden_act", "gelu"), "gelu");
        attributes.put("first_position", padding + 1);
        attributes.put("padding_position", padding);
        return new Architecture("long.torchscript", attributes, parameters.toMap(),
                new TensorNames("longformer.", List.of("lm_head."), UNSCORED), shape.vocabulary, shape.positions - padding - 1,
                OptionalInt.empty());
    }

    private static Architecture bigBird(Configuration c) {
        Shape shape = Shape.of(c, 4096);
        c.require("is_decoder", false);
        c.require("add_cross_attention", false);
        c.require("position_embedding_type", "absolute");
        Architecture.Parameters parameters = network(shape, "bert.", "cls.predictions.decoder.weight", c.flag("use_bias", true))
                .linear("head.dense", "cls.predictions.transform.dense", shape.width, shape.width)
                .norm("head.norm", "cls.predictions.transform.LayerNorm", shape.width)
                .outputBias("head.bias", "cls.predictions.bias", "cls.predictions.decoder.bias", shape.vocabulary);
        String activation = c.activation("hidden_act", "gelu_new");
        Map<String, Object> attributes = attributes(shape, Collections.nCopies(shape.layers, EVERYWHERE), activation, activation);
        if (c.flag("rescale_embeddings", false)) {
            attributes.put("word_scale", Math.sqrt(shape.width));
        }
        return new Architecture("long.torchscript", attributes, parameters.toMap(),
                new TensorNames("bert.", List.of("cls.predictions."), UNSCORED), shape.vocabulary,
                (int) Math.min(shape.positions, fullUpTo(c)), OptionalInt.of(c.token("pad_token_id", 0)));
    }

    private static long fullUpTo(Configuration c) {
        String type = c.text("attention_type", "block_sparse");
        return switch (type) {
            case "original_full" -> Integer.MAX_VALUE;
            case "block_sparse" -> (5 + 2L * c.token("num_random_blocks", 3)) * c.size("block_size", 64);
            default -> throw c.invalid("attention_type", "supported are block_sparse and original_full");
        };
    }

    /** How far each layer's attention reaches to either side: half its window, which is one number for all or a list. */
    private static List<Integer> reaches(Configuration c, int layers) {
        String key = "attention_window";
        JsonElement stated = c.has(key) ? c.json().get(key) : new JsonPrimitive(512);
        List<JsonElement> windows = stated instanceof JsonArray list ? list.asList() : Collections.nCopies(layers, stated);
        String rule = "it must be an even number of at least 2, or a list of them, one for each of " + layers + " layers";
        if (windows.size() != layers) {
            throw c.invalid(key, rule);
        }
        List<Integer> reaches = new ArrayList<>();
        for (JsonElement window : windows) {
            double size = window instanceof JsonPrimitive number && number.isNumber() ? number.getAsDouble() : 0;
            if (!(size >= 2 && size <= Integer.MAX_VALUE && size % 2 == 0)) {
                throw c.invalid(key, rule);
            }
            reaches.add((int) (size / 2));
        }
        return reaches;
    }

    private static Architecture.Parameters network(Shape shape, String base, String output, boolean attentionBias) {
        int width = shape.width;
        String embeddings = base + "embeddings.";
        Architecture.Parameters parameters = new Architecture.Parameters()
                .words("embeddings.word", embeddings + "word_embeddings.weight", "head.output", output, shape.tied, shape.vocabulary, width)
                .tensor("embeddings.position", embeddings + "position_embeddings.weight", shape.positions, width)
                .tensor("embeddings.type", embeddings + "token_type_embeddings.weight", shape.tokenTypes, width)
                .norm("embeddings.norm", embeddings + "LayerNorm", width);
        for (int layer = 0; layer < shape.layers; layer++) {
            String name = "layer." + layer;
            String stored = base + "encoder.layer." + layer + ".";
            parameters.linear(name + ".query", stored + "attention.self.query", width, width, attentionBias)
                    .linear(name + ".key", stored + "attention.self.key", width, width, attentionBias)
                    .linear(name + ".value", stored + "attention.self.value", width, width, attentionBias)
                    .linear(name + ".mixed", stored + "attention.output.dense", width, width)
                    .norm(name + ".mixed_norm", stored + "attention.output.LayerNorm", width)
                    .linear(name + ".wide", stored + "intermediate.dense", shape.wide, width)
                    .linear(name + ".narrow", stored + "output.dense", width, shape.wide)
                    .norm(name + ".narrow_norm", stored + "output.LayerNorm", width);
        }
        return parameters;
    }

    private static Map<String, Object> attributes(Shape shape, List<Integer> reaches, String activation, String headActivation) {
        Map<String, Object> attributes = new LinkedHashMap<>();
        attributes.put("layers", shape.layers);
        attributes.put("heads", shape.heads);
        attributes.put("reaches", reaches);
        attributes.put("first_position", 0);
        attributes.put("padding_position", NONE);
        attributes.put("word_scale", 1.0);
        attributes.put("epsilon", shape.epsilon);
        attributes.put("activation", activation);
        attributes.put("head_activation", headActivation);
        return attributes;
    }

    private record Shape(int vocabulary, int width, int layers, int heads, int wide, int positions, int tokenTypes, double epsilon,
            boolean tied) {

        static Shape of(Configuration c, int positions) {
            int width = c.size("hidden_size");
            int heads = c.size("num_attention_heads");
            c.requireHeads(width, heads, "hidden_size", "num_attention_heads");
            return new Shape(c.size("vocab_size"), width, c.layers("num_hidden_layers"), heads, c.size("intermediate_size"),
                    c.size("max_position_embeddings", positions), c.size("type_vocab_size", 2), c.epsilon("layer_norm_eps", 1e-12),
                    c.flag("tie_word_embeddings", true));
        }
    }
}
