package io.github.miaudit.text;

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
        public String of(String text) {
            String lower = composed(text).toLowerCase(Locale.ROOT);
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
    },

    /** Digits too: each counts as 0, so that the same sentence with another dose or date is the same. */
    CASE_SPACE_AND_DIGITS {
        @Override
        public String of(String text) {
            StringBuilder zeros = new StringBuilder(CASE_AND_SPACE.of(text));
            for (int index = 0; index < zeros.length(); index++) {
                if (Character.isDigit(zeros.charAt(index))) {
                    zeros.setCharAt(index, '0');
                }
            }
            return zeros.toString();
        }
    };

    /** The text by which texts are compared, the same for texts that are the same. */
    public abstract String of(String text);

    private static String composed(String text) {
        if (isAscii(text)) {
            return text; // as most are
        }
        StringBuilder visible = new StringBuilder(text.length());
        text.codePoints().filter(character -> Character.getType(character) != Character.FORMAT).forEach(visible::appendCodePoint);
        return Normalizer.normalize(visible, Normalizer.Form.NFKC);
    }

    private static boolean isAscii(String text) {
        for (int index = 0; index < text.length(); index++) {
            if (text.charAt(index) >= 0x80) {
                return false;
            }
        }
        return true;
    }
}
