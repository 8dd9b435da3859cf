package io.github.miaudit.checkpoint;

import com.google.auto.service.AutoService;
import com.google.gson.JsonPrimitive;
import io.github.miaudit.io.InvalidFileException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * DeBERTa v2 and v3 (He et al. 2020, arXiv 2006.03654; 2021, arXiv 2111.09543), which {@code deberta.torchscript} computes, with either
 * head of Hugging Face transformers: {@code cls.predictions}, or where {@code legacy} is false {@code lm_predictions}. A checkpoint whose
 * configuration tells one and that holds the other is refused, as that of a head that was never trained. Takes no padding: in this
 * family padding attends otherwise than tokens do.
 */
@AutoService(NetworkFamilies.class)
public final class DebertaArchitecture implements NetworkFamilies {

    @Override
    public List<NetworkFamily> families() {
        return List.of(new NetworkFamily("deberta-v2", 2021, List.of("DebertaV2ForMaskedLM"), DebertaArchitecture::of));
    }

    private static Architecture of(Configuration c) {
        int width = c.size("hidden_size");
        int heads = c.size("num_attention_heads");
        c.requireHeads(width, heads, "hidden_size", "num_attention_heads");
        c.require("attention_head_size", width / heads);
        Shape shape = new Shape(c.size("vocab_size"), width, c.size("embedding_size", width), c.layers("num_hidden_layers"),
                c.size("intermediate_size"), c.size("max_position_embeddings", 512));
        Distances distances = Distances.of(c, shape.positions);
        int kernel = c.token("conv_kernel_size", 0);
        int groups = c.size("conv_groups", 1);
        if (kernel > 0 && (kernel % 2 == 0 || width % groups != 0)) {
            throw c.invalid(kernel % 2 == 0 ? "conv_kernel_size" : "conv_groups",
                    "conv_kernel_size must be odd, and hidden_size a multiple of conv_groups");
        }

        Map<String, Object> attributes = new LinkedHashMap<>();
        attributes.put("layers", shape.layers);
        attributes.put("heads", heads);
        attributes.put("span", distances.span);
        attributes.put("buckets", distances.buckets);
        attributes.put("most_distant", distances.most);
        attributes.put("content_to_position", distances.contentToPosition());
        attributes.put("position_to_content", distances.positionToContent());
        attributes.put("scaling", distances.scaling());
        attributes.put("convolution_activation", c.activation("conv_act", "tanh"));
        attributes.put("convolution_groups", groups);
        attributes.put("epsilon", c.epsilon("layer_norm_eps", 1e-7));
        attributes.put("activation", c.activation("hidden_act", "gelu"));

        boolean placed = c.flag("position_biased_input", true);
        boolean legacy = c.flag("legacy", true);
        Architecture.Parameters parameters = embeddings(c, shape, placed, legacy);
        if (distances.areUsed()) {
            parameters.tensor("distances", "deberta.encoder.rel_embeddings.weight", 2L * distances.span, width);
            if (distances.normalised) {
                parameters.norm("distances_norm", "deberta.encoder.LayerNorm", width);
            }
        }
        layers(parameters, shape, distances);
        if (kernel > 0) {
            parameters.tensor("convolution.weight", "deberta.encoder.conv.conv.weight", width, width / groups, kernel)
                    .tensor("convolution.bias", "deberta.encoder.conv.conv.bias", width)
                    .norm("convolution_norm", "deberta.encoder.conv.LayerNorm", width);
        }
        head(parameters, shape, legacy);
        return new Architecture("deberta.torchscript", attributes, parameters.toMap(),
                new TensorNames("deberta.", List.of(legacy ? "cls.predictions." : "lm_predictions."), unscored(placed, distances)),
                shape.vocabulary, shape.positions, OptionalInt.empty());
    }

    private static Architecture.Parameters embeddings(Configuration c, Shape shape, boolean placed, boolean legacy) {
        String stored = "deberta.embeddings.";
        int narrow = shape.narrow;
        if (!legacy && narrow != shape.width) {
            throw c.invalid("embedding_size", "with legacy false it must be hidden_size " + shape.width);
        }
        // the newer head has no output matrix of its own
        boolean tied = !legacy || c.flag("tie_word_embeddings", true);
        Architecture.Parameters parameters = new Architecture.Parameters().words("embeddings.word", stored + "word_embeddings.weight",
                "head.output", legacy ? "cls.predictions.decoder.weight" : "lm_predictions.lm_head.weight", tied, shape.vocabulary, narrow);
        if (placed) {
            parameters.tensor("embeddings.position", stored + "position_embeddings.weight", shape.positions, narrow);
        }
        int types = c.token("type_vocab_size", 0);
        if (types > 0) {
            parameters.tensor("embeddings.type", stored + "token_type_embeddings.weight", types, narrow);
        }
        if (narrow != shape.width) {
            parameters.linear("embeddings.project", stored + "embed_proj", shape.width, narrow, false);
        }
        return parameters.norm("embeddings.norm", stored + "LayerNorm", shape.width);
    }

    private static void layers(Architecture.Parameters parameters, Shape shape, Distances distances) {
        int width = shape.width;
        for (int layer = 0; layer < shape.layers; layer++) {
            String name = "layer." + layer;
            String stored = "deberta.encoder.layer." + layer + ".";
            parameters.linear(name + ".query", stored + "attention.self.query_proj", width, width)
                    .linear(name + ".key", stored + "attention.self.key_proj", width, width)
                    .linear(name + ".value", stored + "attention.self.value_proj", width, width);
            if (distances.contentToPosition() && !distances.shared) {
                parameters.linear(name + ".distance_key", stored + "attention.self.pos_key_proj", width, width);
            }
            if (distances.positionToContent() && !distances.shared) {
                parameters.linear(name + ".distance_query", stored + "attention.self.pos_query_proj", width, width);
            }
            parameters.linear(name + ".mixed", stored + "attention.output.dense", width, width)
                    .norm(name + ".mixed_norm", stored + "attention.output.LayerNorm", width)
                    .linear(name + ".wide", stored + "intermediate.dense", shape.wide, width)
                    .linear(name + ".narrow", stored + "output.dense", width, shape.wide)
                    .norm(name + ".narrow_norm", stored + "output.LayerNorm", width);
        }
    }

    private static void head(Architecture.Parameters parameters, Shape shape, boolean legacy) {
        if (legacy) {
            parameters.linear("head.dense", "cls.predictions.transform.dense", shape.narrow, shape.width)
                    .norm("head.norm", "cls.predictions.transform.LayerNorm", shape.narrow)
                    .outputBias("head.bias", "cls.predictions.bias", "cls.predictions.decoder.bias", shape.vocabulary);
        } else {
            parameters.linear("head.dense", "lm_predictions.lm_head.dense", shape.width, shape.width)
                    .norm("head.norm", "lm_predictions.lm_head.LayerNorm", shape.width)
                    .tensor("head.bias", "lm_predictions.lm_head.bias", shape.vocabulary);
        }
    }

    /** Also what the configuration switches off, and the detector of replaced tokens that v3 is trained with; never another head. */
    private static List<String> unscored(boolean placed, Distances distances) {
        List<String> names = new ArrayList<>(
                List.of("deberta\\.embeddings\\.position_ids", "pooler\\.dense\\.(weight|bias)", "classifier\\.(weight|bias)",
                        "qa_outputs\\.(weight|bias)", "mask_predictions\\..*"));
        if (!placed) {
            names.add("deberta\\.embeddings\\.position_embeddings\\.weight");
        }
        if (!distances.areUsed()) {
            names.add("deberta\\.encoder\\.rel_embeddings\\.weight");
        }
        if (!distances.areUsed() || !distances.normalised) {
            names.add("deberta\\.encoder\\.LayerNorm\\.(weight|bias)");
        }
        return names;
    }

    private record Shape(int vocabulary, int width, int narrow, int layers, int wide, int positions) {
    }

    /**
     * How attention sees distances.
     *
     * @param kinds      who asks whom: c2p, p2c
     * @param relative   whether it sees them
     * @param span       half the number of embeddings
     * @param buckets    into how many distances are sorted; 0 if each has its own embedding
     * @param most       the distance from which on all share the last bucket
     * @param normalised whether the embeddings are
     * @param shared     whether the tokens' matrices turn them into keys and queries
     */
    private record Distances(List<String> kinds, boolean relative, int span, int buckets, int most, boolean normalised, boolean shared) {

        static Distances of(Configuration c, int positions) {
            int stated = wholeNumber(c, "max_relative_positions");
            int most = stated < 1 ? positions : stated;
            int buckets = Math.max(0, wholeNumber(c, "position_buckets"));
            if (buckets == 1 || buckets > 0 && buckets / 2 < positions - 1 && most - 1 <= buckets / 2) {
                throw c.invalid("position_buckets",
                        "it must be at least 2, and half of it less than " + (most - 1) + ", the largest relative position");
            }
            boolean normalised = Stream.of(c.text("norm_rel_ebd", "none").toLowerCase(Locale.ROOT).split("\\|")).map(String::strip)
                    .anyMatch("layer_norm"::equals);
            return new Distances(kinds(c), c.flag("relative_attention", false), buckets > 0 ? buckets : most, buckets, most, normalised,
                    c.flag("share_att_key", false));
        }

        /** One string, its parts separated by bars, or a list. */
        private static List<String> kinds(Configuration c) {
            String key = "pos_att_type";
            return c.has(key) && c.json().get(key) instanceof JsonPrimitive text && text.isString()
                    ? Stream.of(text.getAsString().toLowerCase(Locale.ROOT).split("\\|")).map(String::strip).toList() : c.texts(key);
        }

        /** Where -1, or 0, says that there is none. */
        private static int wholeNumber(Configuration c, String key) {
            double number = c.number(key, -1);
            if (!(number == Math.rint(number) && Math.abs(number) <= 1 << 20)) {
                throw new InvalidFileException(c.file(), key + " is " + number + "; it must be a whole number of at most " + (1 << 20));
            }
            return (int) number;
        }

        boolean areUsed() {
            return contentToPosition() || positionToContent();
        }

        boolean contentToPosition() {
            return relative && kinds.contains("c2p");
        }

        boolean positionToContent() {
            return relative && kinds.contains("p2c");
        }

        /** How many products make up an entry of attention, by which it is scaled; also where distances are switched off. */
        int scaling() {
            return 1 + (kinds.contains("c2p") ? 1 : 0) + (kinds.contains("p2c") ? 1 : 0);
        }
    }
}
