package io.github.miaudit.checkpoint;

import com.google.auto.service.AutoService;
import java.util.List;

/**
 * MPNet (Song et al. 2020, arXiv 2004.09297), which {@code mpnet.torchscript} computes. As in Hugging Face transformers,
 * positions are numbered by the token id 1, whatever {@code pad_token_id} says, and there are 32 buckets of distances.
 */
@AutoService(NetworkFamilies.class)
public final class MpnetArchitecture implements NetworkFamilies {

    private static final int PADDING_POSITION = 1;
    private static final int BUCKETS = 32;

    /** Without token types. */
    private static final BertShape.Defaults DEFAULTS = new BertShape.Defaults(512, 0, 1, 1e-12, "gelu", true);

    @Override
    public List<NetworkFamily> families() {
        return List.of(new NetworkFamily("mpnet", 2020, List.of("MPNetForMaskedLM"), MpnetArchitecture::of));
    }

    private static Architecture of(Configuration c) {
        BertShape shape = BertShape.of(c, DEFAULTS);
        int buckets = c.size("relative_attention_num_buckets", BUCKETS);
        if (buckets < BUCKETS) {
            throw c.invalid("relative_attention_num_buckets", "it must be at least " + BUCKETS + ", which is how many are used");
        }
        Architecture.Parameters parameters = shape.normalisedEmbeddings("mpnet.", shape.width(), "lm_head.decoder.weight")
                .tensor("relative", "mpnet.encoder.relative_attention_bias.weight", buckets, shape.heads());
        for (int layer = 0; layer < shape.layers(); layer++) {
            String name = "layer." + layer;
            String stored = "mpnet.encoder.layer." + layer + ".";
            shape.attention(parameters, name, stored + "attention.attn.q", stored + "attention.attn.k", stored + "attention.attn.v",
                    stored + "attention.attn.o");
            shape.feedForward(parameters, name, stored + "intermediate.dense", stored + "output.dense");
            parameters.norm(name + ".mixed_norm", stored + "attention.LayerNorm", shape.width())
                    .norm(name + ".narrow_norm", stored + "output.LayerNorm", shape.width());
        }
        shape.robertaHead(parameters);
        return shape.architecture("mpnet.torchscript", shape.attributesFrom(PADDING_POSITION), parameters,
                new TensorNames("mpnet.", List.of("lm_head."), BertShape.UNSCORED));
    }
}
