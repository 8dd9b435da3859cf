package io.github.miaudit.text;

/**
 * Texts by hashes, in buckets that lie one after the other: first all are counted, then buckets are allotted, then all are added.
 * Some texts of other hashes share a bucket. A bit for each hash, in a small table, answers most questions without going to the
 * buckets.
 */
final class TextsByHash {

    private static final int MOST = 1 << 28;
    private static final int BITS = 16; // a pair, or half as many

    /** Where each bucket starts; while it is filled, where it has been filled from. */
    private final int[] starts;
    private final long[] filter;
    private int[] texts = {};
    private long[] tags = {};

    /** For so many pairs of a hash and a text. */
    TextsByHash(long pairs) {
        if (pairs > MOST) {
            throw new IllegalArgumentException("texts to look up are too many or too long: " + pairs + " hashes, at most " + MOST
                    + " are possible; look up fewer at a time");
        }
        int capacity = Integer.highestOneBit((int) Math.max(pairs, 4));
        starts = new int[capacity + 1];
        filter = new long[capacity * BITS / Long.SIZE];
    }

    void count(long hash) {
        starts[bucket(hash)]++;
        filter[word(hash)] |= 1L << hash;
    }

    void allot() {
        int sum = 0;
        for (int bucket = 0; bucket < starts.length; bucket++) {
            sum += starts[bucket];
            starts[bucket] = sum;
        }
        texts = new int[sum];
        tags = new long[sum];
    }

    void add(long hash, int text, long tag) {
        int place = --starts[bucket(hash)];
        texts[place] = text;
        tags[place] = tag;
    }

    /** Whether there may be a text of this hash. */
    boolean mayHave(long hash) {
        return (filter[word(hash)] & 1L << hash) != 0;
    }

    /** The first place of the texts that this hash may be of. */
    int start(long hash) {
        return starts[bucket(hash)];
    }

    /** The place after the last. */
    int end(long hash) {
        return starts[bucket(hash) + 1];
    }

    int text(int place) {
        return texts[place];
    }

    /** What was added with the text, to look at before the text itself, which lies elsewhere in memory. */
    long tag(int place) {
        return tags[place];
    }

    private int bucket(long hash) {
        return (int) (hash >>> Integer.SIZE) & starts.length - 2;
    }

    /** The word of the filter that a hash's bit is in: by its high bits, the bit by its low ones. */
    private int word(long hash) {
        return (int) (hash >>> 38) & filter.length - 1;
    }
}
