package io.github.miaudit.checkpoint;

import com.google.auto.service.AutoService;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * X-MOD (Pfeiffer et al. 2022, arXiv 2205.06266), which {@code xmod.torchscript} computes: RoBERTa with an adapter for each
 * language in each layer. The adapters of {@code default_language} are used, and those of the other languages left unread.
 */
@AutoService(NetworkFamilies.class)
public final class XmodArchitecture implements NetworkFamilies {

    private static final String BASE = "roberta.";

    @Override
    public List<NetworkFamily> families() {
        return List.of(new NetworkFamily("xmod", 2022, List.of("XmodForMaskedLM"), XmodArchitecture::of));
    }

    private static Architecture of(Configuration c) {
        BertShape shape = BertShape.of(c, BertShape.Defaults.ROBERTA);
        List<String> languages = c.has("languages") ? c.texts("languages") : List.of("en_XX");
        String language = c.text("default_language", "");
        if (!languages.contains(language)) {
            throw c.invalid("default_language",
                    "set it to the language of the texts, one of those in languages: " + String.join(", ", languages));
        }
        boolean before = c.flag("pre_norm", false);
        boolean ownNorm = c.flag("adapter_layer_norm", false);
        boolean layerNorm = c.flag("adapter_reuse_layer_norm", true);

        int width = shape.width();
        int narrow = width / c.size("adapter_reduction_factor", 2);
        if (narrow == 0) {
            throw c.invalid("adapter_reduction_factor", "it must be at most hidden_size, " + width);
        }
        Architecture.Parameters parameters = shape.normalisedEmbeddings(BASE, width, "lm_head.decoder.weight");
        for (int layer = 0; layer < shape.layers(); layer++) {
            String name = "layer." + layer;
            String stored = BASE + "encoder.layer." + layer + ".";
            String adapter = stored + "output.adapter_modules." + language;
            shape.layer(parameters, name, stored);
            parameters.norm(name + ".mixed_norm", stored + "attention.output.LayerNorm", width)
                    .norm(name + ".narrow_norm", stored + "output.LayerNorm", width)
                    .linear(name + ".adapter_in", adapter + ".dense1", narrow, width)
                    .linear(name + ".adapter_out", adapter + ".dense2", width, narrow);
            if (ownNorm) {
                parameters.norm(name + ".adapter_norm", stored + "output.adapter_layer_norm", width);
            }
        }
        if (before) {
            parameters.norm("final_norm", BASE + "encoder.LayerNorm", width);
        }
        shape.robertaHead(parameters);

        Map<String, Object> attributes = shape.attributesFrom(shape.padding());
        attributes.put("before", before);
        attributes.put("adapter_norm", ownNorm ? ".adapter_norm" : layerNorm ? ".narrow_norm" : "");
        attributes.put("residual_normal", c.flag("ln_before_adapter", true));
        return shape.architecture("xmod.torchscript", attributes, parameters,
                new TensorNames(BASE, List.of("lm_head."), Stream.concat(BertShape.UNSCORED.stream(),
                        languages.stream().filter(other -> !other.equals(language)).map(XmodArchitecture::adapters)).toList()));
    }

    private static String adapters(String language) {
        return "roberta\\.encoder\\.layer\\.\\d+\\.output\\.adapter_modules\\." + Pattern.quote(language)
                + "\\.dense[12]\\.(weight|bias)";
    }
}
