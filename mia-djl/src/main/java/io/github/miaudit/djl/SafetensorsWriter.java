package io.github.miaudit.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.github.miaudit.checkpoint.SafetensorsFile;
import io.github.miaudit.io.AtomicFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** Writes tensors as a safetensors file that Hugging Face transformers open; see {@link SafetensorsFile}. */
final class SafetensorsWriter {

    private static final int ALIGNMENT = 8;
    private static final Map<DataType, String> TYPES = Map.of(DataType.FLOAT32, "F32", DataType.INT64, "I64");

    private SafetensorsWriter() {
    }

    /** Writes a file whole or not at all; tensors are float32 or int64, of at most 2 GiB each. */
    static void write(Path file, Map<String, NDArray> tensors) {
        byte[] header = header(tensors);
        AtomicFile.writeBytes(file, channel -> {
            write(channel, ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN).putLong(0, header.length));
            write(channel, ByteBuffer.wrap(header));
            for (NDArray tensor : tensors.values()) {
                write(channel, tensor.toByteBuffer());
            }
        });
    }

    private static byte[] header(Map<String, NDArray> tensors) {
        JsonObject metadata = new JsonObject();
        metadata.addProperty("format", "pt"); // transformers refuse a file that does not state whose tensors they are
        JsonObject json = new JsonObject();
        json.add("__metadata__", metadata);
        long place = 0;
        for (Map.Entry<String, NDArray> tensor : tensors.entrySet()) {
            JsonObject entry = new JsonObject();
            DataType type = tensor.getValue().getDataType();
            entry.addProperty("dtype", Optional.ofNullable(TYPES.get(type)).orElseThrow(() -> new IllegalArgumentException(
                    "tensor " + tensor.getKey() + " is of type " + type + "; only float32 and int64 are written")));
            entry.add("shape", array(tensor.getValue().getShape().getShape()));
            long end = place + tensor.getValue().size() * type.getNumOfBytes();
            entry.add("data_offsets", array(place, end));
            json.add(tensor.getKey(), entry);
            place = end;
        }
        String text = json.toString();
        int length = text.getBytes(StandardCharsets.UTF_8).length;
        return (text + " ".repeat(Math.floorMod(-length, ALIGNMENT))).getBytes(StandardCharsets.UTF_8);
    }

    private static JsonArray array(long... numbers) {
        JsonArray array = new JsonArray();
        for (long number : numbers) {
            array.add(number);
        }
        return array;
    }

    private static void write(FileChannel channel, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }
}
