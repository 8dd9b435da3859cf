package io.github.miaudit.report;

import io.github.miaudit.data.Patient;
import io.github.miaudit.data.Population;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;

/** How many sentences fall into each cell of a picture; what comes from few patients is not told. */
final class CellCounts {

    private final int[] counts;
    private final Set<Integer> hidden = new HashSet<>();

    private CellCounts(int cells, int sentences, IntUnaryOperator cellOf, List<Patient> patients, Disclosure disclosure) {
        counts = new int[cells];
        List<Set<Patient>> few = new ArrayList<>(); // the patients of a cell, as long as they are few
        IntStream.range(0, cells).forEach(cell -> few.add(new HashSet<>()));
        for (int sentence = 0; sentence < sentences; sentence++) {
            int cell = cellOf.applyAsInt(sentence);
            counts[cell]++;
            if (few.get(cell).size() < disclosure.smallestCount()) {
                few.get(cell).add(patients.get(sentence));
            }
        }
        IntStream.range(0, cells).filter(cell -> disclosure.hides(few.get(cell).size())).forEach(hidden::add);
        if (betrays()) {
            IntStream.range(0, cells).filter(cell -> counts[cell] > 0 && !hidden.contains(cell)).boxed()
                    .min(Comparator.comparingInt(cell -> counts[cell]))
                    .ifPresentOrElse(hidden::add, () -> IntStream.range(0, cells).forEach(hidden::add));
        }
    }

    /**
     * For each cell the sentences; empty if there are any, but of fewer patients than may be told. All are known together, so
     * where that would tell what is hidden, the least of the others is hidden too, or if there is none, all are.
     */
    static List<Optional<Integer>> of(int cells, int sentences, IntUnaryOperator cellOf, List<Patient> patients, Disclosure disclosure) {
        CellCounts counted = new CellCounts(cells, sentences, cellOf, patients, disclosure);
        return IntStream.range(0, cells)
                .mapToObj(cell -> counted.hidden.contains(cell) ? Optional.<Integer>empty() : Optional.of(counted.counts[cell])).toList();
    }

    /** Whether the hidden cells' sum tells each: there is but one, or each holds but one sentence. */
    private boolean betrays() {
        return hidden.size() == 1 || !hidden.isEmpty() && hidden.stream().mapToInt(cell -> counts[cell]).sum() == hidden.size();
    }

    /** An unchangeable copy in the order of the populations. */
    static <T> Map<Population, List<T>> copied(Map<Population, List<T>> lists) {
        Map<Population, List<T>> copy = new EnumMap<>(Population.class);
        lists.forEach((population, list) -> copy.put(population, List.copyOf(list)));
        return Collections.unmodifiableMap(copy);
    }
}
