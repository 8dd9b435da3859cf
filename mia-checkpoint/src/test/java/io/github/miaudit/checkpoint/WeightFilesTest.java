package io.github.miaudit.checkpoint;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WeightFilesTest {

    @TempDir
    private Path folder;

    /** Hugging Face's cache holds each file once, among its blobs, and links to it. */
    @Test
    void shardsMayBeLinksIntoACache() throws IOException {
        Path blobs = Files.createDirectories(folder.resolve("blobs"));
        Path snapshot = Files.createDirectories(folder.resolve("snapshots/0a1b"));
        byte[] header = "{\"t\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}}".getBytes(StandardCharsets.UTF_8);
        Files.write(blobs.resolve("c0ffee"), ByteBuffer.allocate(Long.BYTES + header.length + 8).order(ByteOrder.LITTLE_ENDIAN)
                .putLong(header.length).put(header).putFloat(1).putFloat(2).array());
        Files.writeString(blobs.resolve("decade"), "{\"weight_map\":{\"t\":\"model-00001-of-00001.safetensors\"}}");
        Files.createSymbolicLink(snapshot.resolve("model-00001-of-00001.safetensors"), Path.of("../../blobs/c0ffee"));
        Files.createSymbolicLink(snapshot.resolve("model.safetensors.index.json"), Path.of("../../blobs/decade"));
        StoredTensor tensor = WeightFiles.open(ModelFolder.of(snapshot)).tensors().get("t");
        assertArrayEquals(new long[] {2}, tensor.shape());
        assertEquals(2, tensor.bytes().getFloat(4));
    }
}
