package io.github.miaudit.checkpoint;

import com.google.auto.service.AutoService;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * ModernBERT (Warner et al. 2024, arXiv 2412.13663), which {@code modernbert.torchscript} computes. Understands the
 * configurations of Hugging Face transformers 4.48 ({@code global_rope_theta}) and 5 ({@code rope_parameters}). Takes
 * no padding: padding out of reach of every token would attend to nothing.
 */
@AutoService(NetworkFamilies.class)
public final class ModernBertArchitecture implements NetworkFamilies {

    private static final double GLOBAL_THETA = 160_000;
    private static final double LOCAL_THETA = 10_000;

    @Override
    public List<NetworkFamily> families() {
        return List.of(new NetworkFamily("modernbert", 2024, List.of("ModernBertForMaskedLM"), ModernBertArchitecture::of));
    }

    private static Architecture of(Configuration c) {
        int width = c.size("hidden_size");
        int heads = c.size("num_attention_heads");
        int layers = c.layers("num_hidden_layers");
        int vocabulary = c.size("vocab_size");
        c.requireHeads(width, heads, "hidden_size", "num_attention_heads");
        if (width / heads % 2 != 0) {
            throw c.invalid("num_attention_heads", "rotary positions need heads of an even width, and hidden_size is " + width);
        }
        boolean tied = c.flag("tie_word_embeddings", true);

        Map<String, Object> attributes = new LinkedHashMap<>();
        attributes.put("layers", layers);
        attributes.put("heads", heads);
        attributes.put("global_every", globalEvery(c, layers));
        attributes.put("reach", c.size("local_attention", 128) / 2);
        attributes.put("global_theta", theta(c, "full_attention", "global_rope_theta", GLOBAL_THETA, GLOBAL_THETA));
        attributes.put("local_theta",
                theta(c, "sliding_attention", "local_rope_theta", LOCAL_THETA, c.number("global_rope_theta", GLOBAL_THETA)));
        attributes.put("epsilon", c.epsilon("norm_eps", 1e-5));
        attributes.put("activation", c.activation("hidden_activation", "gelu"));
        attributes.put("head_activation", c.activation("classifier_activation", "gelu"));
        attributes.put("tied", tied);
        return new Architecture("modernbert.torchscript", attributes, parameters(c, vocabulary, width, layers, tied),
                new TensorNames("model.", List.of("head.", "decoder."), List.of("classifier\\.(weight|bias)")), vocabulary,
                c.size("max_position_embeddings", 8192), OptionalInt.empty());
    }

    private static Map<String, Architecture.Parameter> parameters(Configuration c, int vocabulary, int width, int layers, boolean tied) {
        int wide = c.size("intermediate_size");
        boolean normBias = c.flag("norm_bias", false);
        boolean attentionBias = c.flag("attention_bias", false);
        boolean feedBias = c.flag("mlp_bias", false);
        Architecture.Parameters parameters = new Architecture.Parameters()
                .words("embeddings.word", "model.embeddings.tok_embeddings.weight", "head.output", "decoder.weight", tied, vocabulary,
                        width)
                .norm("embeddings.norm", "model.embeddings.norm", width, normBias);
        for (int layer = 0; layer < layers; layer++) {
            String name = "layer." + layer;
            String stored = "model.layers." + layer;
            if (layer > 0) {
                parameters.norm(name + ".attention_norm", stored + ".attn_norm", width, normBias);
            }
            parameters.linearPart(name + ".query", stored + ".attn.Wqkv", 0, 3, width, width, attentionBias)
                    .linearPart(name + ".key", stored + ".attn.Wqkv", 1, 3, width, width, attentionBias)
                    .linearPart(name + ".value", stored + ".attn.Wqkv", 2, 3, width, width, attentionBias)
                    .linear(name + ".mixed", stored + ".attn.Wo", width, width, attentionBias)
                    .norm(name + ".feed_norm", stored + ".mlp_norm", width, normBias)
                    .linear(name + ".wide", stored + ".mlp.Wi", 2 * wide, width, feedBias)
                    .linear(name + ".narrow", stored + ".mlp.Wo", width, wide, feedBias);
        }
        parameters.norm("final_norm", "model.final_norm", width, normBias)
                .linear("head.dense", "head.dense", width, width, c.flag("classifier_bias", false))
                .norm("head.norm", "head.norm", width, normBias);
        if (c.flag("decoder_bias", true)) {
            parameters.tensor("head.bias", "decoder.bias", vocabulary);
        }
        return parameters.toMap();
    }

    /** Every how many layers attention is global, by either way to say it. */
    private static int globalEvery(Configuration c, int layers) {
        List<String> types = c.texts("layer_types");
        if (types.isEmpty()) {
            return c.size("global_attn_every_n_layers", 3);
        }
        return IntStream.rangeClosed(1, layers).filter(every -> types.equals(pattern(every, layers))).findFirst().orElseThrow(
                () -> c.invalid("layer_types", "supported is full_attention in layer 0 and every n-th after it, sliding_attention"
                        + " elsewhere, for each of " + layers + " layers"));
    }

    private static List<String> pattern(int every, int layers) {
        return IntStream.range(0, layers).mapToObj(layer -> layer % every == 0 ? "full_attention" : "sliding_attention").toList();
    }

    private static double theta(Configuration c, String kind, String oldKey, double absent, double none) {
        Configuration rope = c.object("rope_parameters").object(kind);
        rope.require("rope_type", "default");
        double old = c.json().has(oldKey) ? c.number(oldKey, none) : absent; // null is not the same as absent there
        double theta = rope.number("rope_theta", old);
        if (!(theta > 0 && theta < Double.POSITIVE_INFINITY)) {
            throw c.invalid(oldKey, "it must be positive");
        }
        return theta;
    }
}
