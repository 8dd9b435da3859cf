package io.github.miaudit.checkpoint;

import com.google.auto.service.AutoService;
import java.util.List;
import java.util.Map;

/**
 * The families that {@code prenorm.torchscript} computes, with layer normalisation before each part of a layer: Megatron's
 * BERT (Shoeybi et al. 2019, arXiv 1909.08053; GatorTron is one), RoBERTa as fairseq has it with normalisation first (Ott et
 * al. 2019), XLM-RoBERTa XL (Goyal et al. 2021, arXiv 2105.00572). Defaults are those of Hugging Face transformers.
 */
@AutoService(NetworkFamilies.class)
public final class PreNormArchitecture implements NetworkFamilies {

    private static final String PROGRAM = "prenorm.torchscript";
    private static final BertShape.Defaults XL = new BertShape.Defaults(514, 1, 1, 1e-5, "gelu", true);

    /** What a family calls the norms of a layer: before attention, before the feed-forward network. */
    private record Norms(String attention, String feed) {
    }

    @Override
    public List<NetworkFamily> families() {
        return List.of(
                new NetworkFamily("megatron-bert", 2019, List.of("MegatronBertForMaskedLM", "MegatronBertForPreTraining"),
                        PreNormArchitecture::megatron),
                new NetworkFamily("roberta-prelayernorm", 2019, List.of("RobertaPreLayerNormForMaskedLM"), PreNormArchitecture::roberta),
                new NetworkFamily("xlm-roberta-xl", 2021, List.of("XLMRobertaXLForMaskedLM"), PreNormArchitecture::xl));
    }

    private static Architecture megatron(Configuration c) {
        BertShape shape = BertShape.of(c, BertShape.Defaults.BERT);
        Architecture.Parameters parameters = shape.embeddings("bert.", shape.width(), "cls.predictions.decoder.weight");
        layers(parameters, shape, "bert.", new Norms("attention.ln", "ln"), "bert.encoder.ln");
        shape.bertHead(parameters);
        return architecture(shape, shape.attributes(shape.activation()), parameters, "bert.", "cls.predictions.");
    }

    private static Architecture roberta(Configuration c) {
        String base = "roberta_prelayernorm.";
        BertShape shape = BertShape.of(c, BertShape.Defaults.ROBERTA);
        Architecture.Parameters parameters = shape.normalisedEmbeddings(base, shape.width(), "lm_head.decoder.weight");
        layers(parameters, shape, base, new Norms("attention.LayerNorm", "intermediate.LayerNorm"), base + "LayerNorm");
        shape.robertaHead(parameters);
        return architecture(shape, shape.attributesFrom(shape.padding()), parameters, base, "lm_head.");
    }

    private static Architecture xl(Configuration c) {
        BertShape shape = BertShape.of(c, XL);
        Architecture.Parameters parameters = shape.embeddings("roberta.", shape.width(), "lm_head.decoder.weight");
        layers(parameters, shape, "roberta.", new Norms("attention.self_attn_layer_norm", "LayerNorm"), "roberta.encoder.LayerNorm");
        shape.robertaHead(parameters);
        return architecture(shape, shape.attributesFrom(shape.padding()), parameters, "roberta.", "lm_head.");
    }

    private static void layers(Architecture.Parameters parameters, BertShape shape, String base, Norms norms, String last) {
        for (int layer = 0; layer < shape.layers(); layer++) {
            String name = "layer." + layer;
            String stored = base + "encoder.layer." + layer + ".";
            parameters.norm(name + ".attention_norm", stored + norms.attention, shape.width())
                    .norm(name + ".feed_norm", stored + norms.feed, shape.width());
            shape.layer(parameters, name, stored);
        }
        parameters.norm("final_norm", last, shape.width());
    }

    private static Architecture architecture(BertShape shape, Map<String, Object> attributes, Architecture.Parameters parameters,
            String base, String head) {
        return shape.architecture(PROGRAM, attributes, parameters, new TensorNames(base, List.of(head), BertShape.UNSCORED));
    }
}
