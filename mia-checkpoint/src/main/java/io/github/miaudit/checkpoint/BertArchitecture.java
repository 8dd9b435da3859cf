package io.github.miaudit.checkpoint;

import com.google.auto.service.AutoService;
import java.util.List;
import java.util.Map;

/**
 * The families that {@code bert.torchscript} computes: BERT (Devlin et al. 2019), RoBERTa (Liu et al. 2019) and its
 * kin, ELECTRA's generator (Clark et al. 2020), DistilBERT (Sanh et al. 2019), RemBERT (Chung et al. 2021), ERNIE (Sun et
 * al. 2020). Defaults are those of Hugging Face transformers.
 */
@AutoService(NetworkFamilies.class)
public final class BertArchitecture implements NetworkFamilies {

    static final String PROGRAM = "bert.torchscript";

    private static final BertShape.Defaults REMBERT = new BertShape.Defaults(512, 2, 0, 1e-12, "gelu", false);

    @Override
    public List<NetworkFamily> families() {
        return List.of(new NetworkFamily("bert", 2019, List.of("BertForMaskedLM", "BertForPreTraining"), c -> bert(c, "bert.", 0)),
                new NetworkFamily("roberta", 2019, List.of("RobertaForMaskedLM"), c -> roberta(c, "roberta.")),
                new NetworkFamily("xlm-roberta", 2019, List.of("XLMRobertaForMaskedLM"), c -> roberta(c, "roberta.")),
                new NetworkFamily("camembert", 2019, List.of("CamembertForMaskedLM"), c -> roberta(c, "roberta.")),
                new NetworkFamily("distilbert", 2019, List.of("DistilBertForMaskedLM"), BertArchitecture::distilbert),
                new NetworkFamily("electra", 2020, List.of("ElectraForMaskedLM"), BertArchitecture::electra),
                new NetworkFamily("ernie", 2020, List.of("ErnieForMaskedLM"), BertArchitecture::ernie),
                new NetworkFamily("rembert", 2021, List.of("RemBertForMaskedLM"), BertArchitecture::rembert),
                new NetworkFamily("data2vec-text", 2022, List.of("Data2VecTextForMaskedLM"), c -> roberta(c, "data2vec_text.")));
    }

    private static Architecture bert(Configuration c, String base, int tasks) {
        BertShape shape = BertShape.of(c, BertShape.Defaults.BERT);
        Architecture.Parameters parameters = shape.normalisedEmbeddings(base, shape.width(), "cls.predictions.decoder.weight");
        if (tasks > 0) {
            parameters.tensor("embeddings.task", base + "embeddings.task_type_embeddings.weight", tasks, shape.width());
        }
        layers(parameters, shape, base);
        shape.bertHead(parameters);
        return architecture(shape, shape.attributes(shape.activation()), parameters, base, "cls.predictions.");
    }

    /** BERT whose tokens can have a task, which is the first where none is given. */
    private static Architecture ernie(Configuration c) {
        return bert(c, "ernie.", c.flag("use_task_id", false) ? c.size("task_type_vocab_size", 3) : 0);
    }

    /** Positions are numbered from the padding token's number on; padding itself has that number. */
    private static Architecture roberta(Configuration c, String base) {
        BertShape shape = BertShape.of(c, BertShape.Defaults.ROBERTA);
        Architecture.Parameters parameters = shape.normalisedEmbeddings(base, shape.width(), "lm_head.decoder.weight");
        layers(parameters, shape, base);
        shape.robertaHead(parameters);
        return architecture(shape, shape.attributesFrom(shape.padding()), parameters, base, "lm_head.");
    }

    private static Architecture electra(Configuration c) {
        BertShape shape = BertShape.of(c, BertShape.Defaults.BERT);
        int narrow = c.size("embedding_size", 128);
        Architecture.Parameters parameters = shape.normalisedEmbeddings("electra.", narrow, "generator_lm_head.weight");
        if (narrow != shape.width()) {
            parameters.linear("embeddings.project", "electra.embeddings_project", shape.width(), narrow);
        }
        layers(parameters, shape, "electra.");
        parameters.linear("head.dense", "generator_predictions.dense", narrow, shape.width())
                .norm("head.norm", "generator_predictions.LayerNorm", narrow)
                .tensor("head.bias", "generator_lm_head.bias", shape.vocabulary());
        return architecture(shape, shape.attributes("gelu"), parameters, "electra.", "generator_predictions.", "generator_lm_head.");
    }

    /** Its output matrix is never that of the word embeddings, and of another width. */
    private static Architecture rembert(Configuration c) {
        c.require("tie_word_embeddings", false);
        BertShape shape = BertShape.of(c, REMBERT);
        int narrow = c.size("input_embedding_size", 256);
        int output = c.size("output_embedding_size", 1664);
        Architecture.Parameters parameters = shape.normalisedEmbeddings("rembert.", narrow, "cls.predictions.decoder.weight")
                .tensor("head.output", "cls.predictions.decoder.weight", shape.vocabulary(), output)
                .linear("embeddings.project", "rembert.encoder.embedding_hidden_mapping_in", shape.width(), narrow);
        layers(parameters, shape, "rembert.");
        parameters.linear("head.dense", "cls.predictions.dense", output, shape.width())
                .norm("head.norm", "cls.predictions.LayerNorm", output)
                .tensor("head.bias", "cls.predictions.decoder.bias", shape.vocabulary());
        return architecture(shape, shape.attributes(shape.activation()), parameters, "rembert.", "cls.predictions.");
    }

    private static Architecture distilbert(Configuration c) {
        int width = c.size("dim");
        int heads = c.size("n_heads");
        c.requireHeads(width, heads, "dim", "n_heads");
        BertShape shape = new BertShape(c.size("vocab_size"), width, c.layers("n_layers"), heads, c.size("hidden_dim"),
                c.size("max_position_embeddings", 512), 0, c.token("pad_token_id", 0), 1e-12, c.activation("activation", "gelu"),
                c.flag("tie_word_embeddings", true));
        Architecture.Parameters parameters = shape.normalisedEmbeddings("distilbert.", width, "vocab_projector.weight");
        for (int layer = 0; layer < shape.layers(); layer++) {
            String name = "layer." + layer;
            String stored = "distilbert.transformer.layer." + layer + ".";
            shape.attention(parameters, name, stored + "attention.q_lin", stored + "attention.k_lin", stored + "attention.v_lin",
                    stored + "attention.out_lin");
            shape.feedForward(parameters, name, stored + "ffn.lin1", stored + "ffn.lin2");
            parameters.norm(name + ".mixed_norm", stored + "sa_layer_norm", width)
                    .norm(name + ".narrow_norm", stored + "output_layer_norm", width);
        }
        parameters.linear("head.dense", "vocab_transform", width, width).norm("head.norm", "vocab_layer_norm", width)
                .tensor("head.bias", "vocab_projector.bias", shape.vocabulary());
        return architecture(shape, shape.attributes(shape.activation()), parameters, "distilbert.", "vocab_");
    }

    private static void layers(Architecture.Parameters parameters, BertShape shape, String base) {
        for (int layer = 0; layer < shape.layers(); layer++) {
            String name = "layer." + layer;
            String stored = base + "encoder.layer." + layer + ".";
            shape.layer(parameters, name, stored);
            parameters.norm(name + ".mixed_norm", stored + "attention.output.LayerNorm", shape.width())
                    .norm(name + ".narrow_norm", stored + "output.LayerNorm", shape.width());
        }
    }

    private static Architecture architecture(BertShape shape, Map<String, Object> attributes, Architecture.Parameters parameters,
            String base, String... head) {
        attributes.put("groups", shape.layers());
        attributes.put("inner", 1);
        return shape.architecture(PROGRAM, attributes, parameters, new TensorNames(base, List.of(head), BertShape.UNSCORED));
    }
}
