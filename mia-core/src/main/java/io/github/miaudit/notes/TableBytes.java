package io.github.miaudit.notes;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * A table's bytes for a parser to which quotation marks stand around fields. Where they are characters, stand-ins take their
 * place, and that of what escapes stand for: bytes that no UTF-8 has. How a table is to be read is asked for when a quotation mark or
 * a backslash comes the first time: before, all ways are the same.
 */
final class TableBytes extends FilterInputStream {

    /** A way to read tables. */
    enum Reading {
        /** Marks stand around fields. */
        QUOTED,
        /** Marks and backslashes are characters. */
        PLAIN,
        /** Marks are characters, and backslashes start escapes. */
        ESCAPED
    }

    /** Finds out how a table is to be read. */
    interface Question {
        Reading answer() throws IOException;
    }

    private static final int FIRST_STAND_IN = 0xF8;
    /** What the stand-ins are for; the last is nothing at all, {@code \N}. */
    private static final String STOOD_FOR = "\"\t\n\r";
    private static final char NOTHING = FIRST_STAND_IN + 4;
    private static final int NO_UTF8 = 0xFF;
    private static final String ESCAPES = "\\ntr0bfvN";
    private static final String ESCAPED = "\\\n\t\r\0\b\f\u000B" + NOTHING;

    private static final boolean[] ORDINARY = new boolean[1 << Byte.SIZE];

    static {
        for (int next = 0; next < FIRST_STAND_IN; next++) {
            ORDINARY[next] = next != '"' && next != '\\';
        }
    }

    private final Question question;
    private @Nullable Reading reading; // as soon as it has to be known
    private boolean afterBackslash;

    /** Bytes of which it will be asked how to read them. */
    TableBytes(InputStream bytes, Question question) {
        super(bytes);
        this.question = question;
    }

    /** Whether marks are characters, as far as was read. */
    boolean isUnquoted() {
        return reading == Reading.PLAIN || isEscaped();
    }

    /** Whether backslashes start escapes, as far as was read. */
    boolean isEscaped() {
        return reading == Reading.ESCAPED;
    }

    /** A field with what the stand-ins are for; where it is {@code \N}, what is given for nothing. */
    String field(String parsed, String nothing) {
        if (!isUnquoted()) {
            return parsed;
        }
        if (parsed.length() == 1 && parsed.charAt(0) == NOTHING) {
            return nothing;
        }
        StringBuilder field = new StringBuilder(parsed.length());
        for (int index = 0; index < parsed.length(); index++) {
            char next = parsed.charAt(index);
            if (next == NOTHING) {
                field.append("\\N");
            } else {
                field.append(next >= FIRST_STAND_IN && next < NOTHING ? STOOD_FOR.charAt(next - FIRST_STAND_IN) : next);
            }
        }
        return field.toString();
    }

    @Override
    public int read() throws IOException {
        byte[] next = new byte[1];
        return read(next, 0, 1) < 0 ? -1 : next[0] & 0xFF;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        int count = super.read(buffer, offset, length);
        if (count > 0 && reading == null && hasMark(buffer, offset, count)) {
            reading = question.answer();
        }
        while (count > 0 && isUnquoted()) {
            int written = standIn(buffer, offset, count);
            if (written > 0) {
                return written;
            }
            count = super.read(buffer, offset, length); // it was one backslash
        }
        return count;
    }

    private static boolean hasMark(byte[] buffer, int offset, int count) {
        for (int index = offset; index < offset + count; index++) {
            if (buffer[index] == '"' || buffer[index] == '\\') {
                return true;
            }
        }
        return false;
    }

    private int standIn(byte[] buffer, int offset, int count) {
        int end = offset;
        for (int index = offset; index < offset + count; index++) {
            char next = (char) (buffer[index] & 0xFF);
            if (!afterBackslash && ORDINARY[next]) {
                buffer[end++] = (byte) next;
                continue;
            }
            if (afterBackslash) {
                afterBackslash = false;
                int escape = ESCAPES.indexOf(next); // there is one, unless the file was changed
                next = escape < 0 ? NO_UTF8 : ESCAPED.charAt(escape);
            } else if (next == '\\' && isEscaped()) {
                afterBackslash = true;
                continue;
            } else if (next >= FIRST_STAND_IN) {
                next = NO_UTF8;
            }
            int stoodFor = STOOD_FOR.indexOf(next);
            buffer[end++] = (byte) (stoodFor < 0 ? next : FIRST_STAND_IN + stoodFor);
        }
        return end - offset;
    }
}
