package io.github.miaudit.data.preparation;

import io.github.miaudit.io.Sha256;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/**
 * Puts things in an order that looks random and depends on a seed and their names alone, not on where they stand: the
 * same on every machine, whatever the order of files and rows.
 *
 * @param seed any number
 */
record SeededOrder(long seed) {

    /**
     * Where a thing comes: the first 128 bits of a SHA-256.
     *
     * @param high 64 of them
     * @param low  the others
     */
    record Place(long high, long low) implements Comparable<Place> {

        private static final int HEX_DIGITS = 16;

        /** What {@link #toText} wrote. */
        static Place parse(String text) {
            if (text.length() != 2 * HEX_DIGITS) {
                throw new IllegalArgumentException("a place has " + 2 * HEX_DIGITS + " digits, not " + text.length());
            }
            return new Place(Long.parseUnsignedLong(text.substring(0, HEX_DIGITS), 16),
                    Long.parseUnsignedLong(text.substring(HEX_DIGITS), 16));
        }

        /** In hexadecimal digits. */
        String toText() {
            return HexFormat.of().toHexDigits(high) + HexFormat.of().toHexDigits(low);
        }

        @Override
        public int compareTo(Place other) {
            return high != other.high ? Long.compareUnsigned(high, other.high) : Long.compareUnsigned(low, other.low);
        }
    }

    /** The place of a thing. */
    Place place(String purpose, String... names) {
        StringBuilder text = new StringBuilder(seed + "\0" + purpose);
        for (String name : names) {
            text.append('\0').append(name);
        }
        ByteBuffer digest = ByteBuffer.wrap(Sha256.newDigest().digest(text.toString().getBytes(StandardCharsets.UTF_8)));
        return new Place(digest.getLong(), digest.getLong());
    }
}
