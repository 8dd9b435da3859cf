package io.github.miaudit.evaluation;

import java.util.ArrayList;
import java.util.Comparator;
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

    /**
     * For each cell the sentences; empty if there are any, but of fewer patients than may be told. All are known together, so
     * where that would tell what is hidden, the least of the others is hidden too, or if there is none, all are.
     */
    List<OptionalInt> counts() {
        Set<Integer> hidden = new HashSet<>();
        IntStream.range(0, counts.length).filter(cell -> counts[cell] > 0 && patients.get(cell).size() < smallest).forEach(hidden::add);
        if (betrays(hidden)) {
            IntStream.range(0, counts.length).filter(cell -> counts[cell] > 0 && !hidden.contains(cell)).boxed()
                    .min(Comparator.comparingInt(cell -> counts[cell])).ifPresentOrElse(hidden::add,
                    () -> IntStream.range(0, counts.length).forEach(hidden::add));
        }
        return IntStream.range(0, counts.length).mapToObj(cell -> hidden.contains(cell) ? OptionalInt.empty() : OptionalInt.of(counts[cell])).toList();
    }

    /** Whether the hidden cells' sum tells each: there is but one, or each holds but one sentence. */
    private boolean betrays(Set<Integer> hidden) {
        return hidden.size() == 1 || !hidden.isEmpty() && hidden.stream().mapToInt(cell -> counts[cell]).sum() == hidden.size();
    }
}
