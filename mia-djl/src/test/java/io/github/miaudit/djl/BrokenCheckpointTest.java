package io.github.miaudit.djl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.miaudit.io.AuditException;
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

/** Checkpoints that can't be scored: each error is one line and names the file. */
class BrokenCheckpointTest {

    @TempDir
    private Path folder;

    @BeforeEach
    void copy() throws IOException {
        for (String name : List.of("config.json", "model.safetensors", "tokenizer.json", "tokenizer_config.json")) {
            Files.copy(Golden.ROBERTA.folder().resolve(name), folder.resolve(name));
        }
    }

    @Test
    void missingFilesAreNamed() throws IOException {
        for (String name : List.of("config.json", "model.safetensors", "tokenizer.json")) {
            Path aside = Files.move(folder.resolve(name), folder.resolve("aside"));
            assertRefused(name, "does not exist");
            Files.move(aside, folder.resolve(name));
        }
        Path nowhere = folder.resolve("nowhere");
        assertTrue(assertThrows(InvalidFileException.class, () -> MaskedLmScorer.open(nowhere)).getMessage()
                .startsWith(nowhere + ": is no folder"));
    }

    @Test
    void truncatedAndMeaninglessTokenizersAreRefused() throws IOException {
        String whole = Files.readString(folder.resolve("tokenizer.json"));
        Files.writeString(folder.resolve("tokenizer.json"), whole.substring(0, whole.length() / 2));
        assertTrue(message().contains("tokenizer.json:") && message().contains("is not valid JSON"), message());
        Files.writeString(folder.resolve("tokenizer.json"), whole.replace("\"type\": \"BPE\"", "\"type\": \"Sorcery\""));
        assertRefused("tokenizer.json", "is no usable tokenizer");
        Files.writeString(folder.resolve("tokenizer.json"), whole.replace("<mask>", "<veil>"));
        assertRefused("tokenizer.json", "has no mask token <mask> or [MASK]");
        Files.writeString(folder.resolve("tokenizer.json"), whole.replace("999", "1999"));
        assertRefused("tokenizer.json", "has token ids up to 1999 but config.json a vocab_size of 1000");
    }

    @Test
    void otherNumberTypesAreNamed() throws IOException {
        rename("\"dtype\":\"F32\",\"shape\":[1000]", "\"dtype\":\"I32\",\"shape\":[1000]");
        assertRefused("model.safetensors", "tensor lm_head.bias holds no floating-point numbers");
    }

    @Test
    void weightsThatAreNotFiniteAreNamed() throws IOException {
        byte[] whole = Files.readAllBytes(folder.resolve("model.safetensors"));
        int data = 8 + (int) ByteBuffer.wrap(whole).order(ByteOrder.LITTLE_ENDIAN).getLong(0);
        Arrays.fill(whole, data, data + 4, (byte) 0xff); // the first number of lm_head.bias: NaN
        Files.write(folder.resolve("model.safetensors"), whole);
        assertRefused("model.safetensors", "tensor lm_head.bias holds NaN to NaN; weights must be finite");
    }

    @Test
    void aMissingDeviceIsNamed() {
        MaskedLmOptions options = MaskedLmOptions.withDefaults().withDevice(ScoringDevice.of("gpu:99"));
        String message = assertThrows(AuditException.class, () -> MaskedLmScorer.open(Golden.ROBERTA.folder(), options)).getMessage();
        assertTrue(message.startsWith("device gpu:99 is not there"), message);
    }

    @Test
    void badOptionsNameTheValue() {
        assertEquals("token budget is 0; it must be at least 1",
                assertThrows(IllegalArgumentException.class, () -> MaskedLmOptions.withDefaults().withTokenBudget(0)).getMessage());
        assertEquals("device is tpu; it must be auto, cpu, gpu, gpu:N, gpu:N,gpu:M or gpus",
                assertThrows(IllegalArgumentException.class, () -> ScoringDevice.of("tpu")).getMessage());
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
        return assertThrows(InvalidFileException.class, () -> MaskedLmScorer.open(folder)).getMessage();
    }
}
