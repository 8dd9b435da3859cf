package io.github.miaudit.djl;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.github.miaudit.data.AtomicFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/** Writes float32 tensors as a safetensors file, in the order of their names; {@link SafetensorsFile} has the layout. */
final class SafetensorsWriter {

    private SafetensorsWriter() {
    }

    /**
     * Writes a file, whole or not at all.
     *
     * @param file   the file to make or replace
     * @param shapes each tensor's shape
     * @param values gives a tensor's values, row by row; asked for one tensor at a time
     */
    static void write(Path file, Map<String, long[]> shapes, Function<String, float[]> values) {
        Map<String, long[]> sorted = new TreeMap<>(shapes);
        byte[] header = header(sorted);
        AtomicFile.writeBytes(file, channel -> {
            ByteBuffer length = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN).putLong(0, header.length);
            writeFully(channel, length);
            writeFully(channel, ByteBuffer.wrap(header));
            for (String name : sorted.keySet()) {
                float[] tensor = values.apply(name);
                ByteBuffer data = ByteBuffer.allocate(tensor.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
                data.asFloatBuffer().put(tensor);
                writeFully(channel, data);
            }
        });
    }

    private static byte[] header(Map<String, long[]> shapes) {
        JsonObject json = new JsonObject();
        JsonObject metadata = new JsonObject();
        metadata.addProperty("format", "pt");
        json.add("__metadata__", metadata);
        long offset = 0;
        for (Map.Entry<String, long[]> tensor : shapes.entrySet()) {
            long bytes = Float.BYTES;
            for (long axis : tensor.getValue()) {
                bytes *= axis;
            }
            JsonObject entry = new JsonObject();
            entry.addProperty("dtype", "F32");
            entry.add("shape", array(tensor.getValue()));
            entry.add("data_offsets", array(offset, offset + bytes));
            json.add(tensor.getKey(), entry);
            offset += bytes;
        }
        String text = json.toString();
        return (text + " ".repeat(-text.length() & 7)).getBytes(StandardCharsets.US_ASCII); // data start at a multiple of 8
    }

    private static JsonArray array(long... values) {
        JsonArray array = new JsonArray();
        for (long value : values) {
            array.add(value);
        }
        return array;
    }

    private static void writeFully(FileChannel channel, ByteBuffer data) throws IOException {
        while (data.hasRemaining()) {
            channel.write(data);
        }
    }
}
