package io.github.miaudit.metrics;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * To which group (patient) each of some rows (sentences) belongs. Groups are numbered from 0 in the order in which they first appear.
 * 4 bytes a row and 4 bytes a group, which all scores of the same rows can share ({@link GroupedScores#of(double[], Groups)}). Immutable.
 */
public final class Groups {

    private final int[] numbers;
    private final int[] sizes;

    /** Takes the array for its own. */
    private Groups(int[] numbers, int count) {
        this.numbers = numbers;
        sizes = new int[count];
        for (int number : numbers) {
            sizes[number]++;
        }
    }

    /** Of rows that are labelled: equal labels are the same group. O(rows). */
    public static Groups of(List<?> labels) {
        Map<Object, Integer> known = new HashMap<>();
        int[] numbers = new int[labels.size()];
        int row = 0;
        for (Object label : labels) {
            numbers[row++] = known.computeIfAbsent(label, unseen -> known.size());
        }
        return new Groups(numbers, known.size());
    }

    /**
     * Of rows that are labelled with numbers: equal ones are the same group. O(rows + bound).
     *
     * @param bound above all labels
     * @throws IllegalArgumentException if a label is below 0 or not below the bound
     */
    public static Groups of(int[] labels, int bound) {
        int[] known = new int[bound]; // one more than the number of a label, 0 for none
        int[] numbers = new int[labels.length];
        int count = 0;
        for (int row = 0; row < labels.length; row++) {
            int label = labels[row];
            if (label < 0 || label >= bound) {
                throw new IllegalArgumentException("label of row " + row + " is " + label + "; it must be from 0 to " + (bound - 1));
            }
            if (known[label] == 0) {
                known[label] = ++count;
            }
            numbers[row] = known[label] - 1;
        }
        return new Groups(numbers, count);
    }

    /** Of so many rows of which each is a group of its own. */
    public static Groups each(int rows) {
        return new Groups(IntStream.range(0, rows).toArray(), rows);
    }

    /** How many rows there are. */
    public int rows() {
        return numbers.length;
    }

    /** How many different groups there are. */
    public int count() {
        return sizes.length;
    }

    /**
     * The number of a row's group, from 0.
     *
     * @throws IndexOutOfBoundsException if there is no such row
     */
    public int number(int row) {
        return numbers[row];
    }

    /** The number of rows of each group. */
    public int[] sizes() {
        return sizes.clone();
    }

    /**
     * Of some of the rows, numbered anew in the order in which their groups first appear there.
     *
     * @param rows from 0
     * @throws IndexOutOfBoundsException if there is no such row
     */
    public Groups at(int[] rows) {
        int[] labels = new int[rows.length];
        Arrays.setAll(labels, place -> numbers[rows[place]]);
        return of(labels, sizes.length);
    }

    /** The same rows in other groups, each made of some of these. */
    Groups merged(int[] into, int count) {
        int[] merged = new int[numbers.length];
        Arrays.setAll(merged, row -> into[numbers[row]]);
        return new Groups(merged, count);
    }

    /** How many rows a group has. */
    int size(int group) {
        return sizes[group];
    }
}
