package io.github.miaudit.metrics;

import java.util.Arrays;

/** Sorted scores: their order without boxing, and how many lie below a value. */
final class SortedOrder {

    private SortedOrder() {
    }

    static double[] ascending(double[] scores) {
        double[] ascending = scores.clone();
        Arrays.parallelSort(ascending);
        return ascending;
    }

    /** The places of scores from the highest score to the lowest, equals in any order; O(n log n). Scores are finite. */
    static int[] descending(double[] scores) {
        // A sorted copy, and for each score the next free place among its equals.
        double[] ascending = scores.clone();
        for (int index = 0; index < ascending.length; index++) {
            ascending[index] += 0.0; // -0.0 equals 0.0
        }
        Arrays.parallelSort(ascending);
        int[] taken = new int[scores.length];
        int[] order = new int[scores.length];
        for (int index = 0; index < scores.length; index++) {
            int first = countBelow(ascending, scores[index]);
            order[scores.length - 1 - (first + taken[first]++)] = index;
        }
        return order;
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
