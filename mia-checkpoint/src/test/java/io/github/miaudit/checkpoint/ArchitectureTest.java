package io.github.miaudit.checkpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.github.miaudit.io.AuditException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ArchitectureTest {

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({"BertForMaskedLM,bert", "BertForPreTraining,bert", "RobertaForMaskedLM,roberta", "XLMRobertaForMaskedLM,xlm-roberta",
            "CamembertForMaskedLM,camembert"})
    void aConfigurationOf2019NamesItsArchitectureAlone(String architecture, String modelType) throws IOException {
        String configuration = Files.readString(
                Resources.folder(modelType.equals("bert") ? "/golden/bert-tiny" : "/golden/roberta-tiny").resolve("config.json"));
        assertEquals(
                read(configuration.replaceFirst("\"model_type\": \"\\w+\"", "\"model_type\": \"" + modelType + "\"")).parameters().keySet(),
                read(configuration
                        .replaceFirst("\"model_type\": \"\\w+\"", "\"architectures\": [\"Other\", 7, {}, \"" + architecture + "\"]")
                        .replaceFirst("\"architectures\": \\[\\s*\"\\w+\"\\s*\\],", "")).parameters().keySet());
    }

    @Test
    void modernBertReadsTheConfigurationsOfBothVersions() throws IOException {
        Path file = Files.copy(Resources.folder("/families/modernbert").resolve("config.json"), folder.resolve("config.json"));
        Architecture old = Architecture.of(Configuration.read(file));
        JsonObject json = JsonParser.parseString(Files.readString(file)).getAsJsonObject();
        json.remove("global_rope_theta");
        json.remove("local_rope_theta");
        json.remove("global_attn_every_n_layers");
        json.add("layer_types", JsonParser
                .parseString("[\"full_attention\",\"sliding_attention\",\"sliding_attention\",\"full_attention\",\"sliding_attention\"]"));
        json.add("rope_parameters", JsonParser.parseString("{\"full_attention\":{\"rope_type\":\"default\",\"rope_theta\":160000.0},"
                + "\"sliding_attention\":{\"rope_type\":\"default\",\"rope_theta\":10000.0}}"));
        Files.writeString(file, json.toString());
        assertEquals(old.attributes(), Architecture.of(Configuration.read(file)).attributes());
        Files.writeString(file, json.toString().replaceFirst("full_attention", "sliding_attention"));
        assertTrue(assertThrows(AuditException.class, () -> Architecture.of(Configuration.read(file))).getMessage()
                .contains("layer_types is"));
        Files.writeString(file, json.toString().replaceFirst("default", "yarn"));
        assertTrue(assertThrows(AuditException.class, () -> Architecture.of(Configuration.read(file))).getMessage()
                .contains("rope_type is \"yarn\"; supported is default"));
    }

    /** A setting that the programs don't compute, in the configuration of a folder that they do. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "families/albert|_groups\": 1|_groups\": 4|num_hidden_groups is 4; it must be at most num_hidden_layers, 3",
            "families/albert|\"num_hidden_groups\": 1|\"position_embedding_type\": \"relative_key\"|position_embedding_type is",
            "families/albert|_num\": 1|_num\": 2000000000|inner_group_num is 2000000000; it must be at most 1000",
            "families/mpnet|_buckets\": 32|_buckets\": 31|relative_attention_num_buckets is 31; it must be at least 32",
            "families/megatron-bert|\"is_decoder\": false|\"is_decoder\": true|is_decoder is true; supported is false",
            "families/ernie|\"hidden_act\": \"gelu\"|\"hidden_act\": \"quick_gelu\"|hidden_act is \"quick_gelu\"; supported are gelu,",
            "variants/rembert|_embeddings\": false|_embeddings\": true|tie_word_embeddings is true; supported is false",
            "variants/xmod|: \"de_DE\"|: null|default_language is null; set it to the language of the texts, one of those",
            "variants/xmod|\"default_language\": \"de_DE\"|\"default_language\": \"de\"|default_language is \"de\"; set it to",
            "variants/xmod|_reduction_factor\": 2|_reduction_factor\": 13|adapter_reduction_factor is 13; it must be at most hidden_size",
            "families/longformer|\"attention_window\": [|\"attention_window\": 7, \"other\": [|attention_window is 7; it must be",
            "rare-settings/longformer-long|\"attention_window\": 60|\"attention_window\": [60]|attention_window is [60]; it must be",
            "rare-settings/longformer-long|\"attention_window\": 60|\"attention_window\": [60, 0]|attention_window is [60,0]; it must",
            "rare-settings/longformer-long|\"attention_window\": 60|\"attention_window\": [60, \"8\"]|attention_window is [60,\"8\"];",
            "families/big_bird|\"original_full\"|\"dilated\"|attention_type is \"dilated\"; supported are block_sparse and original_full",
            "families/big_bird|\"is_decoder\": false|\"is_decoder\": true|is_decoder is true; supported is false",
            "families/deberta-v2|\"position_buckets\": 16|\"position_buckets\": 1|position_buckets is 1; it must be at least 2",
            "families/deberta-v2|_positions\": -1|_positions\": 9|position_buckets is 16; it must be at least 2, and half of it less",
            "families/deberta-v2|_positions\": -1|_positions\": 1e99|max_relative_positions is 1.0E99; it must be a whole number",
            "families/deberta-v2|\"legacy\": true|\"conv_kernel_size\": 4|conv_kernel_size is 4; conv_kernel_size must be odd",
            "families/deberta-v2|\"legacy\": true|\"conv_kernel_size\": 3, \"conv_groups\": 5|conv_groups is 5; conv_kernel_size must be",
            "families/deberta-v2|\"legacy\": true|\"conv_act\": \"mish\"|conv_act is \"mish\"; supported are",
            "families/deberta-v2|\"legacy\": true|\"legacy\": false, \"embedding_size\": 8|embedding_size is 8; with legacy false it",
            "families/deberta-v2|\"legacy\": true|\"attention_head_size\": 8|attention_head_size is 8; supported is 16",
            "families/eurobert|\"default\"|\"yarn\"|rope_parameters is {\"rope_theta\":10000.0,\"rope_type\":\"yarn\"}; supported is",
            "families/eurobert|\"rope_parameters\": {|\"rope_scaling\": {\"type\": \"linear\"}, \"other\": {|rope_scaling is {\"type\":",
            "families/eurobert|\"rope_theta\": 10000.0|\"rope_theta\": 0|rope_theta is 0.0; it must be positive",
            "families/eurobert|\"rope_theta\": 10000.0|\"partial_rotary_factor\": 0.5|partial_rotary_factor must be 1 or left out",
            "families/eurobert|\"head_dim\": 16|\"head_dim\": 15|has heads of width 15; rotary positions need an even width",
            "families/eurobert|\"num_key_value_heads\": 3|\"num_key_value_heads\": 2|num_attention_heads 3 is no multiple of num_key_value",
            "rare-settings/nomic-bert|\"pad_token_id\"|\"n_embd\": 16, \"pad_token_id\"|states n_embd, as configurations of"})
    void whatIsNotComputedIsRefusedByName(String model, String right, String wrong, String message) throws IOException {
        String configuration = Files.readString(Resources.folder("/golden/" + model).resolve("config.json"));
        assertTrue(configuration.contains(right));
        AuditException refusal = assertThrows(AuditException.class, () -> read(configuration.replace(right, wrong)));
        assertTrue(refusal.getMessage().contains("config.json: " + message), refusal.getMessage());
    }

    @Test
    void adaptersOfOtherLanguagesAreNoPartOfTheScores() {
        Architecture xmod = Architecture.read(Resources.folder("/golden/variants/xmod"));
        assertTrue(isUnscored(xmod, "roberta.encoder.layer.1.output.adapter_modules.en_XX.dense2.bias"));
        assertFalse(isUnscored(xmod, "roberta.encoder.layer.1.output.adapter_modules.de_DE.dense2.bias"));
        assertFalse(isUnscored(xmod, "roberta.encoder.layer.1.output.adapter_modules.fr_XX.dense2.bias"));
    }

    /** Tensors of checkpoints of other heads, as Hugging Face transformers name them. */
    @ParameterizedTest
    @CsvSource({"albert,albert.pooler.weight", "albert,sop_classifier.classifier.bias", "albert,albert.embeddings.position_ids",
            "ernie,ernie.pooler.dense.weight", "ernie,cls.seq_relationship.weight", "megatron-bert,bert.pooler.dense.bias",
            "megatron-bert,bert.embeddings.position_ids", "mpnet,mpnet.pooler.dense.weight", "mpnet,classifier.out_proj.bias",
            "roberta-prelayernorm,roberta_prelayernorm.embeddings.token_type_ids",
            "longformer,longformer.encoder.layer.1.attention.self.query_global.bias", "longformer,longformer.pooler.dense.weight",
            "longformer,longformer.embeddings.position_ids", "big_bird,bert.pooler.weight", "big_bird,cls.seq_relationship.bias",
            "deberta-v2,mask_predictions.classifier.weight", "deberta-v2,deberta.embeddings.position_embeddings.weight",
            "eurobert,model.rotary_emb.inv_freq", "eurobert,model.layers.2.self_attn.rotary_emb.inv_freq"})
    void poolersAndOtherHeadsAreKnownByName(String family, String tensor) {
        assertTrue(isUnscored(Architecture.read(Resources.folder("/golden/families/" + family)), tensor));
    }

    private static boolean isUnscored(Architecture architecture, String tensor) {
        return architecture.names().unscored().stream().anyMatch(tensor::matches);
    }

    private Architecture read(String configuration) throws IOException {
        Files.writeString(folder.resolve("config.json"), configuration);
        return Architecture.read(folder);
    }
}
