package io.github.miaudit.notes;

import io.airlift.compress.zstd.ZstdInputStream;
import io.github.miaudit.io.InvalidFileException;
import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.zip.ZipException;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorInputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;

/** How one file is packed, told by its ending. */
enum Packing {

    GZIP("gzip", ".gz") {
        @Override
        InputStream open(InputStream packed) throws IOException {
            return GzipCompressorInputStream.builder().setInputStream(packed).setDecompressConcatenated(true).get();
        }
    },
    BZIP2("bzip2", ".bz2") {
        @Override
        InputStream open(InputStream packed) throws IOException {
            return new BZip2CompressorInputStream(packed, true);
        }
    },
    ZSTANDARD("zstd", ".zst") {
        @Override
        InputStream open(InputStream packed) {
            return new ZstdInputStream(packed);
        }
    };

    /** How files start that are not text, whatever they are called, a character a byte; and what to do with them. */
    private static final Map<String, String> STARTS = new LinkedHashMap<>();

    static {
        STARTS.put("\u001F\u008B", "is a gzip file; name it as such, with .gz at its end");
        for (char size = '1'; size <= '9'; size++) {
            STARTS.put("BZh" + size + "1AY&SY", "is a bzip2 file; name it as such, with .bz2 at its end");
        }
        STARTS.put("\u0028\u00B5\u002F\u00FD", "is a zstd file; name it as such, with .zst at its end");
        STARTS.put("PK\u0003\u0004", "is a zip file, as spreadsheets are too; name it with .zip at its end, or save it as CSV");
        STARTS.put("\u00D0\u00CF\u0011\u00E0", "is an Excel or Word file; save it as CSV or as plain text");
        STARTS.put("%PDF", "is a PDF file; save it as plain text");
        STARTS.put("PAR1", "is a Parquet file; name it as such, with .parquet at its end");
    }

    private static final int LONGEST_START = 10;

    private final String title;
    private final String ending;

    Packing(String title, String ending) {
        this.title = title;
        this.ending = ending;
    }

    abstract InputStream open(InputStream packed) throws IOException;

    /** What names of packed files end with. */
    static List<String> endings() {
        return Arrays.stream(values()).map(packing -> packing.ending).toList();
    }

    static Optional<Packing> of(Path file) {
        String name = lowerCase(file);
        return Arrays.stream(values()).filter(packing -> name.endsWith(packing.ending)).findFirst();
    }

    /** The last part of a name, in lower case, without such an ending. */
    static String unpackedName(Path file) {
        String name = lowerCase(file);
        return of(file).map(packing -> name.substring(0, name.length() - packing.ending.length())).orElse(name);
    }

    /** Makes sure that a file that is not named as a packed one is none. */
    static void requireUnpacked(Path file, BufferedInputStream bytes) throws IOException {
        bytes.mark(LONGEST_START);
        String start = new String(bytes.readNBytes(LONGEST_START), StandardCharsets.ISO_8859_1);
        bytes.reset();
        for (Map.Entry<String, String> known : STARTS.entrySet()) {
            if (start.startsWith(known.getKey())) {
                throw new InvalidFileException(file, known.getValue());
            }
        }
    }

    /**
     * Unpacks a file that may consist of several packed ones, one behind the other, to its end.
     *
     * @throws InvalidFileException if it is not packed so
     */
    InputStream unpack(Path file, InputStream packed) throws IOException {
        Underlying underlying = new Underlying(packed);
        try {
            return new Unpacked(open(underlying), underlying);
        } catch (IOException | RuntimeException e) {
            underlying.throwFailure();
            throw new InvalidFileException(file, "is empty or no " + title + " file; pack it anew, or mend its name");
        }
    }

    private static String lowerCase(Path file) {
        return file.getFileName().toString().toLowerCase(Locale.ROOT);
    }

    /** Remembers whether it was the file that could not be read, and not what is packed in it. */
    private static final class Underlying extends FilterInputStream {

        private Optional<IOException> failure = Optional.empty();

        private Underlying(InputStream bytes) {
            super(bytes);
        }

        @Override
        public int read() throws IOException {
            try {
                return super.read();
            } catch (IOException e) {
                failure = Optional.of(e);
                throw e;
            }
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            try {
                return super.read(buffer, offset, length);
            } catch (IOException e) {
                failure = Optional.of(e);
                throw e;
            }
        }

        private void throwFailure() throws IOException {
            if (failure.isPresent()) {
                throw failure.get();
            }
        }
    }

    /** What goes wrong in a library is a fault of what is packed. */
    private static final class Unpacked extends FilterInputStream {

        private final Underlying underlying;

        private Unpacked(InputStream unpacked, Underlying underlying) {
            super(unpacked);
            this.underlying = underlying;
        }

        @Override
        public int read() throws IOException {
            byte[] next = new byte[1];
            return read(next, 0, 1) < 0 ? -1 : next[0] & 0xFF;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            try {
                return super.read(buffer, offset, length);
            } catch (IOException | RuntimeException e) {
                underlying.throwFailure();
                throw (IOException) new ZipException("malformed").initCause(e);
            }
        }
    }
}
