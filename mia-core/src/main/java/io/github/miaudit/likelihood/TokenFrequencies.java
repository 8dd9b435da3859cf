package io.github.miaudit.likelihood;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * How often sentences have each token: of each token, how many sentences have it once, how many twice, and so on. It is enough to tell how
 * likely a model of single tokens finds the sentences, also one that has never seen the sentence it is asked about; and it takes no more
 * memory for more sentences of the same words. Immutable.
 */
public final class TokenFrequencies {

    /** Takes one line of it. */
    @FunctionalInterface
    public interface Visitor {

        /**
         * So many sentences have a token so many times.
         *
         * @param id        the token
         * @param times     at least 1
         * @param sentences at least 1
         */
        void visit(int id, int times, long sentences);
    }

    /** Token, then times, in ascending order. */
    private final long[] keys;
    private final long[] sentences;
    private final int[] ids;
    private final long[] counts;
    private final long tokens;

    private TokenFrequencies(long[] keys, long[] sentences) {
        this.keys = keys;
        this.sentences = sentences;
        this.ids = Arrays.stream(keys).mapToInt(TokenFrequencies::id).distinct().toArray();
        this.counts = new long[ids.length];
        int place = -1;
        for (int line = 0; line < keys.length; line++) {
            place += place < 0 || ids[place] != id(keys[line]) ? 1 : 0;
            counts[place] += times(keys[line]) * sentences[line];
        }
        this.tokens = Arrays.stream(counts).sum();
    }

    private static int id(long key) {
        return (int) (key >> Integer.SIZE);
    }

    private static int times(long key) {
        return (int) key;
    }

    /** Hands over all of it, token by token in ascending order. */
    public void forEach(Visitor visitor) {
        for (int line = 0; line < keys.length; line++) {
            visitor.visit(id(keys[line]), times(keys[line]), sentences[line]);
        }
    }

    /** How often a token stands in the sentences. */
    public long count(int id) {
        int place = Arrays.binarySearch(ids, id);
        return place < 0 ? 0 : counts[place];
    }

    /** The different tokens, in ascending order. */
    public IntStream ids() {
        return Arrays.stream(ids);
    }

    /** How many tokens the sentences have. */
    public long tokens() {
        return tokens;
    }

    /** How the tokens spread. */
    public TokenSpread spread() {
        double nats = Arrays.stream(counts).mapToDouble(count -> count * (Math.log(tokens) - Math.log(count))).sum();
        return new TokenSpread(tokens, ids.length, Math.max(0, nats / Math.max(1, tokens)));
    }

    /** How many different tokens there are. */
    @Override
    public String toString() {
        return "TokenFrequencies[" + ids.length + " different tokens]";
    }

    /** Takes sentences one by one. Not thread-safe. */
    public static final class Builder {

        private static final double FULLEST = 0.5;
        private static final long MIX = 0x9E3779B97F4A7C15L; // spreads keys that differ little
        private static final int HIGH_HALF = 32;

        private long[] keys = new long[1 << 12];
        /** 0 where there is no key. */
        private long[] sentences = new long[keys.length];
        private int size;

        /** One more sentence, of these tokens in any order. */
        public void add(int[] tokenIds) {
            int[] sorted = tokenIds.clone();
            Arrays.sort(sorted);
            int first = 0;
            for (int place = 1; place <= sorted.length; place++) {
                if (place == sorted.length || sorted[place] != sorted[first]) {
                    add(sorted[first], place - first, 1);
                    first = place;
                }
            }
        }

        private void add(int id, int times, long more) {
            if (size + 1 > FULLEST * keys.length) {
                grow();
            }
            long key = (long) id << Integer.SIZE | times;
            int slot = slot(key);
            size += sentences[slot] == 0 ? 1 : 0;
            keys[slot] = key;
            sentences[slot] += more;
        }

        private int slot(long key) {
            long mixed = (key ^ key >>> HIGH_HALF) * MIX;
            int slot = (int) (mixed >>> HIGH_HALF) & keys.length - 1;
            while (sentences[slot] != 0 && keys[slot] != key) {
                slot = slot + 1 & keys.length - 1;
            }
            return slot;
        }

        private void grow() {
            long[] keysBefore = keys;
            long[] sentencesBefore = sentences;
            keys = new long[2 * keysBefore.length];
            sentences = new long[keys.length];
            for (int place = 0; place < keysBefore.length; place++) {
                if (sentencesBefore[place] > 0) {
                    int slot = slot(keysBefore[place]);
                    keys[slot] = keysBefore[place];
                    sentences[slot] = sentencesBefore[place];
                }
            }
        }

        /** Of all sentences so far. */
        public TokenFrequencies build() {
            long[] sorted = IntStream.range(0, keys.length).filter(slot -> sentences[slot] > 0).mapToLong(slot -> keys[slot]).sorted()
                    .toArray();
            return new TokenFrequencies(sorted, Arrays.stream(sorted).map(key -> sentences[slot(key)]).toArray());
        }
    }
}
