package io.github.miaudit.exposure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

class LikenessTest {

    /** The distance by its definition. */
    private static int levenshtein(String text, String other) {
        if (text.isEmpty() || other.isEmpty()) {
            return text.length() + other.length();
        }
        int replaced = levenshtein(text.substring(1), other.substring(1)) + (text.charAt(0) == other.charAt(0) ? 0 : 1);
        return Math.min(replaced, 1 + Math.min(levenshtein(text.substring(1), other), levenshtein(text, other.substring(1))));
    }

    @Property(tries = 2000)
    void oneEditIsADistanceOfOne(@ForAll @CharRange(from = 'a', to = 'c') @StringLength(max = 6) String text,
            @ForAll @CharRange(from = 'a', to = 'c') @StringLength(max = 6) String other) {
        assertEquals(levenshtein(text, other) <= 1, Likeness.ONE_EDIT.holds(text, other));
        assertEquals(text.equals(other), Likeness.EXACT.holds(text, other));
    }

    @Test
    void caseCountsAndACharacterIsACodePoint() {
        assertTrue(Likeness.ONE_EDIT.holds("Smith", "smith"));
        assertFalse(Likeness.EXACT.holds("Smith", "smith"));
        assertTrue(Likeness.ONE_EDIT.holds("a\uD83D\uDE00b", "ab"));
        assertFalse(Likeness.ONE_EDIT.holds("Smith", "Smyths"));
    }
}
