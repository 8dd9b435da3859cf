package io.github.miaudit.data.preparation;

import io.github.miaudit.io.Sha256;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

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
