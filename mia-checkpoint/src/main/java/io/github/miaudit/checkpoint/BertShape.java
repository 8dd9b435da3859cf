package io.github.miaudit.checkpoint;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;

/**
 * The numbers that BERT and its kin share, and what their checkpoints have in common.
 *
 * @param tokenTypes 0 for a family that has none
 * @param tied       whether the output matrix is that of the word embeddings
 */
record BertShape(int vocabulary, int width, int layers, int heads, int wide, int positions, int tokenTypes, int padding, double epsilon,
        String activation, boolean tied) {

    /** Buffers that hold no weights, what turns a sentence into one vector, and the heads of other tasks. */
    static final List<String> UNSCORED = List.of("[a-z0-9_]+\\.embeddings\\.(position_ids|token_type_ids)",
            "[a-z0-9_]+\\.pooler\\.(dense\\.)?(weight|bias)", "cls\\.seq_relationship\\.(weight|bias)",
            "(classifier|pre_classifier|qa_outputs|sop_classifier\\.classifier|classifier\\.dense|classifier\\.out_proj)\\.(weight|bias)");

    private static final int NO_PADDING = -1;

    /** What holds where {@code config.json} is silent; in Hugging Face transformers each family has its own. */
    record Defaults(int positions, int tokenTypes, int padding, double epsilon, String activation, boolean tied) {

        static final Defaults BERT = new Defaults(512, 2, 0, 1e-12, "gelu", true);
        static final Defaults ROBERTA = new Defaults(512, 2, 1, 1e-12, "gelu", true);
    }

    static BertShape of(Configuration c, Defaults defaults) {
        c.require("position_embedding_type", "absolute");
        c.require("is_decoder", false);
        int width = c.size("hidden_size");
        int heads = c.size("num_attention_heads");
        c.requireHeads(width, heads, "hidden_size", "num_attention_heads");
        return new BertShape(c.size("vocab_size"), width, c.layers("num_hidden_layers"), heads, c.size("intermediate_size"),
                c.size("max_position_embeddings", defaults.positions),
                defaults.tokenTypes == 0 ? 0 : c.size("type_vocab_size", defaults.tokenTypes),
                c.token("pad_token_id", defaults.padding), c.epsilon("layer_norm_eps", defaults.epsilon),
                c.activation("hidden_act", defaults.activation), c.flag("tie_word_embeddings", defaults.tied));
    }

    /** Word, position and token type embeddings of a width, their normalisation, and the output matrix. */
    Architecture.Parameters normalisedEmbeddings(String base, int wordWidth, String output) {
        return embeddings(base, wordWidth, output).norm("embeddings.norm", base + "embeddings.LayerNorm", wordWidth);
    }

    /** As {@link #normalisedEmbeddings}, for a family that does not normalise them. */
    Architecture.Parameters embeddings(String base, int wordWidth, String output) {
        String stored = base + "embeddings.";
        Architecture.Parameters parameters = new Architecture.Parameters()
                .words("embeddings.word", stored + "word_embeddings.weight", "head.output", output, tied, vocabulary, wordWidth)
                .tensor("embeddings.position", stored + "position_embeddings.weight", positions, wordWidth);
        return tokenTypes == 0 ? parameters
                : parameters.tensor("embeddings.type", stored + "token_type_embeddings.weight", tokenTypes, wordWidth);
    }

    /** The matrices of a layer, under the names of BERT. */
    void layer(Architecture.Parameters parameters, String name, String stored) {
        attention(parameters, name, stored + "attention.self.query", stored + "attention.self.key", stored + "attention.self.value",
                stored + "attention.output.dense");
        feedForward(parameters, name, stored + "intermediate.dense", stored + "output.dense");
    }

    void attention(Architecture.Parameters parameters, String name, String query, String key, String value, String mixed) {
        parameters.linear(name + ".query", query, width, width).linear(name + ".key", key, width, width)
                .linear(name + ".value", value, width, width).linear(name + ".mixed", mixed, width, width);
    }

    void feedForward(Architecture.Parameters parameters, String name, String first, String second) {
        parameters.linear(name + ".wide", first, wide, width).linear(name + ".narrow", second, width, wide);
    }

    /** A head under the names of BERT. */
    void bertHead(Architecture.Parameters parameters) {
        parameters.linear("head.dense", "cls.predictions.transform.dense", width, width)
                .norm("head.norm", "cls.predictions.transform.LayerNorm", width)
                .outputBias("head.bias", "cls.predictions.bias", "cls.predictions.decoder.bias", vocabulary);
    }

    /** A head under the names of RoBERTa. */
    void robertaHead(Architecture.Parameters parameters) {
        parameters.linear("head.dense", "lm_head.dense", width, width).norm("head.norm", "lm_head.layer_norm", width)
                .outputBias("head.bias", "lm_head.bias", "lm_head.decoder.bias", vocabulary);
    }

    /** What all their programs take. Positions are numbered from 0. */
    Map<String, Object> attributes(String headActivation) {
        return attributes(0, NO_PADDING, headActivation);
    }

    /** As RoBERTa does: positions are numbered from the number of a token on, and that token has its own number. */
    Map<String, Object> attributesFrom(int paddingPosition) {
        return attributes(paddingPosition + 1, paddingPosition, "gelu");
    }

    private Map<String, Object> attributes(int firstPosition, int paddingPosition, String headActivation) {
        Map<String, Object> attributes = new LinkedHashMap<>();
        attributes.put("layers", layers);
        attributes.put("heads", heads);
        attributes.put("first_position", firstPosition);
        attributes.put("padding_position", paddingPosition);
        attributes.put("epsilon", epsilon);
        attributes.put("activation", activation);
        attributes.put("head_activation", headActivation);
        return attributes;
    }

    /** A network whose longest input is as long as there are numbers of positions from the first on. */
    Architecture architecture(String program, Map<String, Object> attributes, Architecture.Parameters parameters, TensorNames names) {
        return new Architecture(program, attributes, parameters.toMap(), names, vocabulary,
                positions - (Integer) Objects.requireNonNull(attributes.get("first_position")), OptionalInt.of(padding));
    }
}
