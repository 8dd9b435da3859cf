package io.github.miaudit.text;

import io.github.miaudit.metrics.CounterRandom;
import java.util.Arrays;

/** The runs of {@value #LENGTH} characters in a text, as numbers. (Those beyond U+0FFF are told apart by 63-bit hashes.) */
final class Shingles {

    /** Characters of a shingle. */
    static final int LENGTH = 5;
    private static final int PACKED_BITS = 12; // of a character; five make a positive long

    private Shingles() {
    }

    /** The different shingles of a normalised text, ascending; of a shorter one itself. */
    static long[] of(String text) {
        int count = Math.max(1, text.length() - LENGTH + 1);
        long[] shingles = new long[count];
        for (int start = 0; start < count; start++) {
            shingles[start] = at(text, start, Math.min(start + LENGTH, text.length()));
        }
        Arrays.sort(shingles);
        int different = 1;
        for (int index = 1; index < count; index++) {
            if (shingles[index] != shingles[index - 1]) {
                shingles[different++] = shingles[index];
            }
        }
        return Arrays.copyOf(shingles, different);
    }

    /** The shingle between two places. */
    static long at(String text, int start, int end) {
        long packed = 0;
        for (int index = start; index < end; index++) {
            char character = text.charAt(index);
            if (character >>> PACKED_BITS != 0) {
                return CounterRandom.mix(CounterRandom.mix(text.charAt(start), start + 1 < end ? text.charAt(start + 1) : 0),
                        text.substring(Math.min(start + 2, end), end).hashCode()) | Long.MIN_VALUE;
            }
            packed = packed << PACKED_BITS | character;
        }
        return packed;
    }
}
