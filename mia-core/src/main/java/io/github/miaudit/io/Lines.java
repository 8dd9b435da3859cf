package io.github.miaudit.io;

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
    /** What Java puts where bytes are no UTF-8; a text may hold it too. */
    private static final char REPLACEMENT = '\uFFFD';

    private final Path file;
    private final InputStream bytes;
    private final byte[] buffer = new byte[1 << 16];
    private int next;
    private int end;
    private long read;
    private long number;

    /**
     * Opens a file; whoever does closes it.
     *
     * @throws InvalidFileException if it can't be read
     */
    public Lines(Path file) {
        this.file = file;
        try {
            bytes = Files.newInputStream(file);
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
            if (next == end && !fill()) {
                return null;
            }
            number++;
            int found = lineFeed(buffer, next, end);
            if (found < end) {
                int start = next;
                next = found + 1;
                return decode(file, number, buffer, start, found, true);
            }
            return nextOfSeveralBuffers();
        } catch (IOException e) {
            throw new InvalidFileException(file, e);
        }
    }

    private String nextOfSeveralBuffers() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream(2 * buffer.length);
        int found;
        do {
            found = lineFeed(buffer, next, end);
            line.write(buffer, next, found - next);
            boolean ended = found < end;
            next = Math.min(found + 1, end);
            if (ended) {
                return decode(file, number, line.toByteArray(), 0, line.size(), true);
            }
        } while (fill());
        return decode(file, number, line.toByteArray(), 0, line.size(), false);
    }

    private boolean fill() throws IOException {
        next = 0;
        end = Math.max(0, bytes.read(buffer));
        read += end;
        return end > 0;
    }

    /** The number of the line that {@link #next()} returned last, from 1. */
    public long number() {
        return number;
    }

    /** How many bytes of the file stand before the line that {@link #next()} returns next. */
    long position() {
        return read - (end - next);
    }

    /** The place of the first line feed, or the end if there is none. */
    static int lineFeed(byte[] bytes, int from, int end) {
        int place = from;
        while (place < end && bytes[place] != '\n') {
            place++;
        }
        return place;
    }

    /** A line's text; {@code ended} by a line feed, which is at {@code to}. */
    static String decode(Path file, long number, byte[] bytes, int from, int to, boolean ended) {
        int length = (ended && to > from && bytes[to - 1] == '\r' ? to - 1 : to) - from;
        String text = new String(bytes, from, length, StandardCharsets.UTF_8);
        if (text.indexOf(REPLACEMENT) >= 0) {
            try {
                StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, from, length));
            } catch (CharacterCodingException e) {
                throw new InvalidFileException(file, number, "is not UTF-8; convert the file to UTF-8 first");
            }
        }
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
