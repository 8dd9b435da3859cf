package io.github.miaudit.identifiers;

import java.util.Objects;

/**
 * A stretch of a sentence that is an identifier, or stands where one was. It holds no text, so none can leak by it.
 *
 * @param start   its first character, counted from 0 in UTF-16 units of the sentence's text
 * @param end     the character behind its last one, more than the start
 * @param type    what it is, such as {@code surname}: a lower-case letter, then at most 39 more, digits and hyphens
 * @param content whether the identifier itself stands there
 */
public record Mention(int start, int end, String type, Content content) {

    /** What stands there. */
    public enum Content {
        /** The identifier: a name, a date, a number. */
        IDENTIFIER,
        /** A mark in its place, such as {@code ___}, of which nothing true is known: it can be counted, never audited. */
        PLACEHOLDER
    }

    /**
     * Checks the parts.
     *
     * @throws IllegalArgumentException if the start is below 0, the end not above it, or the type is no label
     */
    public Mention {
        if (start < 0 || end <= start) {
            throw new IllegalArgumentException("a mention from " + start + " to " + end + "; expected 0 <= start < end");
        }
        TypeLabel.require(type);
        Objects.requireNonNull(content, "content");
    }

    /**
     * An identifier.
     *
     * @param start its first character
     * @param end   the character behind its last one
     * @param type  what it is
     */
    public static Mention of(int start, int end, String type) {
        return new Mention(start, end, type, Content.IDENTIFIER);
    }

    /**
     * A mark in the place of an identifier.
     *
     * @param start its first character
     * @param end   the character behind its last one
     * @param type  what stood there
     */
    public static Mention placeholder(int start, int end, String type) {
        return new Mention(start, end, type, Content.PLACEHOLDER);
    }

    /** How many UTF-16 units it has. */
    public int length() {
        return end - start;
    }

    /**
     * What stands there.
     *
     * @param text of the sentence in which it was found
     * @throws IndexOutOfBoundsException if the text ends before the mention
     */
    public String in(String text) {
        return text.substring(start, end);
    }

    boolean overlaps(Mention other) {
        return start < other.end && other.start < end;
    }
}
