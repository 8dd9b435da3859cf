package io.github.miaudit.report.output.dossier;

import io.github.miaudit.io.InvalidFileException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/**
 * Zip archives that have one form only: entries in the order in which they are given, stored without compression, of one time. The same
 * entries are the same bytes on every machine.
 */
final class Archive {

    /** Of an archive; more than an audit's document ever takes. */
    static final int MOST_BYTES = 1 << 26;

    private static final LocalDateTime TIME = LocalDateTime.of(1980, 1, 1, 0, 0);

    private Archive() {
    }

    static byte[] write(Map<String, byte[]> entries) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes, StandardCharsets.US_ASCII)) {
            for (Map.Entry<String, byte[]> each : entries.entrySet()) {
                ZipEntry entry = new ZipEntry(each.getKey());
                entry.setMethod(ZipEntry.STORED);
                entry.setTimeLocal(TIME);
                entry.setSize(each.getValue().length);
                CRC32 sum = new CRC32();
                sum.update(each.getValue());
                entry.setCrc(sum.getValue());
                zip.putNextEntry(entry);
                zip.write(each.getValue());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    static byte[] bytes(Path file) {
        if (Files.exists(file) && !Files.isRegularFile(file)) { // a pipe would be waited for
            throw new InvalidFileException(file, "is no regular file");
        }
        try (InputStream content = Files.newInputStream(file)) {
            byte[] bytes = content.readNBytes(MOST_BYTES + 1);
            if (bytes.length > MOST_BYTES) {
                throw new InvalidFileException(file, "is larger than " + MOST_BYTES + " bytes, which no dossier is");
            }
            return bytes;
        } catch (IOException e) {
            throw new InvalidFileException(file, e);
        }
    }

    /**
     * The entries, in order.
     *
     * @param known all names that an entry may have
     */
    static Map<String, byte[]> read(Path file, byte[] bytes, List<String> known) {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(bytes), StandardCharsets.US_ASCII)) {
            int left = MOST_BYTES;
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                if (!known.contains(entry.getName())) {
                    throw new InvalidFileException(file, "has the entry \"" + InvalidFileException.printable(entry.getName())
                            + "\", which is none of a dossier; do not rely on it");
                }
                byte[] content = zip.readNBytes(left + 1);
                left -= content.length;
                if (left < 0) {
                    throw new InvalidFileException(file, "unpacks to more than " + MOST_BYTES + " bytes, which no dossier does");
                }
                if (entries.put(entry.getName(), content) != null) {
                    throw new InvalidFileException(file, "has the entry " + entry.getName() + " twice; do not rely on it");
                }
            }
        } catch (IOException | IllegalArgumentException e) { // the latter of names that are not ASCII
            throw new InvalidFileException(file, "is no whole zip archive; get it anew from its makers");
        }
        return entries;
    }

    /** UTF-8, and nothing that is none. */
    static String text(Path file, byte[] bytes) {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException e) {
            throw new InvalidFileException(file, "is not UTF-8");
        }
    }
}
