package io.github.miaudit.report;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.IntStream;

/** How many sentences fall into each cell of a picture; what comes from few patients is not told. */
final class CellCounts {

    private final int smallest;
    private final int[] counts;
    /** The patients of a cell, as long as they are few. */
    private final List<Set<Object>> patients = new ArrayList<>();

    CellCounts(int cells, int smallest) {
        this.smallest = smallest;
        counts = new int[cells];
        for (int cell = 0; cell < cells; cell++) {
            patients.add(new HashSet<>());
        }
    }

    void add(int cell, Object patient) {
        counts[cell]++;
        if (patients.get(cell).size() < smallest) {
            patients.get(cell).add(patient);
        }
    }

    /** For each cell the sentences; empty if there are any, but of fewer patients than may be told. */
    List<OptionalInt> counts() {
        return IntStream.range(0, counts.length).mapToObj(cell ->
                counts[cell] > 0 && patients.get(cell).size() < smallest ? OptionalInt.empty() : OptionalInt.of(counts[cell])).toList();
    }
}
