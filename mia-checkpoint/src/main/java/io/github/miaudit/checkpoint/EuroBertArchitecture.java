package io.github.miaudit.checkpoint;

import com.google.auto.service.AutoService;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;

/**
 * EuroBERT (Boizard et al. 2025, arXiv 2503.05500), which {@code eurobert.torchscript} computes. Defaults are those of Hugging Face
 * transformers.
 */
@AutoService(NetworkFamilies.class)
public final class EuroBertArchitecture implements NetworkFamilies {

    /** Angles of rotary positions, and the heads of other tasks. */
    private static final List<String> UNSCORED = List.of("model\\.(layers\\.\\d+\\.self_attn\\.)?rotary_emb\\.(original_)?inv_freq",
            "(classifier|dense)\\.(weight|bias)");

    @Override
    public List<NetworkFamily> families() {
        return List.of(new NetworkFamily("eurobert", 2025, List.of("EuroBertForMaskedLM"), EuroBertArchitecture::of,
                Set.of("modeling_eurobert.EuroBertForMaskedLM", "modeling_eurobert.EuroBertModel")));
    }

    private static Architecture of(Configuration c) {
        int width = c.size("hidden_size");
        int heads = c.size("num_attention_heads");
        int shared = c.size("num_key_value_heads", heads);
        int layers = c.layers("num_hidden_layers");
        int vocabulary = c.size("vocab_size");
        int headWidth = RotaryPositions.headWidth(c, width, heads);
        c.requireHeads(heads, shared, "num_attention_heads", "num_key_value_heads");

        Map<String, Object> attributes = new LinkedHashMap<>();
        attributes.put("layers", layers);
        attributes.put("heads", heads);
        attributes.put("sharing", heads / shared);
        attributes.put("theta", RotaryPositions.theta(c, 10_000));
        attributes.put("epsilon", c.epsilon("rms_norm_eps", 1e-5));
        attributes.put("activation", c.activation("hidden_act", "silu"));

        int wide = c.size("intermediate_size");
        boolean attentionBias = c.flag("attention_bias", false);
        boolean feedBias = c.flag("mlp_bias", false);
        Architecture.Parameters parameters = new Architecture.Parameters().words("embeddings.word", "model.embed_tokens.weight",
                "head.output", "lm_head.weight", c.flag("tie_word_embeddings", false), vocabulary, width);
        for (int layer = 0; layer < layers; layer++) {
            String name = "layer." + layer;
            String stored = "model.layers." + layer + ".";
            parameters.norm(name + ".attention_norm", stored + "input_layernorm", width, false)
                    .linear(name + ".query", stored + "self_attn.q_proj", heads * headWidth, width, attentionBias)
                    .linear(name + ".key", stored + "self_attn.k_proj", shared * headWidth, width, attentionBias)
                    .linear(name + ".value", stored + "self_attn.v_proj", shared * headWidth, width, attentionBias)
                    .linear(name + ".mixed", stored + "self_attn.o_proj", width, heads * headWidth, attentionBias)
                    .norm(name + ".feed_norm", stored + "post_attention_layernorm", width, false)
                    .linear(name + ".gate", stored + "mlp.gate_proj", wide, width, feedBias)
                    .linear(name + ".wide", stored + "mlp.up_proj", wide, width, feedBias)
                    .linear(name + ".narrow", stored + "mlp.down_proj", width, wide, feedBias);
        }
        parameters.norm("final_norm", "model.norm", width, false);
        if (feedBias) {
            parameters.tensor("head.bias", "lm_head.bias", vocabulary);
        }
        return new Architecture("eurobert.torchscript", attributes, parameters.toMap(),
                new TensorNames("model.", List.of("lm_head."), UNSCORED), vocabulary, c.size("max_position_embeddings", 8192),
                OptionalInt.of(c.token("pad_token_id", 128_001)));
    }
}
