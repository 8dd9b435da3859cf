package io.github.miaudit.metrics;

/**
 * Random numbers that are a function of keys and a counter, so that what is drawn depends neither on the order nor on
 * the thread of the work. The generator is SplitMix64 (Steele, Lea and Flood 2014, OOPSLA). Not thread-safe: make one
 * where it is needed, it costs nothing.
 */
public final class CounterRandom {

    private static final long STEP = 0x9E3779B97F4A7C15L;

    private long state;

    /** A generator of numbers that depend on a seed and on other keys, such as a draw's number. */
    public CounterRandom(long seed, long... keys) {
        long mixed = mix(seed, 0);
        for (long key : keys) {
            mixed = mix(mixed, key);
        }
        state = mixed;
    }

    /** A number from 0 to a positive bound, exclusive, all equally likely. */
    public int nextInt(int bound) {
        // The high half of a 32 by 32 bit product; rejection keeps it exact (Lemire 2019).
        long product = next32() * bound;
        long low = product & 0xffffffffL;
        if (low < bound) {
            long threshold = (0x100000000L - bound) % bound;
            while (low < threshold) {
                product = next32() * bound;
                low = product & 0xffffffffL;
            }
        }
        return (int) (product >>> 32);
    }

    /** Some of the values, at most as many as there are, drawn without replacement: the first of a random permutation. */
    public int[] sample(int[] values, int count) {
        int[] shuffled = values.clone();
        int[] drawn = new int[count];
        for (int place = 0; place < count; place++) {
            int other = place + nextInt(shuffled.length - place);
            drawn[place] = shuffled[other];
            shuffled[other] = shuffled[place];
        }
        return drawn;
    }

    /** A number that depends on two in no simple way: their hash. */
    public static long mix(long a, long b) {
        return finish(a + STEP * (b + 1));
    }

    private long next32() {
        state += STEP;
        return finish(state) >>> 32;
    }

    private static long finish(long bits) {
        long z = (bits ^ (bits >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
