package io.github.miaudit.benchmarks;

/** A family of networks of RoBERTa's size and shape, which differ in attention. */
enum NetworkKind {

    ROBERTA("roberta", "\"type_vocab_size\": 1", Integer.MAX_VALUE, 2),
    /** As published, but for the window, which is 512 there. */
    LONGFORMER("longformer", "\"type_vocab_size\": 1, \"attention_window\": 256", 128, 2),
    /** As v3 is published. */
    DEBERTA("deberta-v2", "\"type_vocab_size\": 0, \"relative_attention\": true, \"position_buckets\": 256,"
            + " \"pos_att_type\": \"p2c|c2p\", \"share_att_key\": true, \"norm_rel_ebd\": \"layer_norm\", \"position_biased_input\": false",
            Integer.MAX_VALUE, 4);

    private final String modelType;
    private final String settings;
    private final int reach;
    private final int products;

    /** How far attention reaches to either side, and how many products of vectors it takes for a query and a key. */
    NetworkKind(String modelType, String settings, int reach, int products) {
        this.modelType = modelType;
        this.settings = settings;
        this.reach = reach;
        this.products = products;
    }

    static NetworkKind named(String modelType) {
        for (NetworkKind kind : values()) {
            if (kind.modelType.equals(modelType)) {
                return kind;
            }
        }
        throw new IllegalArgumentException("no kind is called " + modelType);
    }

    /** Its {@code config.json}. */
    String configuration(NetworkShape shape) {
        return """
                {"model_type": "%s", "hidden_act": "gelu", "vocab_size": %d, "hidden_size": %d, "num_hidden_layers": %d,
                 "num_attention_heads": %d, "intermediate_size": %d, "max_position_embeddings": %d, "pad_token_id": 1,
                 "layer_norm_eps": 1e-5, %s}
                """.formatted(modelType, shape.vocabulary(), shape.width(), shape.layers(), shape.heads(), shape.feedForwardWidth(),
                shape.positions(), settings);
    }

    /** The floating-point operations of attention of all tokens of a row, for each unit of the network's width. */
    double attention(int length) {
        double far = Math.max(0, length - 1 - (double) reach); // tokens that this many do not see, to either side
        return 2.0 * products * ((double) length * length - far * (far + 1));
    }

    /** The same of one of its tokens, one that sees as many as any. */
    double attentionOfOne(int length) {
        return 2.0 * products * Math.min(length, 1 + 2.0 * reach);
    }
}
