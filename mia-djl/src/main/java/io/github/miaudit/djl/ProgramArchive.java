package io.github.miaudit.djl;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * A TorchScript archive made from source: a zip of stored entries that libtorch compiles when it loads it. It holds
 * one module of class {@code MaskedLm} with plain numbers as attributes and no tensor; weights are passed in at each
 * call. The module's state is a pickle (protocol 2) of five kinds of values, few enough to write out.
 */
final class ProgramArchive {

    private ProgramArchive() {
    }

    /**
     * Renders a class in serialized TorchScript, with the module's attributes: {@link Integer}, {@link Double}, {@link Boolean} and
     * {@link String} values, and lists of {@link Integer}.
     */
    static byte[] of(String source, Map<String, ?> attributes) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            store(zip, "program/data.pkl", module(attributes));
            store(zip, "program/code/__torch__.py", source.getBytes(StandardCharsets.UTF_8));
            store(zip, "program/constants.pkl", new byte[] {(byte) 0x80, 2, ')', '.'}); // an empty tuple
            store(zip, "program/version", "10\n".getBytes(StandardCharsets.US_ASCII));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static byte[] module(Map<String, ?> attributes) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream pickle = new DataOutputStream(bytes);
        pickle.write(new byte[] {(byte) 0x80, 2}); // protocol 2
        pickle.writeBytes("c__torch__\nMaskedLm\n"); // the class
        pickle.write(new byte[] {')', (byte) 0x81, '}', '('}); // an object of it; its state: a dictionary of
        attribute(pickle, "training", false);
        for (Map.Entry<String, ?> attribute : attributes.entrySet()) {
            attribute(pickle, attribute.getKey(), attribute.getValue());
        }
        pickle.writeBytes("ub."); // fill the dictionary, set the state, stop
        return bytes.toByteArray();
    }

    private static void attribute(DataOutputStream pickle, String name, Object value) throws IOException {
        string(pickle, name);
        if (value instanceof Integer number) {
            integer(pickle, number);
        } else if (value instanceof List<?> numbers) {
            pickle.writeBytes("ctorch.jit._pickle\nbuild_intlist\n(]("); // a function of a list of
            for (Object number : numbers) {
                integer(pickle, (Integer) number);
            }
            pickle.writeBytes("etR"); // fill the list, make it the only argument, call
        } else if (value instanceof Double number) {
            pickle.write('G');
            pickle.writeDouble(number); // big-endian
        } else if (value instanceof String text) {
            string(pickle, text);
        } else {
            pickle.write((Boolean) value ? 0x88 : 0x89);
        }
    }

    private static void integer(DataOutputStream pickle, int number) throws IOException {
        pickle.write('J');
        pickle.writeInt(Integer.reverseBytes(number)); // little-endian
    }

    /** ASCII, with its length little-endian. */
    private static void string(DataOutputStream pickle, String text) throws IOException {
        pickle.write('X');
        pickle.writeInt(Integer.reverseBytes(text.length()));
        pickle.writeBytes(text);
    }

    private static void store(ZipOutputStream zip, String name, byte[] content) throws IOException {
        CRC32 checksum = new CRC32();
        checksum.update(content);
        ZipEntry entry = new ZipEntry(name);
        entry.setMethod(ZipEntry.STORED);
        entry.setSize(content.length);
        entry.setCrc(checksum.getValue());
        entry.setTime(0);
        zip.putNextEntry(entry);
        zip.write(content);
        zip.closeEntry();
    }
}
