package io.github.miaudit.io;

/** Text from outside as one harmless line: nothing that a terminal obeys, that XML forbids or that reorders what is read. */
public final class PlainText {

    /** Longer names are cut: no honest name is as long. */
    public static final int LONGEST_NAME = 100;

    private static final int DIGITS_OF_DIGEST = 12;
    private static final int REPLACEMENT = 0xFFFD;

    private PlainText() {
    }

    /** The text, each line break or tab a space, each other character without a glyph of its own replaced by U+FFFD. */
    public static String line(String text) {
        StringBuilder line = new StringBuilder(text.length());
        text.codePoints().map(PlainText::harmless).forEach(line::appendCodePoint);
        return line.toString().strip();
    }

    /** A name, likewise, at most {@value #LONGEST_NAME} characters of it. */
    public static String name(String name) {
        String line = line(name);
        return line.codePointCount(0, line.length()) <= LONGEST_NAME ? line
                : line.substring(0, line.offsetByCodePoints(0, LONGEST_NAME)) + "…";
    }

    /** The start of a digest, enough to tell it from others. */
    public static String digest(String digest) {
        return name(digest.substring(0, Math.min(DIGITS_OF_DIGEST, digest.length())));
    }

    private static int harmless(int character) {
        if (Character.isWhitespace(character)) {
            return ' ';
        }
        return switch (Character.getType(character)) {
            // FORMAT has the bidirectional ones
            case Character.CONTROL, Character.FORMAT, Character.SURROGATE, Character.UNASSIGNED -> REPLACEMENT;
            default -> character;
        };
    }
}
