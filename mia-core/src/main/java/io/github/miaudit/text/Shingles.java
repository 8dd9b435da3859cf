package io.github.miaudit.text;

import io.github.miaudit.metrics.CounterRandom;

/** The runs of {@value #LENGTH} characters in a text, as numbers. (Those beyond U+0FFF are told apart by 63-bit hashes.) */
final class Shingles {

    /** Characters of a shingle. */
    static final int LENGTH = 5;
    private static final int PACKED_BITS = 12; // of a character; five make a positive long
    private static final long PACKED = (1L << LENGTH * PACKED_BITS) - 1;

    private Shingles() {
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

    /** Goes through the shingles of a normalised text from its start to its end; of a shorter one there is one, itself. */
    static final class Cursor {

        private final String text;
        private int end;
        private long packed;
        /** Where the last character ends that can't be packed. */
        private int unpackable = Integer.MIN_VALUE;

        Cursor(String text) {
            this.text = text;
            while (end < Math.min(LENGTH - 1, text.length() - 1)) {
                step();
            }
        }

        /** Goes on to the next shingle, if there is one. */
        boolean next() {
            if (end < text.length()) {
                step();
                return true;
            }
            return end++ == 0; // the empty text's
        }

        /** The shingle, as {@link Shingles#at} gives it. */
        long shingle() {
            int start = Math.max(0, end - LENGTH);
            return unpackable <= start ? packed : at(text, start, Math.min(end, text.length()));
        }

        private void step() {
            char character = text.charAt(end++);
            packed = (packed << PACKED_BITS | character) & PACKED;
            unpackable = character >>> PACKED_BITS == 0 ? unpackable : end;
        }
    }
}
