package io.github.miaudit.djl;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.github.miaudit.checkpoint.Checkpoint;
import io.github.miaudit.checkpoint.SafetensorsFile;
import io.github.miaudit.checkpoint.StoredTensor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SafetensorsWriterTest {

    @TempDir
    private Path folder;

    /** The format's own text: 8 bytes of length, JSON padded with spaces to a multiple of 8, little-endian numbers. */
    @Test
    void writesTheFormatByteForByte() throws IOException {
        Path file = folder.resolve("model.safetensors");
        try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
            Map<String, NDArray> tensors = new LinkedHashMap<>();
            tensors.put("b", manager.create(new float[] {1, 2, 3, 4, 5, -6}, new Shape(2, 3)));
            tensors.put("a", manager.create(new float[] {0.5f}));
            SafetensorsWriter.write(file, tensors);
        }
        String header = "{\"__metadata__\":{\"format\":\"pt\"},\"b\":{\"dtype\":\"F32\",\"shape\":[2,3],\"data_offsets\":[0,24]},"
                + "\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[24,28]}}";
        int padded = (header.length() + 7) / 8 * 8;
        ByteBuffer expected = ByteBuffer.allocate(8 + padded + 28).order(ByteOrder.LITTLE_ENDIAN).putLong(padded)
                .put((header + " ".repeat(padded - header.length())).getBytes(StandardCharsets.US_ASCII));
        for (float value : new float[] {1, 2, 3, 4, 5, -6, 0.5f}) {
            expected.putFloat(value);
        }
        assertArrayEquals(expected.array(), Files.readAllBytes(file));
    }

    @Test
    void aCheckpointWrittenAgainReadsTheSame() {
        for (Golden golden : new Golden[] {Golden.BERT, Golden.ROBERTA}) {
            Checkpoint checkpoint = Checkpoint.open(golden.folder());
            Path file = folder.resolve(golden + ".safetensors");
            try (TrainableNetwork network = TrainableNetwork.load(checkpoint.architecture(), ScoringDevice.of("cpu"), Precision.FLOAT32,
                    manager -> Weights.load(checkpoint, manager))) {
                network.write(file);
                Map<String, StoredTensor> before = SafetensorsFile.read(golden.folder().resolve("model.safetensors"));
                SafetensorsFile.read(file).forEach((name, tensor) -> {
                    try (NDArray written = Weights.read(tensor, network.manager());
                            NDArray read = Weights.read(before.get(name), network.manager())) {
                        assertEquals(read.getShape(), written.getShape(), name);
                        assertArrayEquals(read.toFloatArray(), written.toFloatArray(), name);
                    }
                });
                assertEquals(network.weights().size(), SafetensorsFile.read(file).size());
            }
        }
    }
}
