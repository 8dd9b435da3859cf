package io.github.miaudit.io;

import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;

/**
 * The bytes of a text in UTF-8, without a byte order mark, whatever the mark at its start says that it is written in: UTF-8,
 * UTF-16LE or UTF-16BE. A text without a mark is passed on as it is. What is no character in UTF-16, half of a pair or of a
 * character, becomes the byte FF, which is none in UTF-8 either: so it spoils what it stands in and nothing else. Can be marked
 * and reset; for one thread.
 */
public final class Utf8Input extends FilterInputStream {

    private static final int BUFFER = 1 << 16;
    private static final int BYTE = 0xFF;

    private final String encoding;

    private Utf8Input(InputStream text, String encoding) {
        super(new BufferedInputStream(text, BUFFER));
        this.encoding = encoding;
    }

    /**
     * Looks at the start of a text.
     *
     * @param bytes from their start; closed with what is returned
     * @throws IOException if they can't be read
     */
    public static Utf8Input of(InputStream bytes) throws IOException {
        PushbackInputStream start = new PushbackInputStream(bytes, 3);
        byte[] mark = start.readNBytes(3);
        if (mark.length == 3 && (mark[0] & BYTE) == 0xEF && (mark[1] & BYTE) == 0xBB && (mark[2] & BYTE) == 0xBF) {
            return new Utf8Input(start, "UTF-8");
        }
        int order = mark.length < 2 ? 0 : (mark[0] & BYTE) << Byte.SIZE | mark[1] & BYTE;
        if (order == 0xFFFE || order == 0xFEFF) {
            start.unread(mark, 2, mark.length - 2);
            boolean littleEndian = order == 0xFFFE;
            return new Utf8Input(new FromUtf16(start, littleEndian), littleEndian ? "UTF-16LE" : "UTF-16BE");
        }
        start.unread(mark);
        return new Utf8Input(start, "UTF-8");
    }

    /** What the text is written in: {@code UTF-8}, {@code UTF-16LE} or {@code UTF-16BE}. */
    public String encoding() {
        return encoding;
    }

    private static final class FromUtf16 extends InputStream {

        private static final int LONGEST_CHARACTER = 4;

        private final InputStream bytes;
        private final boolean littleEndian;
        private final byte[] out = new byte[BUFFER];
        private int next;
        private int end;
        /** The first half of a pair that waits for the second; 0 if none does. */
        private char high;

        private FromUtf16(InputStream bytes, boolean littleEndian) {
            this.bytes = new BufferedInputStream(bytes, BUFFER);
            this.littleEndian = littleEndian;
        }

        @Override
        public int read() throws IOException {
            return isAtEnd() ? -1 : out[next++] & BYTE;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            if (length == 0) {
                return 0;
            }
            if (isAtEnd()) {
                return -1;
            }
            int count = Math.min(length, end - next);
            System.arraycopy(out, next, buffer, offset, count);
            next += count;
            return count;
        }

        @Override
        public void close() throws IOException {
            bytes.close();
        }

        private boolean isAtEnd() throws IOException {
            if (next == end) {
                next = 0;
                end = 0;
                boolean more = true;
                while (more && end < out.length - 2 * LONGEST_CHARACTER) {
                    more = takeUnit();
                }
            }
            return next == end;
        }

        private boolean takeUnit() throws IOException {
            int first = bytes.read();
            int second = first < 0 ? -1 : bytes.read();
            if (second < 0) {
                endPair();
                if (first >= 0) {
                    put(BYTE);
                }
                return false;
            }
            char unit = (char) (littleEndian ? second << Byte.SIZE | first : first << Byte.SIZE | second);
            if (high != 0 && Character.isLowSurrogate(unit)) {
                putCharacter(Character.toCodePoint(high, unit));
                high = 0;
                return true;
            }
            endPair();
            if (Character.isHighSurrogate(unit)) {
                high = unit;
            } else if (Character.isLowSurrogate(unit)) {
                put(BYTE);
            } else {
                putCharacter(unit);
            }
            return true;
        }

        private void endPair() {
            if (high != 0) {
                put(BYTE);
                high = 0;
            }
        }

        private void putCharacter(int codePoint) {
            if (codePoint < 0x80) {
                put(codePoint);
            } else if (codePoint < 0x800) {
                put(0xC0 | codePoint >> 6);
                putRest(codePoint, 0);
            } else if (codePoint < 0x10000) {
                put(0xE0 | codePoint >> 12);
                putRest(codePoint, 6);
            } else {
                put(0xF0 | codePoint >> 18);
                putRest(codePoint, 12);
            }
        }

        private void putRest(int codePoint, int highest) {
            for (int shift = highest; shift >= 0; shift -= 6) {
                put(0x80 | codePoint >> shift & 0x3F);
            }
        }

        private void put(int value) {
            out[end++] = (byte) value;
        }
    }
}
