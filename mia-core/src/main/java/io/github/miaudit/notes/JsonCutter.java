package io.github.miaudit.notes;

import com.google.gson.stream.MalformedJsonException;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;

/**
 * Cuts JSON into its values, of which it understands no more than where they end; so one that is malformed spoils no other. A
 * character is a byte. For one thread.
 */
final class JsonCutter {

    private static final int BUFFER = 1 << 16;
    private static final int END = -1;

    private final Path file;
    private final InputStream bytes;
    private final byte[] buffer = new byte[BUFFER];
    private int next;
    private int filled;
    private long lineBreaks;

    JsonCutter(Path file, InputStream bytes) {
        this.file = file;
        this.bytes = bytes;
    }

    /** The next character that is no white space, which stays the next; -1 at the end. */
    int peek() throws IOException {
        while (isFilled()) {
            int character = buffer[next];
            if (character != ' ' && character != '\t' && character != '\n' && character != '\r') {
                return character & 0xFF;
            }
            take();
        }
        return END;
    }

    /** Goes past what {@link #peek} tells. */
    void take() {
        lineBreaks += buffer[next] == '\n' ? 1 : 0;
        next++;
    }

    /** How many lines have ended so far. */
    long lineBreaks() {
        return lineBreaks;
    }

    /**
     * The next value, or a member's name.
     *
     * @param value what is cut is appended here, even if an exception ends it
     * @throws EOFException           if the text ends before the value does
     * @throws MalformedJsonException if no value is next
     */
    void value(StringBuilder value) throws IOException {
        int first = peek();
        if (first == END) {
            throw new EOFException();
        }
        if (first == '{' || first == '[' || first == '"') {
            untilClosed(value);
        } else {
            while (isFilled() && ",:]} \t\r\n".indexOf(buffer[next]) < 0) {
                append(value);
            }
            if (value.isEmpty()) {
                throw new MalformedJsonException("no value");
            }
        }
    }

    private void untilClosed(StringBuilder value) throws IOException {
        int depth = 0;
        boolean string = false;
        do {
            char character = append(value);
            if (string) {
                if (character == '\\') {
                    append(value);
                }
                string = character != '"';
            } else if (character == '"') {
                string = true;
            } else if (character == '{' || character == '[') {
                depth++;
            } else if (character == '}' || character == ']') {
                depth--;
            }
        } while (depth > 0 || string);
    }

    private char append(StringBuilder value) throws IOException {
        if (!isFilled()) {
            throw new EOFException();
        }
        if (value.length() >= NoteFile.LONGEST_NOTE) {
            throw NoteFile.tooLong(file, "has a JSON value");
        }
        char character = (char) (buffer[next] & 0xFF);
        take();
        value.append(character);
        return character;
    }

    private boolean isFilled() throws IOException {
        if (next == filled) {
            next = 0;
            filled = Math.max(0, bytes.read(buffer, 0, buffer.length));
        }
        return next < filled;
    }
}
