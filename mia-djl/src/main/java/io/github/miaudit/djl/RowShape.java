package io.github.miaudit.djl;

import java.util.Comparator;

/** Rows of equal shape share a block: as many tokens with padding, without padding, and to score. */
record RowShape(int length, int realLength, int targets) implements Comparable<RowShape> {

    private static final Comparator<RowShape> ORDER = Comparator.comparingInt(RowShape::length).thenComparingInt(RowShape::realLength)
            .thenComparingInt(RowShape::targets);

    @Override
    public int compareTo(RowShape other) {
        return ORDER.compare(this, other);
    }
}
