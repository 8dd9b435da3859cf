package io.github.miaudit.text;

import java.util.Arrays;

/**
 * For each part of a set of shingles a hash of what it holds, of which part it is and of which group of sizes. A shingle's hash
 * says to which part it is dealt out. To be filled with one set after the other; not thread-safe.
 */
final class PartHashes {

    private static final long FACTOR = 0x9E3779B97F4A7C15L;
    private long[] sums = new long[64];
    private int group;

    void fill(ShingleSet shingles, SizeGroup by) {
        group = by.number();
        int parts = by.parts();
        if (parts > sums.length) {
            sums = new long[2 * parts];
        }
        Arrays.fill(sums, 0, parts, 0);
        for (int index = 0; index < shingles.size(); index++) {
            long hash = shingles.hashAt(index);
            sums[(int) ((hash & 0xFFFF_FFFFL) * parts >>> Integer.SIZE)] += hash;
        }
    }

    long of(int part) {
        long hash = (sums[part] + ((long) group << Integer.SIZE | part)) * FACTOR;
        return (hash ^ hash >>> Integer.SIZE) * FACTOR;
    }
}
