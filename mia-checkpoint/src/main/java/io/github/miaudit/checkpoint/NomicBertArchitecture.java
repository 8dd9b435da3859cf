package io.github.miaudit.checkpoint;

import com.google.auto.service.AutoService;
import io.github.miaudit.io.InvalidFileException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * NomicBERT (Nussbaum et al. 2024, arXiv 2402.01613) as Hugging Face transformers 5 have it, which {@code nomic.torchscript} computes.
 * They write the tensors under the names of the program that the model was published with, but not its configuration.
 */
@AutoService(NetworkFamilies.class)
public final class NomicBertArchitecture implements NetworkFamilies {

    /** Angles of rotary positions, buffers that hold no weights, what turns a sentence into one vector, and the heads of other tasks. */
    private static final List<String> UNSCORED = List.of(
            "nomic_bert\\.(encoder\\.)?(rotary_emb|layers\\.\\d+\\.attn\\.rotary_emb)\\.(original_)?inv_freq",
            "nomic_bert\\.embeddings\\.(position_ids|token_type_ids)", "nomic_bert\\.pooler\\.dense\\.(weight|bias)",
            "classifier\\.(weight|bias)");

    @Override
    public List<NetworkFamily> families() {
        return List.of(new NetworkFamily("nomic_bert", 2024, List.of("NomicBertForMaskedLM"), NomicBertArchitecture::of));
    }

    private static Architecture of(Configuration c) {
        for (String former : List.of("n_embd", "n_layer", "n_head", "n_inner", "rotary_emb_base")) {
            if (c.has(former)) {
                throw new InvalidFileException(c.file(), "states " + former
                        + ", as configurations of the model's own program do, which Hugging Face transformers do not read; write one"
                        + " for NomicBertForMaskedLM (hidden_size, num_hidden_layers …)");
            }
        }
        int width = c.size("hidden_size");
        int heads = c.size("num_attention_heads");
        int layers = c.layers("num_hidden_layers");
        int vocabulary = c.size("vocab_size");
        int inner = heads * RotaryPositions.headWidth(c, width, heads);

        Map<String, Object> attributes = new LinkedHashMap<>();
        attributes.put("layers", layers);
        attributes.put("heads", heads);
        attributes.put("theta", RotaryPositions.theta(c, 1000));
        attributes.put("epsilon", c.epsilon("layer_norm_eps", 1e-12));
        attributes.put("activation", c.activation("hidden_act", "silu"));

        int wide = c.size("intermediate_size");
        Architecture.Parameters parameters = new Architecture.Parameters()
                .words("embeddings.word", "nomic_bert.embeddings.word_embeddings.weight", "head.output", "cls.predictions.decoder.weight",
                        c.flag("tie_word_embeddings", true), vocabulary, width)
                .tensor("embeddings.type", "nomic_bert.embeddings.token_type_embeddings.weight", c.size("type_vocab_size", 2), width)
                .norm("embeddings.norm", "nomic_bert.emb_ln", width);
        for (int layer = 0; layer < layers; layer++) {
            String name = "layer." + layer;
            String stored = "nomic_bert.encoder.layers." + layer + ".";
            parameters.linearPart(name + ".query", stored + "attn.Wqkv", 0, 3, inner, width, false)
                    .linearPart(name + ".key", stored + "attn.Wqkv", 1, 3, inner, width, false)
                    .linearPart(name + ".value", stored + "attn.Wqkv", 2, 3, inner, width, false)
                    .linear(name + ".mixed", stored + "attn.out_proj", width, inner, false)
                    .norm(name + ".mixed_norm", stored + "norm1", width).linear(name + ".gate", stored + "mlp.fc12", wide, width, false)
                    .linear(name + ".wide", stored + "mlp.fc11", wide, width, false)
                    .linear(name + ".narrow", stored + "mlp.fc2", width, wide, false).norm(name + ".narrow_norm", stored + "norm2", width);
        }
        parameters.linear("head.dense", "cls.predictions.transform.dense", width, width)
                .norm("head.norm", "cls.predictions.transform.layer_norm", width)
                .outputBias("head.bias", "cls.predictions.bias", "cls.predictions.decoder.bias", vocabulary);
        return new Architecture("nomic.torchscript", attributes, parameters.toMap(),
                new TensorNames("nomic_bert.", List.of("cls.predictions."), UNSCORED), vocabulary,
                c.size("max_position_embeddings", 2048), OptionalInt.of(c.token("pad_token_id", 0)));
    }
}
