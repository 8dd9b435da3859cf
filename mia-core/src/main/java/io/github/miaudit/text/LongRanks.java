package io.github.miaudit.text;

import io.github.miaudit.metrics.CounterRandom;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/** Ranks of numbers by how often they occur, in a hash table of primitives: a question every few nanoseconds. */
final class LongRanks {

    private static final int UNKNOWN = -1;

    private final long[] keys;
    private final int[] ranks;
    private final int size;

    private LongRanks(long[] keys, int[] ranks, int size) {
        this.keys = keys;
        this.ranks = ranks;
        this.size = size;
    }

    /** Ranks the different ones of some numbers, from 0, the rarest first, equally rare ones in their order. */
    static LongRanks rarestFirst(long[] numbers) {
        Arrays.parallelSort(numbers);
        int size = (int) Arrays.stream(numbers).distinct().count();
        long[] different = new long[size];
        int[] counts = new int[size];
        int place = -1;
        for (long number : numbers) {
            if (place < 0 || different[place] != number) {
                different[++place] = number;
            }
            counts[place]++;
        }
        int[] order = IntStream.range(0, size).boxed().sorted(Comparator.comparingInt(index -> counts[index])).mapToInt(Integer::intValue)
                .toArray();
        int capacity = Integer.highestOneBit(Math.max(size, 4)) * 4;
        LongRanks table = new LongRanks(new long[capacity], new int[capacity], size);
        Arrays.fill(table.ranks, UNKNOWN);
        for (int rank = 0; rank < size; rank++) {
            int slot = table.slot(different[order[rank]]);
            table.keys[slot] = different[order[rank]];
            table.ranks[slot] = rank;
        }
        return table;
    }

    /** The number of different numbers. */
    int size() {
        return size;
    }

    /** The rank of a number, -1 if it is not there. */
    int of(long number) {
        return ranks[slot(number)];
    }

    /** Where the number is, or would be. */
    private int slot(long number) {
        int slot = (int) CounterRandom.mix(number, 0) & keys.length - 1;
        while (ranks[slot] != UNKNOWN && keys[slot] != number) {
            slot = slot + 1 & keys.length - 1;
        }
        return slot;
    }
}
