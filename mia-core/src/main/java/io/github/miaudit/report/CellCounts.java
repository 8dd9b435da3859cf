package io.github.miaudit.report;

import io.github.miaudit.data.Patient;
import io.github.miaudit.data.Population;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;

/**
 * How many sentences fall into each cell of a picture. Where any count is hidden, a cell is told only if its sentences are of twice as
 * many patients as the smallest count, which counts as 5 if it is less, and rounded down to a multiple of that: cells of another picture
 * and the sum of all cells leave then room for several counts in every cell, and an empty cell is none that is known to hold somebody.
 * A sentence of nobody known counts as a patient of its own: that a cell is empty would refute the guess of a sentence that falls there.
 */
final class CellCounts {

    private CellCounts() {
    }

    /** For each cell the sentences; empty if they may not be told. */
    static List<Optional<Integer>> of(int cells, int sentences, IntUnaryOperator cellOf, List<Patient> patients,
            Disclosure disclosure) {
        int[] counts = new int[cells];
        List<Set<Patient>> few = new ArrayList<>(); // the patients of a cell, as long as they are few
        IntStream.range(0, cells).forEach(cell -> few.add(new HashSet<>()));
        for (int sentence = 0; sentence < sentences; sentence++) {
            int cell = cellOf.applyAsInt(sentence);
            counts[cell]++;
            if (few.get(cell).size() < 2 * unit(disclosure)) {
                few.get(cell).add(patients.get(sentence));
            }
        }
        int unit = unit(disclosure);
        return IntStream.range(0, cells).mapToObj(cell -> !disclosure.hidesAny() ? Optional.of(counts[cell])
                : few.get(cell).size() < 2 * unit ? Optional.<Integer>empty() : Optional.of(counts[cell] / unit * unit))
                .toList();
    }

    /** What counts are multiples of; as many patients twice are the fewest that are told. */
    private static int unit(Disclosure disclosure) {
        return Math.max(Coarse.LEAST_COUNT, disclosure.smallestCount());
    }

    /** So many cells that an average one can be told, within bounds; or, where nothing is hidden, the most. */
    static int number(int fewestSentences, int fewest, int most, Disclosure disclosure) {
        return disclosure.hidesAny() ? Math.max(fewest, Math.min(most, fewestSentences / 2 / unit(disclosure))) : most;
    }

    /** An unchangeable copy in the order of the populations. */
    static <T> Map<Population, List<T>> copied(Map<Population, List<T>> lists) {
        Map<Population, List<T>> copy = new EnumMap<>(Population.class);
        lists.forEach((population, list) -> copy.put(population, List.copyOf(list)));
        return Collections.unmodifiableMap(copy);
    }
}
