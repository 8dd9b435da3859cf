package io.github.miaudit.exposure;

import java.util.Locale;

/** When a filling counts as the identifier. Case counts, as far as the model's tokens know it; white space at the ends does not. */
public enum Likeness {

    /** They are the same. */
    EXACT,
    /** At most one character is put in, left out or replaced (Levenshtein). Characters are code points. */
    ONE_EDIT;

    /** Whether one text counts as another; O(length). */
    public boolean holds(String text, String other) {
        return text.equals(other) || this == ONE_EDIT && isOneEdit(text.codePoints().toArray(), other.codePoints().toArray());
    }

    /** The name in reports: the constant's in lower case, words joined by hyphens. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Once all that both begin with is gone, at most one character may be left before all that both end with. */
    private static boolean isOneEdit(int[] text, int[] other) {
        int shorter = Math.min(text.length, other.length);
        int same = 0;
        while (same < shorter && text[same] == other[same]) {
            same++;
        }
        int behind = 0;
        while (behind < shorter - same && text[text.length - 1 - behind] == other[other.length - 1 - behind]) {
            behind++;
        }
        return Math.max(text.length, other.length) - same - behind <= 1;
    }
}
