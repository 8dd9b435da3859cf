package io.github.miaudit.checkpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;
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

    private Architecture read(String configuration) throws IOException {
        Files.writeString(folder.resolve("config.json"), configuration);
        return Architecture.read(folder);
    }
}
