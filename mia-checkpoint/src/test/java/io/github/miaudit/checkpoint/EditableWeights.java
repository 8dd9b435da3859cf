package io.github.miaudit.checkpoint;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/** The tensors of a safetensors file, to be changed and written again. */
final class EditableWeights {

    /** A tensor as it is stored. */
    record Tensor(String type, List<Integer> shape, byte[] bytes) {

        /** Numbers that occur nowhere else. */
        static Tensor of(float first, Integer... shape) {
            int size = Arrays.stream(shape).reduce(1, Math::multiplyExact);
            ByteBuffer bytes = ByteBuffer.allocate(size * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
            IntStream.range(0, size).forEach(index -> bytes.putFloat(first + index));
            return new Tensor("F32", List.of(shape), bytes.array());
        }
    }

    private final Map<String, Tensor> tensors = new LinkedHashMap<>();

    static EditableWeights read(Path file) throws IOException {
        byte[] whole = Files.readAllBytes(file);
        int length = (int) ByteBuffer.wrap(whole).order(ByteOrder.LITTLE_ENDIAN).getLong();
        EditableWeights weights = new EditableWeights();
        JsonObject header = JsonParser.parseString(new String(whole, Long.BYTES, length, StandardCharsets.UTF_8)).getAsJsonObject();
        header.remove("__metadata__");
        header.entrySet().forEach(entry -> {
            JsonObject tensor = entry.getValue().getAsJsonObject();
            JsonArray places = tensor.getAsJsonArray("data_offsets");
            weights.tensors.put(entry.getKey(), new Tensor(tensor.get("dtype").getAsString(),
                    tensor.getAsJsonArray("shape").asList().stream().map(size -> size.getAsInt()).toList(), Arrays.copyOfRange(whole,
                            Long.BYTES + length + places.get(0).getAsInt(), Long.BYTES + length + places.get(1).getAsInt())));
        });
        return weights;
    }

    Map<String, Tensor> tensors() {
        return tensors;
    }

    EditableWeights renamed(UnaryOperator<String> names) {
        EditableWeights renamed = new EditableWeights();
        tensors.forEach((name, tensor) -> renamed.tensors.put(names.apply(name), tensor));
        return renamed;
    }

    EditableWeights inOrder(List<String> names) {
        EditableWeights ordered = new EditableWeights();
        names.forEach(name -> ordered.tensors.put(name, tensors.get(name)));
        return ordered;
    }

    void write(Path file) throws IOException {
        JsonObject header = new JsonObject();
        ByteArrayOutputStream data = new ByteArrayOutputStream();
        tensors.forEach((name, tensor) -> {
            JsonObject entry = new JsonObject();
            entry.addProperty("dtype", tensor.type());
            entry.add("shape", array(tensor.shape()));
            entry.add("data_offsets", array(List.of(data.size(), data.size() + tensor.bytes().length)));
            header.add(name, entry);
            data.writeBytes(tensor.bytes());
        });
        byte[] text = header.toString().getBytes(StandardCharsets.UTF_8);
        Files.write(file, ByteBuffer.allocate(Long.BYTES + text.length + data.size()).order(ByteOrder.LITTLE_ENDIAN).putLong(text.length)
                .put(text).put(data.toByteArray()).array());
    }

    private static JsonArray array(List<Integer> numbers) {
        JsonArray array = new JsonArray();
        numbers.forEach(array::add);
        return array;
    }
}
