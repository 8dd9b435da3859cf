package io.github.miaudit.text;

import java.util.Arrays;

/**
 * The different shingles of a text, to be filled with one text after the other without making anything anew. Each is held as a
 * hash of 64 bits, of which different shingles have different ones. Not thread-safe.
 */
final class ShingleSet {

    private static final long FACTOR = 0x9E3779B97F4A7C15L; // both odd, so that multiplying by them can be undone
    private static final long OTHER_FACTOR = 0xD6E8FEB86659FD93L;
    private static final long FREE = 0;
    private static final long HASH_OF_ZERO = hash(1L << Long.SIZE - 3); // no shingle's, as they have fewer bits or the highest

    /** In the order of the text. */
    private long[] hashes = new long[128];
    private int size;
    /** A hash table of the same, and for each slot the last question in which it was counted. */
    private long[] table = new long[256];
    private int[] counted = new int[256];
    private int question;
    private final long[] sketch = new long[2];

    /**
     * Takes the shingles of a normalised text in place of what was there.
     *
     * @param most the most that are wanted
     * @return whether there are no more; if there are, the set is of no use
     */
    boolean fill(String text, int most) {
        for (int index = 0; index < size; index++) {
            table[slot(hashes[size - 1 - index])] = FREE; // the last first, so that each is found until it goes
        }
        size = 0;
        sketch[0] = 0;
        sketch[1] = 0;
        Shingles.Cursor shingles = new Shingles.Cursor(text);
        while (shingles.next()) {
            add(hash(shingles.shingle()));
            if (size > most) {
                return false;
            }
        }
        return true;
    }

    private void add(long hash) {
        int slot = slot(hash);
        if (table[slot] != FREE) {
            return;
        }
        if (size == hashes.length) {
            grow();
            slot = slot(hash);
        }
        table[slot] = hash;
        hashes[size++] = hash;
        sketch[(int) (hash >>> 63)] ^= 1L << (hash >>> 57);
    }

    int size() {
        return size;
    }

    /** The hash of one of them. */
    long hashAt(int index) {
        return hashes[index];
    }

    /**
     * One of two words in which each shingle has turned a bit: two sets differ at least in as many shingles as their words do in
     * bits.
     */
    long sketch(int word) {
        return sketch[word];
    }

    /** One such word instead of the two. */
    long shortSketch() {
        return sketch[0] ^ sketch[1];
    }

    /** How many of them a normalised text has. */
    int sharedWith(String text) {
        if (++question == Integer.MAX_VALUE) {
            Arrays.fill(counted, 0);
            question = 1;
        }
        int shared = 0;
        Shingles.Cursor shingles = new Shingles.Cursor(text);
        while (shingles.next()) {
            int slot = slot(hash(shingles.shingle()));
            if (table[slot] != FREE && counted[slot] != question) {
                counted[slot] = question;
                shared++;
            }
        }
        return shared;
    }

    /** Where the hash is, or would be. */
    private int slot(long hash) {
        int slot = (int) (hash >>> Integer.SIZE) & table.length - 1;
        while (table[slot] != hash && table[slot] != FREE) {
            slot = slot + 1 & table.length - 1;
        }
        return slot;
    }

    private void grow() {
        hashes = Arrays.copyOf(hashes, 2 * size);
        table = new long[4 * size];
        counted = new int[4 * size];
        for (int index = 0; index < size; index++) {
            table[slot(hashes[index])] = hashes[index];
        }
    }

    private static long hash(long shingle) {
        long hash = shingle * FACTOR;
        hash = (hash ^ hash >>> Integer.SIZE) * OTHER_FACTOR;
        return hash == FREE ? HASH_OF_ZERO : hash;
    }
}
