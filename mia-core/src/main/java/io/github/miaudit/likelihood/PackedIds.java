package io.github.miaudit.likelihood;

import io.github.miaudit.data.Population;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Ids of sentences with their populations, each once, by number from 0: as UTF-8 in large blocks, found by hash or, mostly, where the last
 * was. Takes about 12 bytes an id beside its text. For one thread while it grows.
 */
final class PackedIds {

    private static final int BLOCK = 1 << 20;
    private static final double FULLEST = 0.6;
    private static final int FIRST = 1 << 10;

    private byte[][] blocks = new byte[1][];
    private int block = -1;
    private int used = BLOCK;
    /** Where each begins: block and place. */
    private long[] starts = new long[FIRST];
    private int count;
    /** What was found last. */
    private int found = -1;
    /** Number of an id plus 1, at a place by its hash; 0 is free. */
    private int[] table = new int[2 * FIRST];

    /** How many there are. */
    int size() {
        return count;
    }

    /** The number of an id; if it is not there, minus 1. Fastest where ids are asked for in the order in which they were added. */
    int find(Population population, byte[] id) {
        int next = found + 1;
        found = next < count && equals(next, population, id) ? next : table[slot(population, id)] - 1;
        return found;
    }

    /** Adds an id that is not there, and returns its number. */
    int add(Population population, byte[] id) {
        if (count + 1 > FULLEST * table.length) {
            grow();
        }
        int slot = slot(population, id);
        int length = id.length + 1 + Integer.BYTES;
        if (used + length > BLOCK) {
            block++;
            blocks = block == blocks.length ? Arrays.copyOf(blocks, 2 * block) : blocks;
            blocks[block] = new byte[Math.max(BLOCK, length)];
            used = 0;
        }
        byte[] into = blocks[block];
        starts = count == starts.length ? Arrays.copyOf(starts, count + (count >> 1)) : starts;
        starts[count] = (long) block << Integer.SIZE | used;
        into[used++] = (byte) population.ordinal();
        for (int shift = 0; shift < Integer.SIZE; shift += Byte.SIZE) {
            into[used++] = (byte) (id.length >>> shift);
        }
        System.arraycopy(id, 0, into, used, id.length);
        used += id.length;
        table[slot] = ++count;
        return count - 1;
    }

    /** The id of a number. */
    String id(int number) {
        int start = start(number) + 1 + Integer.BYTES;
        return new String(blockOf(number), start, length(number), StandardCharsets.UTF_8);
    }

    /** The population of a number. */
    Population population(int number) {
        return Population.values()[blockOf(number)[start(number)]];
    }

    /** The numbers of a population in an order that depends on the ids alone: by their hashes, and of equal ones by the ids. */
    int[] inOrder(Population population) {
        int bits = Integer.SIZE - Integer.numberOfLeadingZeros(Math.max(1, count));
        long low = (1L << bits) - 1;
        long[] keys = new long[count];
        int found = 0;
        for (int number = 0; number < count; number++) {
            if (population(number) == population) {
                keys[found++] = hash(number) & ~low | number;
            }
        }
        keys = found == count ? keys : Arrays.copyOf(keys, found);
        Arrays.parallelSort(keys);
        int[] numbers = new int[found];
        for (int place = 0; place < found; place++) {
            numbers[place] = (int) (keys[place] & low);
        }
        for (int from = 0; from < found; from++) {
            int to = from + 1;
            while (to < found && (keys[to] & ~low) == (keys[from] & ~low)) {
                to++;
            }
            if (to - from > 1) {
                int[] alike = Arrays.stream(numbers, from, to).boxed().sorted((one, other) -> id(one).compareTo(id(other)))
                        .mapToInt(Integer::intValue).toArray();
                System.arraycopy(alike, 0, numbers, from, alike.length);
            }
            from = to - 1;
        }
        return numbers;
    }

    /** Gives back what only finding takes. */
    void forgetHashes() {
        table = new int[0];
    }

    private byte[] blockOf(int number) {
        return blocks[(int) (starts[number] >>> Integer.SIZE)];
    }

    private int start(int number) {
        return (int) starts[number];
    }

    private int length(int number) {
        byte[] in = blockOf(number);
        int start = start(number) + 1;
        return in[start] & 0xff | (in[start + 1] & 0xff) << 8 | (in[start + 2] & 0xff) << 16 | (in[start + 3] & 0xff) << 24;
    }

    private int slot(Population population, byte[] id) {
        int slot = (int) (hash(population.ordinal(), id, 0, id.length) >>> Integer.SIZE) & table.length - 1;
        while (table[slot] != 0 && !equals(table[slot] - 1, population, id)) {
            slot = slot + 1 & table.length - 1;
        }
        return slot;
    }

    private boolean equals(int number, Population population, byte[] id) {
        int start = start(number);
        byte[] in = blockOf(number);
        int from = start + 1 + Integer.BYTES;
        return in[start] == population.ordinal() && length(number) == id.length
                && Arrays.equals(in, from, from + id.length, id, 0, id.length);
    }

    private void grow() {
        table = new int[2 * table.length];
        for (int number = 0; number < count; number++) {
            int slot = (int) (hash(number) >>> Integer.SIZE) & table.length - 1;
            while (table[slot] != 0) {
                slot = slot + 1 & table.length - 1;
            }
            table[slot] = number + 1;
        }
    }

    private long hash(int number) {
        int start = start(number);
        byte[] in = blockOf(number);
        int from = start + 1 + Integer.BYTES;
        return hash(in[start], in, from, from + length(number));
    }

    /** FNV-1a, stirred as SplitMix64 does. */
    private static long hash(int population, byte[] bytes, int from, int to) {
        long hash = 0xcbf29ce484222325L + population;
        for (int place = from; place < to; place++) {
            hash = (hash ^ bytes[place] & 0xff) * 0x100000001b3L;
        }
        hash = (hash ^ hash >>> 30) * 0xbf58476d1ce4e5b9L;
        hash = (hash ^ hash >>> 27) * 0x94d049bb133111ebL;
        return hash ^ hash >>> 31;
    }
}
