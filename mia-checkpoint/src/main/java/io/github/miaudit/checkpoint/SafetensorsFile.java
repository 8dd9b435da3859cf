package io.github.miaudit.checkpoint;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.github.miaudit.io.InvalidFileException;
import io.github.miaudit.io.StrictJson;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A safetensors file: 8 bytes with the header's length (little-endian), a JSON header with each tensor's type, shape
 * and place, then the data, without gap or overlap.
 */
public final class SafetensorsFile {

    private static final int LENGTH_BYTES = 8;
    private static final long MAXIMUM_HEADER = 100L << 20; // as the format's own library

    private record Entry(StoredTensor tensor, long begin, long end) {
    }

    private final Path file;
    private final FileChannel channel;
    private final long size;

    private SafetensorsFile(Path file, FileChannel channel) throws IOException {
        this.file = file;
        this.channel = channel;
        this.size = channel.size();
    }

    /**
     * The tensors of a file by name; only the header is read.
     *
     * @throws InvalidFileException if it can't be read or is no safetensors file
     */
    public static Map<String, StoredTensor> read(Path file) {
        try (FileChannel channel = FileChannel.open(file)) {
            return new SafetensorsFile(file, channel).tensors();
        } catch (IOException e) {
            throw new InvalidFileException(file, e);
        }
    }

    private Map<String, StoredTensor> tensors() throws IOException {
        long headerLength = size < LENGTH_BYTES ? -1 : bytes(0, LENGTH_BYTES).getLong();
        if (!(headerLength > 0 && headerLength <= Math.min(MAXIMUM_HEADER, size - LENGTH_BYTES))) {
            throw new InvalidFileException(file,
                    "is no safetensors file or is truncated: header of " + headerLength + " bytes in a file of " + size);
        }
        String header = StandardCharsets.UTF_8.decode(bytes(LENGTH_BYTES, (int) headerLength)).toString();
        long data = LENGTH_BYTES + headerLength;
        List<Entry> entries = new ArrayList<>();
        for (Map.Entry<String, JsonElement> member : StrictJson.object(file, header).entrySet()) {
            if (!member.getKey().equals("__metadata__")) {
                entries.add(entry(member.getKey(), member.getValue(), data));
            }
        }
        requireNoGapOrOverlap(entries, data);
        Map<String, StoredTensor> tensors = new TreeMap<>();
        entries.forEach(entry -> tensors.put(entry.tensor.name(), entry.tensor));
        return tensors;
    }

    private Entry entry(String name, JsonElement json, long data) {
        ElementType type;
        long[] shape;
        long begin;
        long end;
        try {
            JsonObject object = json.getAsJsonObject();
            JsonArray offsets = object.getAsJsonArray("data_offsets");
            type = ElementType.ofSafetensors(object.get("dtype").getAsString());
            shape = object.getAsJsonArray("shape").asList().stream().mapToLong(SafetensorsFile::whole).toArray();
            begin = Math.addExact(data, whole(offsets.get(0)));
            end = Math.addExact(data, whole(offsets.get(1)));
        } catch (RuntimeException e) { // a part is missing or of the wrong kind
            throw new InvalidFileException(file, "tensor " + name + " has no valid dtype, shape and data_offsets");
        }
        if (!(begin >= data && begin <= end && end <= size)) {
            throw new InvalidFileException(file,
                    "tensor " + name + " ends at byte " + end + " of a file of " + size + "; the file is truncated or broken");
        }
        if (type != ElementType.OTHER && !fills(type, shape, end - begin)) {
            throw new InvalidFileException(file,
                    "tensor " + name + " has " + (end - begin) + " bytes, which do not fit its shape " + Arrays.toString(shape));
        }
        return new Entry(StoredTensor.contiguous(file, name, type, shape, begin), begin, end);
    }

    private void requireNoGapOrOverlap(List<Entry> entries, long data) {
        entries.sort(Comparator.comparingLong(Entry::begin).thenComparingLong(Entry::end));
        long expected = data;
        for (Entry entry : entries) {
            if (entry.begin != expected) {
                throw new InvalidFileException(file, "tensor " + entry.tensor.name() + " begins at byte " + entry.begin + " instead of "
                        + expected + "; tensors overlap or leave a gap, so the file is broken");
            }
            expected = entry.end;
        }
        if (expected != size) {
            throw new InvalidFileException(file, "has " + (size - expected) + " bytes after its last tensor; the file is broken");
        }
    }

    private static boolean fills(ElementType type, long[] shape, long length) {
        try {
            long bytes = type.bytes();
            for (long axis : shape) {
                if (axis < 0) {
                    return false;
                }
                bytes = Math.multiplyExact(bytes, axis);
            }
            return bytes == length;
        } catch (ArithmeticException e) {
            return false; // a shape this large fits no file
        }
    }

    /** A whole number that fits, where Gson would wrap it around. */
    private static long whole(JsonElement number) {
        return number.getAsBigDecimal().longValueExact();
    }

    private ByteBuffer bytes(long position, int length) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
        while (buffer.hasRemaining()) {
            if (channel.read(buffer, position + buffer.position()) < 0) {
                throw new InvalidFileException(file, "is truncated: it ends within its header");
            }
        }
        return buffer.flip();
    }
}
