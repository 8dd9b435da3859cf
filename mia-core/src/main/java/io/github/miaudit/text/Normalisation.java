package io.github.miaudit.text;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Locale;

/** What two texts may differ in and still be the same. */
public enum Normalisation {

    /**
     * Case, white space and how characters are encoded: texts are compared in Unicode's form NFKC without format characters, such
     * as soft hyphens, in lower case, with single blanks between words and none around.
     */
    CASE_AND_SPACE {
        @Override
        String ofAny(String text) {
            return words(text);
        }
    },

    /** Digits too: each counts as 0, so that the same sentence with another dose or date is the same. */
    CASE_SPACE_AND_DIGITS {
        @Override
        String ofAny(String text) {
            StringBuilder zeros = new StringBuilder(words(text));
            for (int index = 0; index < zeros.length(); index++) {
                if (Character.isDigit(zeros.charAt(index))) {
                    zeros.setCharAt(index, '0');
                }
            }
            return zeros.toString();
        }
    };

    private static final int LATIN_1 = 0x100;

    /**
     * What becomes of each Latin-1 character between two others, which do not matter to it; 0 where that is no single one, or
     * none of Latin-1.
     */
    private final byte[] single = new byte[LATIN_1];

    Normalisation() {
        for (int character = 0; character < single.length; character++) {
            String around = ofAny("a" + (char) character + "a");
            single[character] = around.length() == 3 && around.charAt(1) < single.length ? (byte) around.charAt(1) : 0;
        }
    }

    /** The text by which texts are compared, the same for texts that are the same. */
    public final String of(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1); // with a ? for each character beyond it
        if (bytes.length < text.length()) {
            return ofAny(text);
        }
        int length = 0;
        byte last = ' ';
        for (int index = 0; index < bytes.length; index++) {
            byte next = single[bytes[index] & 0xFF];
            if (next == 0 || next == '?' && text.charAt(index) != '?') {
                return ofAny(text);
            }
            bytes[length] = next;
            length += next != ' ' || last != ' ' ? 1 : 0;
            last = next;
        }
        String made = new String(bytes, 0, length > 0 && last == ' ' ? length - 1 : length, StandardCharsets.ISO_8859_1);
        return made.equals(text) ? text : made;
    }

    /** Of any text, in as many steps as that takes. */
    abstract String ofAny(String text);

    private static String nfkc(CharSequence text) {
        return Normalizer.normalize(text, Normalizer.Form.NFKC);
    }

    private static String words(String text) {
        StringBuilder visible = new StringBuilder(text.length());
        text.codePoints().filter(character -> Character.getType(character) != Character.FORMAT).forEach(visible::appendCodePoint);
        String lower = nfkc(nfkc(visible).toLowerCase(Locale.ROOT)); // again, as a small letter can be several characters
        StringBuilder words = new StringBuilder(lower.length());
        for (int index = 0; index < lower.length(); index++) {
            char character = lower.charAt(index);
            if (!Character.isWhitespace(character) && !Character.isSpaceChar(character)) {
                words.append(character);
            } else if (words.length() > 0 && words.charAt(words.length() - 1) != ' ') {
                words.append(' ');
            }
        }
        return words.toString().stripTrailing();
    }
}
