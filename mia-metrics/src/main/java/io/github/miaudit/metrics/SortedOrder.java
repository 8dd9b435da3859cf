package io.github.miaudit.metrics;

import java.util.Arrays;

/** Sorted scores: their order without boxing, and how many lie below a value. */
final class SortedOrder {

    private static final int DIGITS = 1 << Byte.SIZE;

    private SortedOrder() {
    }

    static double[] ascending(double[] scores) {
        double[] ascending = scores.clone();
        Arrays.parallelSort(ascending);
        return ascending;
    }

    /**
     * The places of scores from the highest score to the lowest, of equals the last first (0.0 equals -0.0). Scores are finite. O(n), by
     * radix, with 24 bytes a score while it is made.
     */
    static int[] descending(double[] scores) {
        int[] order = ascendingPlaces(scores);
        for (int place = 0; place < order.length / 2; place++) {
            int other = order.length - 1 - place;
            int moved = order[place];
            order[place] = order[other];
            order[other] = moved;
        }
        return order;
    }

    /** The places of scores from the lowest score to the highest, of equals the first first; else as {@link #descending}. */
    static int[] ascendingPlaces(double[] scores) {
        int size = scores.length;
        long[] keys = new long[size];
        int[] places = new int[size];
        int[][] counts = new int[Long.BYTES][DIGITS];
        for (int index = 0; index < size; index++) {
            long key = key(scores[index]);
            keys[index] = key;
            places[index] = index;
            for (int digit = 0; digit < Long.BYTES; digit++) {
                counts[digit][digit(key, digit)]++;
            }
        }
        long[] nextKeys = new long[size];
        int[] nextPlaces = new int[size];
        for (int digit = 0; digit < Long.BYTES && size > 0; digit++) {
            if (counts[digit][digit(keys[0], digit)] < size) { // else all have this digit
                sortBy(digit, counts[digit], keys, places, nextKeys, nextPlaces);
                long[] sortedKeys = nextKeys;
                nextKeys = keys;
                keys = sortedKeys;
                int[] sortedPlaces = nextPlaces;
                nextPlaces = places;
                places = sortedPlaces;
            }
        }
        return places;
    }

    private static void sortBy(int digit, int[] counts, long[] keys, int[] places, long[] sortedKeys, int[] sortedPlaces) {
        int start = 0;
        for (int value = 0; value < DIGITS; value++) {
            int count = counts[value];
            counts[value] = start;
            start += count;
        }
        for (int index = 0; index < keys.length; index++) {
            int place = counts[digit(keys[index], digit)]++;
            sortedKeys[place] = keys[index];
            sortedPlaces[place] = places[index];
        }
    }

    /** A whole number without a sign, in the order of the scores. */
    private static long key(double score) {
        long bits = Double.doubleToRawLongBits(score + 0.0); // -0.0 equals 0.0
        return bits ^ (bits >> (Long.SIZE - 1) | Long.MIN_VALUE);
    }

    private static int digit(long key, int digit) {
        return (int) (key >>> Byte.SIZE * digit) & (DIGITS - 1);
    }

    /** How many values of an ascending array are not above a value. */
    static int countNotAbove(double[] ascending, double value) {
        return countBelow(ascending, Math.nextUp(value));
    }

    /** How many values of an ascending array are below a value. */
    static int countBelow(double[] ascending, double value) {
        int from = 0;
        int to = ascending.length;
        while (from < to) {
            int middle = (from + to) >>> 1;
            if (ascending[middle] < value) {
                from = middle + 1;
            } else {
                to = middle;
            }
        }
        return from;
    }
}
