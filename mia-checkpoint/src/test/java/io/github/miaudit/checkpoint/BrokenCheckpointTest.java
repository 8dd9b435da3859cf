package io.github.miaudit.checkpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.miaudit.io.InvalidFileException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Checkpoints that can't be used: each error is one line and names the file. */
class BrokenCheckpointTest {

    @TempDir
    private Path folder;

    @BeforeEach
    void copy() throws IOException {
        for (String name : List.of("config.json", "model.safetensors")) {
            Files.copy(Resources.ROBERTA.resolve(name), folder.resolve(name));
        }
    }

    @Test
    void malformedJsonIsNamedWithItsLine() throws IOException {
        Files.writeString(folder.resolve("config.json"), "{\n\"model_type\": \"roberta\",\n\"vocab_size\": }");
        assertEquals(folder.resolve("config.json") + ":3: is not valid JSON; is the file complete?", message());
        Files.writeString(folder.resolve("config.json"), "{\n\"model_type\": \"roberta\",\n\"vocab_size\": NaN }");
        assertEquals(folder.resolve("config.json") + ":3: is not valid JSON; is the file complete?", message());
        Files.writeString(folder.resolve("config.json"), "{\n\"vocab_size\": 9,\n\"vocab_size\": 8 }");
        assertEquals(folder.resolve("config.json") + ":3: states \"vocab_size\" twice; remove one of the two", message());
    }

    @Test
    void otherArchitecturesAreNamed() throws IOException {
        configure("\"model_type\": \"roberta\"", "\"model_type\": \"deberta\"");
        assertRefused("config.json",
                "model_type is \"deberta\"; supported are bert, roberta, xlm-roberta, camembert, distilbert, megatron-bert, "
                        + "roberta-prelayernorm, ");
        configure("\"model_type\": \"deberta\"", "\"model_type\": \"roberta\"");
        configure("\"hidden_act\": \"gelu\"", "\"hidden_act\": \"mish\"");
        assertRefused("config.json", "hidden_act is \"mish\"; supported are gelu, gelu_new, relu, silu and tanh");
    }

    @Test
    void impossibleSizesAreNamed() throws IOException {
        configure("\"num_attention_heads\": 4", "\"num_attention_heads\": 5");
        assertRefused("config.json", "hidden_size 64 is no multiple of num_attention_heads 5");
        configure("\"num_attention_heads\": 5", "\"num_attention_heads\": -1");
        assertRefused("config.json", "num_attention_heads is -1; it must be a whole number of at least 1");
        configure("\"num_attention_heads\": -1", "\"num_attention_heads\": \"four\"");
        assertRefused("config.json", "num_attention_heads is \"four\"; a number is needed");
        configure("\"num_hidden_layers\": 2", "\"num_hidden_layers\": 2000000000");
        configure("\"num_attention_heads\": \"four\"", "\"num_attention_heads\": 4 ");
        assertRefused("config.json", "num_hidden_layers is 2000000000; it must be at most 1000");
        configure("\"num_hidden_layers\": 2000000000", "\"num_hidden_layers\": 2");
        configure("\"num_attention_heads\": 4 ", "\"num_attention_heads\": \"four\"");
        configure("\"num_attention_heads\": \"four\"", "\"num_attention_heads\": 4");
        configure("\"tie_word_embeddings\": true", "\"tie_word_embeddings\": \"yes\"");
        assertRefused("config.json", "tie_word_embeddings is \"yes\"; it must be true or false");
    }

    @Test
    void weightsThatDoNotFitAreListed() throws IOException {
        configure("\"intermediate_size\": 128", "\"intermediate_size\": 256");
        assertRefused("model.safetensors",
                "does not fit config.json: roberta.encoder.layer.0.intermediate.dense.weight is [128, 64] instead of [256, 64]");
        configure("\"intermediate_size\": 256", "\"intermediate_size\": 128");
        configure("\"num_hidden_layers\": 2", "\"num_hidden_layers\": 3");
        assertRefused("model.safetensors", "lacks the tensors roberta.encoder.layer.2.attention.self.query.weight");
    }

    @Test
    void aCheckpointWithoutAHeadIsRefused() throws IOException {
        rename("lm_head.dense.weight", "xx_head.dense.weight");
        assertRefused("model.safetensors",
                "has no complete masked-language-model head, so its scores would be noise; it lacks lm_head.dense.weight");
    }

    @Test
    void truncatedWeightsAreRefused() throws IOException {
        byte[] whole = Files.readAllBytes(folder.resolve("model.safetensors"));
        for (int length : new int[] {0, 7, 8, 100, whole.length / 2, whole.length - 1}) {
            Files.write(folder.resolve("model.safetensors"), Arrays.copyOf(whole, length));
            assertTrue(message().startsWith(folder.resolve("model.safetensors") + ": "), message());
        }
    }

    @Test
    void headersThatLieAreRefused() throws IOException {
        byte[] whole = Files.readAllBytes(folder.resolve("model.safetensors"));
        ByteBuffer.wrap(whole).order(ByteOrder.LITTLE_ENDIAN).putLong(0, Long.MAX_VALUE);
        Files.write(folder.resolve("model.safetensors"), whole);
        assertRefused("model.safetensors", "is no safetensors file or is truncated: header of 9223372036854775807 bytes");
    }

    private void configure(String before, String after) throws IOException {
        String text = Files.readString(folder.resolve("config.json"));
        assertTrue(text.contains(before), before);
        Files.writeString(folder.resolve("config.json"), text.replace(before, after));
    }

    /** Replaces text of the same length in the header. */
    private void rename(String before, String after) throws IOException {
        String bytes = Files.readString(folder.resolve("model.safetensors"), StandardCharsets.ISO_8859_1);
        assertTrue(bytes.contains(before) && before.length() == after.length(), before);
        Files.writeString(folder.resolve("model.safetensors"), bytes.replace(before, after), StandardCharsets.ISO_8859_1);
    }

    private void assertRefused(String file, String problem) {
        String message = message();
        assertTrue(message.startsWith(folder.resolve(file) + ": " + problem), message);
        assertEquals(1, message.lines().count());
    }

    private String message() {
        return assertThrows(InvalidFileException.class, () -> Checkpoint.open(folder)).getMessage();
    }
}
