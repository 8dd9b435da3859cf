package io.github.miaudit.checkpoint;

import com.google.auto.service.AutoService;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * The families that {@code bert.torchscript} computes: BERT (Devlin et al. 2019), RoBERTa (Liu et al. 2019) and its
 * kin, ELECTRA's generator (Clark et al. 2020), DistilBERT (Sanh et al. 2019). Defaults are those of Hugging Face
 * transformers.
 */
@AutoService(NetworkFamilies.class)
public final class BertArchitecture implements NetworkFamilies {

    private static final int NONE = -1;

    /** Buffers that hold no weights, what turns a sentence into one vector, and the heads of other tasks. */
    private static final List<String> BERT_UNSCORED = List.of("[a-z_]+\\.embeddings\\.(position_ids|token_type_ids)",
            "[a-z_]+\\.pooler\\.dense\\.(weight|bias)", "cls\\.seq_relationship\\.(weight|bias)",
            "(classifier|pre_classifier|qa_outputs)\\.(weight|bias)");

    /** The stored parts of a layer: query, key, value, output and norm of its attention; the wide, the narrow matrix and the norm. */
    private static final List<String> BERT_LAYER = List.of("attention.self.query", "attention.self.key", "attention.self.value",
            "attention.output.dense", "attention.output.LayerNorm", "intermediate.dense", "output.dense", "output.LayerNorm");
    private static final List<String> DISTILBERT_LAYER = List.of("attention.q_lin", "attention.k_lin", "attention.v_lin",
            "attention.out_lin", "sa_layer_norm", "ffn.lin1", "ffn.lin2", "output_layer_norm");

    @Override
    public List<NetworkFamily> families() {
        return List.of(new NetworkFamily("bert", 2019, List.of("BertForMaskedLM", "BertForPreTraining"), BertArchitecture::bert),
                new NetworkFamily("roberta", 2019, List.of("RobertaForMaskedLM"), BertArchitecture::roberta),
                new NetworkFamily("xlm-roberta", 2019, List.of("XLMRobertaForMaskedLM"), BertArchitecture::roberta),
                new NetworkFamily("camembert", 2019, List.of("CamembertForMaskedLM"), BertArchitecture::roberta),
                new NetworkFamily("distilbert", 2019, List.of("DistilBertForMaskedLM"), BertArchitecture::distilbert),
                new NetworkFamily("electra", 2020, List.of("ElectraForMaskedLM"), BertArchitecture::electra));
    }

    private static Architecture bert(Configuration c) {
        Shape shape = Shape.of(c, 0);
        Architecture.Parameters parameters = embeddings(shape, "bert", shape.width, "cls.predictions.decoder.weight");
        layers(parameters, shape, "bert.encoder.layer.", BERT_LAYER);
        parameters.linear("head.dense", "cls.predictions.transform.dense", shape.width, shape.width)
                .norm("head.norm", "cls.predictions.transform.LayerNorm", shape.width)
                .outputBias("head.bias", "cls.predictions.bias", "cls.predictions.decoder.bias", shape.vocabulary);
        return architecture(shape, attributes(shape, 0, NONE, shape.activation), parameters, shape.positions,
                new TensorNames("bert.", List.of("cls.predictions."), BERT_UNSCORED));
    }

    /** Positions are numbered from the padding token's number on; padding itself has that number. */
    private static Architecture roberta(Configuration c) {
        Shape shape = Shape.of(c, 1);
        Architecture.Parameters parameters = embeddings(shape, "roberta", shape.width, "lm_head.decoder.weight");
        layers(parameters, shape, "roberta.encoder.layer.", BERT_LAYER);
        parameters.linear("head.dense", "lm_head.dense", shape.width, shape.width).norm("head.norm", "lm_head.layer_norm", shape.width)
                .outputBias("head.bias", "lm_head.bias", "lm_head.decoder.bias", shape.vocabulary);
        return architecture(shape, attributes(shape, shape.padding + 1, shape.padding, "gelu"), parameters,
                shape.positions - shape.padding - 1, new TensorNames("roberta.", List.of("lm_head."), BERT_UNSCORED));
    }

    private static Architecture electra(Configuration c) {
        Shape shape = Shape.of(c, 0);
        int narrow = c.size("embedding_size", 128);
        Architecture.Parameters parameters = embeddings(shape, "electra", narrow, "generator_lm_head.weight");
        Map<String, Object> attributes = attributes(shape, 0, NONE, "gelu");
        if (narrow != shape.width) {
            attributes.put("projected", true);
            parameters.linear("embeddings.project", "electra.embeddings_project", shape.width, narrow);
        }
        layers(parameters, shape, "electra.encoder.layer.", BERT_LAYER);
        parameters.linear("head.dense", "generator_predictions.dense", narrow, shape.width)
                .norm("head.norm", "generator_predictions.LayerNorm", narrow)
                .tensor("head.bias", "generator_lm_head.bias", shape.vocabulary);
        return architecture(shape, attributes, parameters, shape.positions,
                new TensorNames("electra.", List.of("generator_predictions.", "generator_lm_head."), BERT_UNSCORED));
    }

    private static Architecture distilbert(Configuration c) {
        int width = c.size("dim");
        int heads = c.size("n_heads");
        c.requireHeads(width, heads, "dim", "n_heads");
        Shape shape = new Shape(c.size("vocab_size"), width, c.layers("n_layers"), heads, c.size("hidden_dim"),
                c.size("max_position_embeddings", 512), 0, c.token("pad_token_id", 0), 1e-12, c.activation("activation"),
                c.flag("tie_word_embeddings", true));
        String prefix = "distilbert.embeddings.";
        Architecture.Parameters parameters = new Architecture.Parameters()
                .words("embeddings.word", prefix + "word_embeddings.weight", "head.output", "vocab_projector.weight", shape.tied,
                        shape.vocabulary, width)
                .tensor("embeddings.position", prefix + "position_embeddings.weight", shape.positions, width)
                .norm("embeddings.norm", prefix + "LayerNorm", width);
        layers(parameters, shape, "distilbert.transformer.layer.", DISTILBERT_LAYER);
        parameters.linear("head.dense", "vocab_transform", width, width).norm("head.norm", "vocab_layer_norm", width).tensor("head.bias",
                "vocab_projector.bias", shape.vocabulary);
        return architecture(shape, attributes(shape, 0, NONE, shape.activation), parameters, shape.positions,
                new TensorNames("distilbert.", List.of("vocab_"), BERT_UNSCORED));
    }

    private static Architecture.Parameters embeddings(Shape shape, String prefix, int width, String output) {
        String stored = prefix + ".embeddings.";
        return new Architecture.Parameters()
                .words("embeddings.word", stored + "word_embeddings.weight", "head.output", output, shape.tied, shape.vocabulary, width)
                .tensor("embeddings.position", stored + "position_embeddings.weight", shape.positions, width)
                .tensor("embeddings.type", stored + "token_type_embeddings.weight", shape.tokenTypes, width)
                .norm("embeddings.norm", stored + "LayerNorm", width);
    }

    private static void layers(Architecture.Parameters parameters, Shape shape, String prefix, List<String> parts) {
        int width = shape.width;
        for (int layer = 0; layer < shape.layers; layer++) {
            String name = "layer." + layer;
            String stored = prefix + layer + ".";
            parameters.linear(name + ".query", stored + parts.get(0), width, width)
                    .linear(name + ".key", stored + parts.get(1), width, width).linear(name + ".value", stored + parts.get(2), width, width)
                    .linear(name + ".mixed", stored + parts.get(3), width, width).norm(name + ".mixed_norm", stored + parts.get(4), width)
                    .linear(name + ".wide", stored + parts.get(5), shape.wide, width)
                    .linear(name + ".narrow", stored + parts.get(6), width, shape.wide)
                    .norm(name + ".narrow_norm", stored + parts.get(7), width);
        }
    }

    private static Map<String, Object> attributes(Shape shape, int firstPosition, int paddingPosition, String headActivation) {
        Map<String, Object> attributes = new LinkedHashMap<>();
        attributes.put("layers", shape.layers);
        attributes.put("heads", shape.heads);
        attributes.put("first_position", firstPosition);
        attributes.put("padding_position", paddingPosition);
        attributes.put("epsilon", shape.epsilon);
        attributes.put("activation", shape.activation);
        attributes.put("head_activation", headActivation);
        attributes.put("typed", shape.tokenTypes > 0);
        attributes.put("projected", false);
        attributes.put("tied", shape.tied);
        return attributes;
    }

    private static Architecture architecture(Shape shape, Map<String, Object> attributes, Architecture.Parameters parameters,
            int maximumLength, TensorNames names) {
        return new Architecture("bert.torchscript", attributes, parameters.toMap(), names, shape.vocabulary, maximumLength,
                OptionalInt.of(shape.padding));
    }

    /** The numbers that the families share; 0 token types for the family that has none. */
    private record Shape(int vocabulary, int width, int layers, int heads, int wide, int positions, int tokenTypes, int padding,
            double epsilon, String activation, boolean tied) {

        static Shape of(Configuration c, int padding) {
            c.require("position_embedding_type", "absolute");
            c.require("is_decoder", false);
            int width = c.size("hidden_size");
            int heads = c.size("num_attention_heads");
            c.requireHeads(width, heads, "hidden_size", "num_attention_heads");
            return new Shape(c.size("vocab_size"), width, c.layers("num_hidden_layers"), heads, c.size("intermediate_size"),
                    c.size("max_position_embeddings", 512), c.size("type_vocab_size", 2), c.token("pad_token_id", padding),
                    c.epsilon("layer_norm_eps", 1e-12), c.activation("hidden_act"), c.flag("tie_word_embeddings", true));
        }
    }
}
