package io.github.miaudit.checkpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.miaudit.checkpoint.EditableWeights.Tensor;
import io.github.miaudit.io.InvalidFileException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What an adapter's tensors do, or why they are refused; the values are tested beside the engine. */
class LoraAdapterTest {

    private static final String QUERY = "base_model.model.bert.encoder.layer.0.attention.self.query";

    @TempDir
    private Path folder;
    private final EditableWeights adapter = new EditableWeights();

    @BeforeEach
    void base() throws IOException {
        for (String name : new String[] {"config.json", "model.safetensors"}) {
            Files.copy(Resources.BERT.resolve(name), folder.resolve(name));
        }
        settings("");
        put(QUERY + ".lora_A.weight", 2, 64);
        put(QUERY + ".lora_B.weight", 64, 2);
    }

    @Test
    void oneMatrixIsUpdatedByItsScale() throws IOException {
        Checkpoint checkpoint = open();
        assertEquals(1, checkpoint.updates().size());
        assertEquals(4, checkpoint.updates().get("layer.0.query.weight").scale());
        settings("\"use_rslora\": true,");
        assertEquals(8 / Math.sqrt(2), open().updates().get("layer.0.query.weight").scale());
        settings("\"alpha_pattern\": {\"self.query\": 3}, \"rank_pattern\": {\"query\": 2},");
        assertEquals(1.5, open().updates().get("layer.0.query.weight").scale());
        settings("\"alpha_pattern\": {\"^self.query\": 1, \"^bert.encoder.layer.0.attention.self.query\": 5},");
        assertEquals(2.5, open().updates().get("layer.0.query.weight").scale());
    }

    @Test
    void anAdapterOfWhatIsNotScoredChangesNothing() throws IOException {
        put("base_model.model.bert.pooler.dense.lora_A.weight", 2, 64);
        put("base_model.model.bert.pooler.dense.lora_B.weight", 64, 2);
        put("base_model.model.classifier.weight", 2, 64);
        assertEquals(1, open().updates().size());
    }

    @ParameterizedTest
    @CsvSource({"bert.embeddings.word_embeddings.lora_A.weight,bert.embeddings.word_embeddings.lora_B.weight,which config.json ties",
            "cls.predictions.decoder.lora_A.weight,cls.predictions.decoder.lora_B.weight,which config.json ties",
            "bert.embeddings.word_embeddings.weight,,which config.json ties",
            "bert.encoder.layer.7.output.dense.lora_A.weight,bert.encoder.layer.7.output.dense.lora_B.weight,which the model does not have",
            "bert.encoder.layer.0.output.dense.lora_A.weight,,both must be there",
            "bert.encoder.layer.0.output.dense.lora_B.weight,,both must be there",
            "bert.encoder.layer.0.output.dense.lora_C.weight,,is of no plain LoRA adapter",
            "bert.encoder.layer.0.output.dense.lora_magnitude_vector,,is of no plain LoRA adapter",
            "bert.encoder.layer.0.output.mystery,,no known part of this kind of masked language model"})
    void whatCannotBeMergedIsRefused(String one, String two, String problem) throws IOException {
        put("base_model.model." + one, 2, 64);
        if (two != null) {
            put("base_model.model." + two, 64, 2);
        }
        assertRefused(problem);
    }

    @Test
    void factorsThatDoNotFitAreRefused() throws IOException {
        put(QUERY + ".lora_B.weight", 63, 2);
        assertRefused("adapts bert.encoder.layer.0.attention.self.query.weight by [63, 64], but it is [64, 64]");
        put(QUERY + ".lora_B.weight", 64, 3);
        assertRefused("don't go together");
        put(QUERY + ".lora_B.weight", 128);
        assertRefused("has the shape [128]; a matrix is needed");
        adapter.tensors().clear();
        assertRefused("comes with no tensor of an adapter");
    }

    @Test
    void twoAdaptersAreRefused() throws IOException {
        adapter.tensors().clear();
        put(QUERY + ".lora_A.one.weight", 2, 64);
        put(QUERY + ".lora_B.one.weight", 64, 2);
        assertEquals(1, open().updates().size());
        put(QUERY.replace("query", "key") + ".lora_A.two.weight", 2, 64);
        put(QUERY.replace("query", "key") + ".lora_B.two.weight", 64, 2);
        assertRefused("comes with the tensors of several adapters, one, two");
    }

    @Test
    void theAdapterIsPartOfTheDigest() throws IOException {
        String digest = open().digest();
        adapter.tensors().put(QUERY + ".lora_B.weight", Tensor.of(2, 64, 2));
        String other = open().digest();
        settings("\"use_rslora\": true,");
        assertTrue(!digest.equals(other) && !other.equals(open().digest()) && !digest.equals(Checkpoint.open(Resources.BERT).digest()));
    }

    private void settings(String more) throws IOException {
        Files.writeString(folder.resolve("adapter_config.json"),
                "{\"peft_type\": \"LORA\", \"base_model_name_or_path\": \".\", " + more + " \"r\": 2, \"lora_alpha\": 8}");
    }

    private void put(String name, Integer... shape) {
        adapter.tensors().put(name, Tensor.of(1, shape));
    }

    private Checkpoint open() throws IOException {
        adapter.write(folder.resolve("adapter_model.safetensors"));
        return Checkpoint.open(folder);
    }

    private void assertRefused(String problem) throws IOException {
        String message = assertThrows(InvalidFileException.class, this::open).getMessage();
        assertTrue(message.contains(problem), message);
    }
}
