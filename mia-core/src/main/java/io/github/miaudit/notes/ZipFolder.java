package io.github.miaudit.notes;

import io.github.miaudit.io.InvalidFileException;
import java.io.Closeable;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.zip.CRC32;
import java.util.zip.ZipException;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;

/** A zip file as a folder. Nothing is written anywhere; what in a name leads elsewhere is left out of it. */
final class ZipFolder implements Closeable {

    private final Path path;
    private final ZipFile zip;
    private final SortedMap<String, ZipArchiveEntry> entries = new TreeMap<>();

    private ZipFolder(Path path, ZipFile zip) {
        this.path = path;
        this.zip = zip;
    }

    /**
     * Reads the list of what is in it.
     *
     * @throws InvalidFileException if it is no zip file, is damaged, or has two files of one name
     */
    static ZipFolder open(Path path) {
        SeekableByteChannel bytes;
        try {
            bytes = Files.newByteChannel(path);
        } catch (IOException e) {
            throw new InvalidFileException(path, e);
        }
        try {
            ZipFolder folder = new ZipFolder(path, ZipFile.builder().setSeekableByteChannel(bytes).setIgnoreLocalFileHeader(true).get());
            folder.list();
            if (folder.zip.getFirstLocalFileHeaderOffset() > 0) {
                throw new InvalidFileException(path, "holds something before its first file, such as another zip file, which would not be"
                        + " read; pack it anew");
            }
            return folder;
        } catch (InvalidFileException e) {
            close(path, bytes);
            throw e;
        } catch (IOException | RuntimeException e) { // the library's faults are the file's
            close(path, bytes);
            throw new InvalidFileException(path, "is no zip file, or is cut short or damaged; copy or pack it anew");
        }
    }

    private void list() {
        for (ZipArchiveEntry entry : Collections.list(zip.getEntries())) {
            if (!entry.isDirectory() && entries.put(name(entry), entry) != null) {
                throw new InvalidFileException(path, "holds " + InvalidFileException.printable(name(entry)) + " twice; pack it anew");
            }
        }
    }

    /** The files in it by their names. */
    SortedMap<String, ZipArchiveEntry> entries() {
        return entries;
    }

    /** The bytes of a file in it; they are checked at their end. */
    InputStream read(String name) throws IOException {
        ZipArchiveEntry entry = entries.get(name);
        if (entry == null) {
            throw NoteFile.changed(path);
        }
        if (entry.getGeneralPurposeBit().usesEncryption()) {
            throw new InvalidFileException(within(path, name), "is encrypted; unpack it, or pack it anew without a password");
        }
        if (!zip.canReadEntryData(entry)) {
            throw new InvalidFileException(within(path, name), "is packed in a way that can't be read; unpack it, or pack it anew");
        }
        try {
            return new Checked(zip.getInputStream(entry), entry.getCrc());
        } catch (RuntimeException e) {
            throw (IOException) new ZipException("malformed").initCause(e);
        }
    }

    /** What a file in a zip file is called. */
    static Path within(Path zip, String name) {
        return Path.of(zip + "/" + name);
    }

    @Override
    public void close() throws IOException {
        zip.close();
    }

    private static void close(Path path, Closeable opened) {
        try {
            opened.close();
        } catch (IOException e) {
            throw new InvalidFileException(path, e);
        }
    }

    private static String name(ZipArchiveEntry entry) {
        return Arrays.stream(entry.getName().replaceAll("\\p{Cntrl}", "?").split("[/\\\\]"))
                .filter(part -> !Set.of("", ".", "..").contains(part)).collect(Collectors.joining("/"));
    }

    /** What the library does not do. */
    private static final class Checked extends FilterInputStream {

        private final CRC32 sum = new CRC32();
        private final long expected;

        private Checked(InputStream bytes, long expected) {
            super(bytes);
            this.expected = expected;
        }

        @Override
        public int read() throws IOException {
            byte[] next = new byte[1];
            return read(next, 0, 1) < 0 ? -1 : next[0] & 0xFF;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            int count;
            try {
                count = super.read(buffer, offset, length);
            } catch (RuntimeException e) {
                throw (IOException) new ZipException("malformed").initCause(e);
            }
            if (count > 0) {
                sum.update(buffer, offset, count);
            } else if (count < 0 && sum.getValue() != expected) {
                throw new ZipException("checksum");
            }
            return count;
        }
    }
}
