package io.github.miaudit.identifiers;

import java.util.Locale;

/** How an identifier's letters are written; a surrogate is written likewise. */
enum CasePattern {

    /** {@code SMITH}: no letter is lower-case, and two or more are upper-case. */
    CAPITALS {
        @Override
        String written(String surrogate) {
            return surrogate.toUpperCase(Locale.ROOT);
        }
    },

    /** {@code smith}: no letter is upper-case, and one or more are lower-case. */
    LOWER_CASE {
        @Override
        String written(String surrogate) {
            return surrogate.toLowerCase(Locale.ROOT);
        }
    },

    /** {@code Smith}, {@code McDonald}, {@code J}, {@code 12}: a surrogate stays as it is, unless it has but one case. */
    MIXED {
        @Override
        String written(String surrogate) {
            return of(surrogate) == MIXED || hasDigit(surrogate) ? surrogate : withInitials(surrogate);
        }
    };

    /** A surrogate, as an identifier of this pattern would be written. */
    abstract String written(String surrogate);

    static CasePattern of(String identifier) {
        int upper = 0;
        int lower = 0;
        for (int index = 0; index < identifier.length(); index++) {
            upper += Character.isUpperCase(identifier.charAt(index)) ? 1 : 0;
            lower += Character.isLowerCase(identifier.charAt(index)) ? 1 : 0;
        }
        if (lower == 0 && upper > 1) {
            return CAPITALS;
        }
        return upper == 0 && lower > 0 ? LOWER_CASE : MIXED;
    }

    /** Codes have no initials. */
    private static boolean hasDigit(String text) {
        return text.chars().anyMatch(Character::isDigit);
    }

    /** Each word's first letter in upper case, the others in lower case; what is behind O' begins a word, what is behind Mary' does not. */
    private static String withInitials(String text) {
        StringBuilder written = new StringBuilder(text.length());
        int inWord = 0;
        for (int index = 0; index < text.length(); index++) {
            char character = text.charAt(index);
            written.append(inWord > 0 ? Character.toLowerCase(character) : Character.toUpperCase(character));
            boolean goesOn = Character.isLetterOrDigit(character) || inWord > 1 && (character == '\'' || character == '\u2019');
            inWord = goesOn ? inWord + 1 : 0;
        }
        return written.toString();
    }
}
