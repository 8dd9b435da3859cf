package io.github.miaudit.text;

import java.util.Arrays;

/**
 * The different shingles of a text, to be filled with one text after the other without making anything anew. Each is held as a
 * hash of 64 bits, of which different shingles have different ones. Not thread-safe.
 */
final class ShingleSet {

    private static final long FACTOR = 0x9E3779B97F4A7C15L; // both odd, so that multiplying by them can be undone
    private static final long OTHER_FACTOR = 0xD6E8FEB86659FD93L;

    /** In the order of the text. */
    private long[] hashes = new long[128];
    private int size;
    /** A hash table of places in the hashes: of this text where the mark says so, left over from another where it doesn't. */
    private int[] places = new int[256];
    private int[] marks = new int[256];
    private int mark;
    /** For each of the hashes the last question in which it was counted. */
    private int[] counted = new int[128];
    private int question;
    private final long[] sketch = new long[2];

    /**
     * Takes the shingles of a normalised text in place of what was there.
     *
     * @param most the most that are wanted
     * @return whether there are no more; if there are, the set is of no use
     */
    boolean fill(String text, int most) {
        size = 0;
        sketch[0] = 0;
        sketch[1] = 0;
        if (++mark == Integer.MAX_VALUE) {
            marks = new int[marks.length];
            mark = 1;
        }
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
        if (marks[slot] == mark) {
            return;
        }
        if (size == hashes.length) {
            grow();
            slot = slot(hash);
        }
        marks[slot] = mark;
        places[slot] = size;
        hashes[size] = hash;
        counted[size] = question;
        size++;
        sketch[(int) (hash >>> 63)] ^= 1L << (hash >>> 57);
    }

    int size() {
        return size;
    }

    /** The hash of one of them. */
    long hash(int index) {
        return hashes[index];
    }

    /**
     * One of two words in which each shingle has turned a bit: two sets differ at least in as many shingles as their words do in
     * bits.
     */
    long sketch(int word) {
        return sketch[word];
    }

    /** How many of them a normalised text has. */
    int sharedWith(String text) {
        if (++question == Integer.MAX_VALUE) {
            counted = new int[counted.length];
            question = 1;
        }
        int shared = 0;
        Shingles.Cursor shingles = new Shingles.Cursor(text);
        while (shingles.next()) {
            int slot = slot(hash(shingles.shingle()));
            if (marks[slot] == mark && counted[places[slot]] != question) {
                counted[places[slot]] = question;
                shared++;
            }
        }
        return shared;
    }

    /** Where the hash is, or would be. */
    private int slot(long hash) {
        int slot = (int) (hash >>> Integer.SIZE) & marks.length - 1;
        while (marks[slot] == mark && hashes[places[slot]] != hash) {
            slot = slot + 1 & marks.length - 1;
        }
        return slot;
    }

    private void grow() {
        hashes = Arrays.copyOf(hashes, 2 * size);
        counted = Arrays.copyOf(counted, 2 * size);
        places = new int[4 * size];
        marks = new int[4 * size];
        for (int place = 0; place < size; place++) {
            int slot = slot(hashes[place]);
            marks[slot] = mark;
            places[slot] = place;
        }
    }

    private static long hash(long shingle) {
        long hash = shingle * FACTOR;
        return (hash ^ hash >>> Integer.SIZE) * OTHER_FACTOR;
    }
}
