package io.github.miaudit.likelihood;

/**
 * Random numbers that are a function of a key and a counter, so that a draw depends neither on the order nor on the
 * thread in which sentences are scored. The finaliser is that of SplitMix64 (Steele, Lea and Flood 2014, OOPSLA).
 */
final class CounterRandom {

    private static final long STEP = 0x9E3779B97F4A7C15L;

    private final long key;
    private long counter;

    CounterRandom(long seed, long textKey, long draw) {
        this.key = mix(mix(seed, textKey), draw);
    }

    /** A number from 0 to the bound, exclusive, all equally likely. */
    int nextInt(int bound) {
        long limit = Long.MAX_VALUE - Long.MAX_VALUE % bound; // rejection above keeps the draw exact
        long drawn;
        do {
            drawn = mix(key, counter++) >>> 1;
        } while (drawn >= limit);
        return (int) (drawn % bound);
    }

    /** The first {@code count} of a random permutation of the values. */
    int[] sample(int[] values, int count) {
        int[] shuffled = values.clone();
        int[] drawn = new int[count];
        for (int place = 0; place < count; place++) {
            int other = place + nextInt(shuffled.length - place);
            drawn[place] = shuffled[other];
            shuffled[other] = shuffled[place];
        }
        return drawn;
    }

    static long mix(long a, long b) {
        long z = a + STEP * (b + 1);
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
