package io.github.miaudit.djl;

import java.util.Comparator;

/**
 * Rows of equal shape share a block.
 *
 * @param length     tokens, padding included
 * @param realLength tokens but for padding
 * @param targets    scored tokens
 */
record RowShape(int length, int realLength, int targets) implements Comparable<RowShape> {

    private static final Comparator<RowShape> ORDER = Comparator.comparingInt(RowShape::length).thenComparingInt(RowShape::realLength).thenComparingInt(RowShape::targets);

    @Override
    public int compareTo(RowShape other) {
        return ORDER.compare(this, other);
    }
}
