package io.github.miaudit.io;

import com.google.gson.stream.MalformedJsonException;
import java.io.IOException;
import java.io.Reader;

/**
 * A text as far as it keeps rules that not every release of Gson enforces: literals in lower case, no control characters in strings, no
 * escapes of line ends or apostrophes, and at most {@value #DEEPEST} values within each other. Where it breaks one reading fails, after all
 * before that place was read.
 */
final class StandardJsonText extends Reader {

    static final int DEEPEST = 255;
    private static final int NOWHERE = -1;

    private final String text;
    private int place;
    private int depth;
    private boolean inString;
    private boolean escaped;

    StandardJsonText(String text) {
        this.text = text;
    }

    @Override
    public int read(char[] characters, int offset, int length) throws IOException {
        if (place == text.length()) {
            return -1;
        }
        int end = Math.min(text.length(), place + length);
        int broken = firstBroken(end);
        if (broken == place) {
            throw new MalformedJsonException("a character that JSON does not allow here");
        }
        int until = broken == NOWHERE ? end : broken;
        text.getChars(place, until, characters, offset);
        int read = until - place;
        place = until;
        return read;
    }

    /** Goes on up to an end, or to the first character that breaks a rule. */
    private int firstBroken(int end) {
        for (int at = place; at < end; at++) {
            char character = text.charAt(at);
            if (!(inString ? isAllowedInString(character) : isAllowedOutside(character, at))) {
                return at;
            }
            pass(character);
        }
        return NOWHERE;
    }

    private void pass(char character) {
        if (inString) {
            inString = escaped || character != '"';
            escaped = !escaped && character == '\\';
            return;
        }
        inString = character == '"';
        if (character == '[' || character == '{') {
            depth++;
        } else if (character == ']' || character == '}') {
            depth--;
        }
    }

    private boolean isAllowedInString(char character) {
        return character >= ' ' && !(escaped && character == '\'');
    }

    /** The only capital is the E of a number. */
    private boolean isAllowedOutside(char character, int at) {
        if (character == '[' || character == '{') {
            return depth < DEEPEST;
        }
        return character < 'A' || character > 'Z'
                || character == 'E' && at > 0 && text.charAt(at - 1) >= '0' && text.charAt(at - 1) <= '9';
    }

    @Override
    public void close() {
        // holds nothing
    }
}
