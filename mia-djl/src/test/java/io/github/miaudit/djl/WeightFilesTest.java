package io.github.miaudit.djl;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.github.miaudit.checkpoint.SafetensorsFile;
import io.github.miaudit.checkpoint.StoredTensor;
import io.github.miaudit.data.Sample;
import io.github.miaudit.io.InvalidFileException;
import io.github.miaudit.likelihood.MaskingRule;
import io.github.miaudit.likelihood.SequenceScore;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The same numbers in whatever file they lie. */
class WeightFilesTest {

    private static final Path ELECTRA = Golden.resource("/families/electra");
    private static final List<Sample> SAMPLES = List.of(Sample.of("a", "The chest was clear."), Sample.of("b", "No pain, no fever."));

    @TempDir
    private Path folder;

    private record Tensor(long[] shape, float[] values) {
    }

    @Test
    void safetensorsInFloat64ScoreTheSame() throws IOException {
        List<SequenceScore> expected = scores(checkpoint("expected", "F32", value -> value));
        assertScores(expected, scores(checkpoint("f64", "F64", value -> value)), 0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"F16", "BF16"})
    void halvesScoreAsTheNumbersTheyStandFor(String type) throws IOException {
        UnaryOperator<Float> rounding = type.equals("F16") ? WeightFilesTest::asFloat16 : WeightFilesTest::asBfloat16;
        assertScores(scores(checkpoint("rounded", "F32", rounding)), scores(checkpoint("half", type, rounding)), 0);
    }

    @Test
    void shardsScoreTheSame() throws IOException {
        Path whole = checkpoint("whole", "F32", value -> value);
        Path sharded = Files.createDirectories(folder.resolve("sharded"));
        copyAllBut(whole, sharded, "model.safetensors");
        Map<String, Tensor> first = new LinkedHashMap<>();
        Map<String, Tensor> second = new LinkedHashMap<>();
        JsonObject map = new JsonObject();
        electra().forEach((name, tensor) -> {
            (first.size() <= second.size() ? first : second).put(name, tensor);
            map.addProperty(name, first.containsKey(name) ? "model-00001-of-00002.safetensors" : "model-00002-of-00002.safetensors");
        });
        write(sharded.resolve("model-00001-of-00002.safetensors"), first, "F32");
        write(sharded.resolve("model-00002-of-00002.safetensors"), second, "F32");
        JsonObject index = new JsonObject();
        index.add("weight_map", map);
        Files.writeString(sharded.resolve("model.safetensors.index.json"), index.toString());
        assertScores(scores(whole), scores(sharded), 0);

        Files.move(sharded.resolve("model-00002-of-00002.safetensors"), sharded.resolve("aside"));
        assertEquals(sharded.resolve("model-00002-of-00002.safetensors") + ": does not exist", message(sharded));
        for (String elsewhere : List.of("../whole/model.safetensors", "..", "..\\\\a.bin", "\\u0000.bin", "model.safetensors.index.json",
                "/etc/passwd")) {
            Files.writeString(sharded.resolve("model.safetensors.index.json"),
                    index.toString().replace("model-00002-of-00002.safetensors", elsewhere));
            assertTrue(message(sharded).startsWith(sharded.resolve("model.safetensors.index.json") + ": says that tensor "),
                    message(sharded));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"config.json", "tokenizer.json", "tokenizer_config.json", "model.safetensors"})
    void linksOutOfTheFolderAreRefused(String name) throws IOException {
        Path checkpoint = checkpoint("checkpoint", "F32", value -> value);
        Path within = Files.createDirectories(checkpoint.resolve("own")).resolve(name);
        Path elsewhere = Files.createDirectories(folder.resolve("blobs")).resolve(name);
        Files.writeString(checkpoint.resolve("tokenizer_config.json"), "{}");
        Files.move(checkpoint.resolve(name), within);
        Files.createSymbolicLink(checkpoint.resolve(name), Path.of("own", name));
        assertEquals(2, scores(checkpoint).size());

        Files.move(within, elsewhere);
        Files.createSymbolicLink(within, elsewhere);
        assertEquals(checkpoint.resolve(name) + ": is a link to " + elsewhere.toRealPath()
                + ", which is outside its folder; put the file itself there", message(checkpoint));
        Files.delete(checkpoint.resolve(name));
        Files.createDirectory(checkpoint.resolve(name));
        assertEquals(checkpoint.resolve(name) + ": is no regular file", message(checkpoint));
    }

    @Test
    void shardsOfPytorchFilesScoreTheSame() throws IOException {
        Path whole = checkpoint("whole", "F32", value -> value);
        Path sharded = Files.createDirectories(folder.resolve("sharded"));
        copyAllBut(whole, sharded, "model.safetensors");
        Files.copy(Golden.resource("/families/electra-zip/pytorch_model.bin"), sharded.resolve("pytorch_model-00001-of-00001.bin"));
        JsonObject map = new JsonObject();
        electra().keySet().forEach(name -> map.addProperty(name, "pytorch_model-00001-of-00001.bin"));
        JsonObject index = new JsonObject();
        index.add("weight_map", map);
        Files.writeString(sharded.resolve("pytorch_model.bin.index.json"), index.toString());
        assertScores(scores(whole), scores(sharded), 0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"F32", "F16", "BF16", "F64"})
    void aTensorBeyondTheBufferLimitIsReadInPieces(String type) throws IOException {
        Path file = folder.resolve("model.safetensors");
        float[] values = new float[7 * 5];
        for (int index = 0; index < values.length; index++) {
            values[index] = index - 17; // whole numbers, exact in every type
        }
        write(file, Map.of("t", new Tensor(new long[] {7, 5}, values)), type);
        StoredTensor stored = SafetensorsFile.read(file).get("t");
        try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
            for (long limit : new long[] {40, 41, 80, 100, 1000}) {
                try (NDArray read = Weights.read(stored, manager, limit)) {
                    assertArrayEquals(new long[] {7, 5}, read.getShape().getShape());
                    assertArrayEquals(values, read.toFloatArray());
                }
            }
            assertThrows(InvalidFileException.class, () -> Weights.read(stored, manager, 9));
        }
    }

    private Path checkpoint(String name, String type, UnaryOperator<Float> rounding) throws IOException {
        Path checkpoint = Files.createDirectories(folder.resolve(name));
        Files.copy(ELECTRA.resolve("config.json"), checkpoint.resolve("config.json"));
        Files.copy(Golden.BERT.folder().resolve("tokenizer.json"), checkpoint.resolve("tokenizer.json"));
        Map<String, Tensor> rounded = new LinkedHashMap<>();
        electra().forEach((tensor, stored) -> {
            float[] values = stored.values.clone();
            for (int index = 0; index < values.length; index++) {
                values[index] = rounding.apply(values[index]);
            }
            rounded.put(tensor, new Tensor(stored.shape, values));
        });
        write(checkpoint.resolve("model.safetensors"), rounded, type);
        return checkpoint;
    }

    private static Map<String, Tensor> electra() {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
            SafetensorsFile.read(ELECTRA.resolve("model.safetensors"))
                    .forEach((name, stored) -> tensors.put(name, new Tensor(stored.shape(), Weights.read(stored, manager).toFloatArray())));
        }
        return tensors;
    }

    private static List<SequenceScore> scores(Path checkpoint) {
        try (MaskedLmScorer scorer = MaskedLmScorer.open(checkpoint)) {
            return scorer.score(SAMPLES, MaskingRule.withinWordLeftToRight());
        }
    }

    private static void assertScores(List<SequenceScore> expected, List<SequenceScore> scores, double tolerance) {
        for (int index = 0; index < expected.size(); index++) {
            assertArrayEquals(expected.get(index).logLikelihoods(), scores.get(index).logLikelihoods(), tolerance);
        }
    }

    private static String message(Path checkpoint) {
        return assertThrows(InvalidFileException.class, () -> MaskedLmScorer.open(checkpoint)).getMessage();
    }

    private static void copyAllBut(Path from, Path to, String name) throws IOException {
        try (var files = Files.list(from)) {
            for (Path file : files.filter(file -> !file.getFileName().toString().equals(name)).toList()) {
                Files.copy(file, to.resolve(file.getFileName()));
            }
        }
    }

    /** Writes a safetensors file from the format's description. */
    private static void write(Path file, Map<String, Tensor> tensors, String type) throws IOException {
        BiConsumer<ByteBuffer, Float> put = switch (type) {
            case "F32" -> ByteBuffer::putFloat;
            case "F64" -> (bytes, value) -> bytes.putDouble(value);
            case "BF16" -> (bytes, value) -> bytes.putShort((short) (Float.floatToIntBits(value) >>> 16));
            default -> (bytes, value) -> bytes.putShort(float16Bits(value));
        };
        int size = type.equals("F32") ? 4 : type.equals("F64") ? 8 : 2;
        JsonObject header = new JsonObject();
        ByteBuffer data = ByteBuffer.allocate(tensors.values().stream().mapToInt(tensor -> tensor.values.length * size).sum())
                .order(ByteOrder.LITTLE_ENDIAN);
        tensors.forEach((name, tensor) -> {
            JsonArray shape = new JsonArray();
            for (long axis : tensor.shape) {
                shape.add(axis);
            }
            JsonArray offsets = new JsonArray();
            offsets.add(data.position());
            for (float value : tensor.values) {
                put.accept(data, value);
            }
            offsets.add(data.position());
            JsonObject entry = new JsonObject();
            entry.addProperty("dtype", type);
            entry.add("shape", shape);
            entry.add("data_offsets", offsets);
            header.add(name, entry);
        });
        byte[] json = header.toString().getBytes(StandardCharsets.UTF_8);
        ByteBuffer whole = ByteBuffer.allocate(8 + json.length + data.capacity()).order(ByteOrder.LITTLE_ENDIAN);
        Files.write(file, whole.putLong(json.length).put(json).put(data.array()).array());
    }

    private static float asBfloat16(float value) {
        return Float.intBitsToFloat(Float.floatToIntBits(value) & 0xffff0000);
    }

    /** Towards zero to 10 bits of mantissa; too small is zero. IEEE 754 binary16 without subnormal numbers. */
    private static float asFloat16(float value) {
        return Math.abs(value) < 0x1p-14f ? 0 : Float.intBitsToFloat(Float.floatToIntBits(value) & 0xffffe000);
    }

    private static short float16Bits(float value) {
        int bits = Float.floatToIntBits(value);
        return (short) (value == 0 ? 0 : (bits >>> 16 & 0x8000) | ((bits >>> 23 & 0xff) - 127 + 15) << 10 | (bits >>> 13 & 0x3ff));
    }
}
