package io.github.miaudit.cli;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** A copy of a model's folder of which somebody changes weights (float32), configuration or tokenizer. */
final class TamperedModel {

    private final Path folder;
    private final Map<String, float[]> weights = new LinkedHashMap<>();
    private final Map<String, JsonArray> shapes = new LinkedHashMap<>();

    TamperedModel(Path original, Path folder) {
        this.folder = folder;
        try {
            Files.createDirectories(folder);
            try (Stream<Path> files = Files.list(original)) {
                for (Path file : files.toList()) {
                    Files.copy(file, folder.resolve(file.getFileName()));
                }
            }
            readWeights();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Path folder() {
        return folder;
    }

    /** Changes all numbers of the tensors whose names contain some words. */
    TamperedModel each(String words, UnaryOperator<Float> change) {
        weights.forEach((name, values) -> {
            for (int index = 0; name.contains(words) && index < values.length; index++) {
                values[index] = change.apply(values[index]);
            }
        });
        return this;
    }

    /** The head's logits, bias included, times a number. */
    TamperedModel scaled(double scale) {
        return each("lm_head.layer_norm", value -> (float) (value * scale)).each("lm_head.bias", value -> (float) (value * scale));
    }

    float[] tensor(String name) {
        return weights.get(name);
    }

    /** More rows for a tensor. */
    TamperedModel extended(String name, int rows, float value) {
        float[] old = weights.get(name);
        JsonArray shape = shapes.get(name);
        int width = old.length / shape.get(0).getAsInt();
        float[] more = Arrays.copyOf(old, old.length + rows * width);
        Arrays.fill(more, old.length, more.length, value);
        weights.put(name, more);
        shape.set(0, new JsonPrimitive(shape.get(0).getAsInt() + rows));
        return this;
    }

    TamperedModel json(String file, Consumer<JsonObject> change) {
        try {
            JsonObject json = JsonParser.parseString(Files.readString(folder.resolve(file))).getAsJsonObject();
            change.accept(json);
            Files.writeString(folder.resolve(file), json.toString());
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    TamperedModel write() {
        JsonObject header = new JsonObject();
        ByteArrayOutputStream data = new ByteArrayOutputStream();
        weights.forEach((name, values) -> {
            JsonObject entry = new JsonObject();
            entry.addProperty("dtype", "F32");
            entry.add("shape", shapes.get(name));
            JsonArray places = new JsonArray();
            places.add(data.size());
            ByteBuffer bytes = ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
            bytes.asFloatBuffer().put(values);
            data.writeBytes(bytes.array());
            places.add(data.size());
            entry.add("data_offsets", places);
            header.add(name, entry);
        });
        byte[] text = header.toString().getBytes(StandardCharsets.UTF_8);
        ByteBuffer file = ByteBuffer.allocate(Long.BYTES + text.length + data.size()).order(ByteOrder.LITTLE_ENDIAN);
        file.putLong(text.length).put(text).put(data.toByteArray());
        try {
            Files.write(folder.resolve("model.safetensors"), file.array());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    private void readWeights() throws IOException {
        ByteBuffer file = ByteBuffer.wrap(Files.readAllBytes(folder.resolve("model.safetensors"))).order(ByteOrder.LITTLE_ENDIAN);
        int length = (int) file.getLong();
        JsonObject header = JsonParser.parseString(new String(file.array(), Long.BYTES, length, StandardCharsets.UTF_8)).getAsJsonObject();
        for (Map.Entry<String, JsonElement> entry : header.entrySet()) {
            if (entry.getKey().equals("__metadata__")) {
                continue;
            }
            JsonArray places = entry.getValue().getAsJsonObject().getAsJsonArray("data_offsets");
            int from = Long.BYTES + length + places.get(0).getAsInt();
            FloatBuffer floats = file.slice(from, places.get(1).getAsInt() - places.get(0).getAsInt()).order(ByteOrder.LITTLE_ENDIAN)
                    .asFloatBuffer();
            float[] values = new float[floats.remaining()];
            floats.get(values);
            weights.put(entry.getKey(), values);
            shapes.put(entry.getKey(), entry.getValue().getAsJsonObject().getAsJsonArray("shape"));
        }
    }
}
