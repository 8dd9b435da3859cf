package io.github.miaudit.io;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The lines of a UTF-8 file, each exactly as it stands. A line ends at LF or CR LF and nowhere else (unlike
 * {@link java.io.BufferedReader}, a lone CR belongs to the text); a byte order mark at the start of the file is
 * no text; bytes that are not UTF-8 are an error that names the line. For one thread.
 */
public final class Lines implements AutoCloseable {

    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private final Path file;
    private final InputStream bytes;
    private long number;

    /**
     * Opens a file; whoever does closes it.
     *
     * @throws InvalidFileException if it can't be read
     */
    public Lines(Path file) {
        this.file = file;
        try {
            bytes = new BufferedInputStream(Files.newInputStream(file), 1 << 16);
        } catch (IOException e) {
            throw new InvalidFileException(file, e);
        }
    }

    /**
     * The next line.
     *
     * @return without its end, or null after the last
     * @throws InvalidFileException if it is not UTF-8 or can't be read
     */
    public @Nullable String next() {
        try {
            ByteArrayOutputStream line = new ByteArrayOutputStream(256);
            int next = bytes.read();
            if (next < 0) {
                return null;
            }
            number++;
            while (next >= 0 && next != '\n') {
                line.write(next);
                next = bytes.read();
            }
            return decode(line.toByteArray(), next == '\n');
        } catch (CharacterCodingException e) {
            throw new InvalidFileException(file, number, "is not UTF-8; convert the file to UTF-8 first");
        } catch (IOException e) {
            throw new InvalidFileException(file, e);
        }
    }

    /** The number of the line that {@link #next()} returned last, from 1. */
    public long number() {
        return number;
    }

    private String decode(byte[] line, boolean ended) throws CharacterCodingException {
        boolean carriageReturn = ended && line.length > 0 && line[line.length - 1] == '\r';
        int length = carriageReturn ? line.length - 1 : line.length;
        String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(line, 0, length)).toString();
        return number == 1 && text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
    }

    @Override
    public void close() {
        try {
            bytes.close();
        } catch (IOException e) {
            throw new InvalidFileException(file, e);
        }
    }
}
