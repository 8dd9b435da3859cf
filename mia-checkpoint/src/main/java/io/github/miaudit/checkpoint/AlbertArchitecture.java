package io.github.miaudit.checkpoint;

import com.google.auto.service.AutoService;
import java.util.List;
import java.util.Map;

/**
 * ALBERT (Lan et al. 2020, arXiv 1909.11942), which {@code bert.torchscript} computes: layers share weights in groups. A
 * group is {@code inner_group_num} layers; of {@code num_hidden_groups} groups each is run for an equal share of
 * {@code num_hidden_layers} times. Embeddings have a width of their own.
 */
@AutoService(NetworkFamilies.class)
public final class AlbertArchitecture implements NetworkFamilies {

    private static final BertShape.Defaults DEFAULTS = new BertShape.Defaults(512, 2, 0, 1e-12, "gelu_new", true);

    @Override
    public List<NetworkFamily> families() {
        return List.of(new NetworkFamily("albert", 2020, List.of("AlbertForMaskedLM", "AlbertForPreTraining"), AlbertArchitecture::of));
    }

    private static Architecture of(Configuration c) {
        BertShape shape = BertShape.of(c, DEFAULTS);
        int groups = c.layers("num_hidden_groups", 1);
        int inner = c.layers("inner_group_num", 1);
        if (groups > shape.layers()) {
            throw c.invalid("num_hidden_groups", "it must be at most num_hidden_layers, " + shape.layers());
        }
        int narrow = c.size("embedding_size", 128);
        Architecture.Parameters parameters = shape.normalisedEmbeddings("albert.", narrow, "predictions.decoder.weight")
                .linear("embeddings.project", "albert.encoder.embedding_hidden_mapping_in", shape.width(), narrow);
        for (int layer = 0; layer < groups * inner; layer++) {
            String name = "layer." + layer;
            String stored = "albert.encoder.albert_layer_groups." + layer / inner + ".albert_layers." + layer % inner + ".";
            shape.attention(parameters, name, stored + "attention.query", stored + "attention.key", stored + "attention.value",
                    stored + "attention.dense");
            shape.feedForward(parameters, name, stored + "ffn", stored + "ffn_output");
            parameters.norm(name + ".mixed_norm", stored + "attention.LayerNorm", shape.width())
                    .norm(name + ".narrow_norm", stored + "full_layer_layer_norm", shape.width());
        }
        parameters.linear("head.dense", "predictions.dense", narrow, shape.width()).norm("head.norm", "predictions.LayerNorm", narrow)
                .outputBias("head.bias", "predictions.bias", "predictions.decoder.bias", shape.vocabulary());
        Map<String, Object> attributes = shape.attributes(shape.activation());
        attributes.put("layers", shape.layers() * inner);
        attributes.put("groups", groups);
        attributes.put("inner", inner);
        return shape.architecture(BertArchitecture.PROGRAM, attributes, parameters,
                new TensorNames("albert.", List.of("predictions."), BertShape.UNSCORED));
    }
}
