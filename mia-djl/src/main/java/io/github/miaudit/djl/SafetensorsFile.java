package io.github.miaudit.djl;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.github.miaudit.InvalidFileException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.LongStream;

/**
 * A memory-mapped safetensors file: 8 bytes with the header's length (little-endian), a JSON header with each
 * tensor's type, shape and place, then the data. Nothing is read before it is asked for.
 */
final class SafetensorsFile {

    private static final int LENGTH_BYTES = 8;
    private static final long MAXIMUM_HEADER = 100L << 20;

    /** A tensor's place: its shape and its first and last byte (exclusive) in the file. */
    record Entry(String type, long[] shape, long begin, long end) {
    }

    private final Path file;
    private final Map<String, Entry> entries = new TreeMap<>();

    private SafetensorsFile(Path file) {
        this.file = file;
    }

    static SafetensorsFile open(Path file) {
        SafetensorsFile safetensors = new SafetensorsFile(file);
        try (FileChannel channel = FileChannel.open(file)) {
            safetensors.readHeader(channel);
        } catch (IOException e) {
            throw new InvalidFileException(file, e);
        }
        return safetensors;
    }

    Path file() {
        return file;
    }

    Map<String, Entry> entries() {
        return entries;
    }

    /** Maps the data of a float32 tensor, little-endian; the mapping lives as long as the buffer. */
    ByteBuffer mapFloat32(String name) {
        Entry entry = entries.get(name);
        long bytes = entry.end - entry.begin;
        if (!entry.type.equals("F32")) {
            throw new InvalidFileException(file, "tensor " + name + " has type " + entry.type + "; supported is F32");
        }
        if (bytes > Integer.MAX_VALUE) {
            throw new InvalidFileException(file, "tensor " + name + " has " + bytes + " bytes; supported are " + Integer.MAX_VALUE);
        }
        try (FileChannel channel = FileChannel.open(file)) {
            return channel.map(FileChannel.MapMode.READ_ONLY, entry.begin, bytes).order(ByteOrder.LITTLE_ENDIAN);
        } catch (IOException e) {
            throw new InvalidFileException(file, e);
        }
    }

    private void readHeader(FileChannel channel) throws IOException {
        long size = channel.size();
        long headerLength = size < LENGTH_BYTES ? -1 : read(channel, 0, LENGTH_BYTES).getLong();
        if (!(headerLength > 0 && headerLength <= Math.min(MAXIMUM_HEADER, size - LENGTH_BYTES))) {
            throw new InvalidFileException(file, "is no safetensors file or is truncated: header of " + headerLength
                    + " bytes in a file of " + size);
        }
        String header = StandardCharsets.UTF_8.decode(read(channel, LENGTH_BYTES, (int) headerLength)).toString();
        long data = LENGTH_BYTES + headerLength;
        for (Map.Entry<String, JsonElement> member : JsonFile.parse(file, header).entrySet()) {
            if (!member.getKey().equals("__metadata__")) {
                entries.put(member.getKey(), entry(member.getKey(), member.getValue(), data, size));
            }
        }
    }

    private Entry entry(String name, JsonElement json, long data, long size) {
        Entry entry;
        try {
            JsonObject object = json.getAsJsonObject();
            JsonArray offsets = object.getAsJsonArray("data_offsets");
            long[] shape = LongStream.range(0, object.getAsJsonArray("shape").size())
                    .map(axis -> object.getAsJsonArray("shape").get((int) axis).getAsLong()).toArray();
            entry = new Entry(object.get("dtype").getAsString(), shape,
                    Math.addExact(data, offsets.get(0).getAsLong()), Math.addExact(data, offsets.get(1).getAsLong()));
        } catch (RuntimeException e) {
            throw new InvalidFileException(file, "tensor " + name + " has no valid dtype, shape and data_offsets");
        }
        if (!(entry.begin >= data && entry.begin <= entry.end && entry.end <= size)) {
            throw new InvalidFileException(file, "tensor " + name + " ends at byte " + entry.end + " of a file of " + size
                    + "; the file is truncated or broken");
        }
        if (entry.type.equals("F32") && !fills(entry)) {
            throw new InvalidFileException(file, "tensor " + name + " has " + (entry.end - entry.begin) + " bytes, which do not fit its shape");
        }
        return entry;
    }

    private static boolean fills(Entry entry) {
        try {
            long bytes = Float.BYTES;
            for (long axis : entry.shape) {
                bytes = Math.multiplyExact(bytes, axis);
            }
            return bytes == entry.end - entry.begin;
        } catch (ArithmeticException e) {
            return false; // a shape this large fits no file
        }
    }

    private ByteBuffer read(FileChannel channel, long position, int length) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
        while (buffer.hasRemaining()) {
            if (channel.read(buffer, position + buffer.position()) < 0) {
                throw new InvalidFileException(file, "is truncated: it ends within its header");
            }
        }
        return buffer.flip();
    }
}
