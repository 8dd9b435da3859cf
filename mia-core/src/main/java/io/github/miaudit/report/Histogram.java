package io.github.miaudit.report;

import io.github.miaudit.data.Population;
import io.github.miaudit.membership.AttackScores;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * How one attack's scores of each population are spread.
 *
 * @param attack the attack's name
 * @param from   where the first bin begins, a multiple of the width; it holds all lower scores too
 * @param width  of a bin, a round number; the last one holds all higher scores too
 * @param counts for each population that is not empty the sentences in each bin. Unless the smallest count is 1, there are fewer bins,
 *               rounded down to a multiple of it, or of 5 if it is less, and empty where they are of fewer than twice as many patients;
 *               a sentence of nobody known counts as a patient
 */
public record Histogram(String attack, double from, double width, Map<Population, List<Optional<Integer>>> counts) {

    private static final int FEWEST_BINS = 4;
    private static final int MOST_BINS = 40;

    /**
     * Copies the map.
     *
     * @throws IllegalArgumentException if a bin has no width, or a population no bins
     */
    public Histogram {
        counts = CellCounts.copied(counts);
        if (!(width > 0) || counts.values().stream().anyMatch(List::isEmpty)) {
            throw new IllegalArgumentException("histogram of " + attack + " must have bins, of a width above 0 instead of " + width);
        }
    }

    static Histogram of(AttackScores scores, Disclosure disclosure) {
        int fewest = Stream.of(Population.values()).mapToInt(scores::size).filter(size -> size > 0).min()
                .orElseThrow();
        BinnedAxis axis = BinnedAxis.of(scores.allScores(), CellCounts.number(fewest, FEWEST_BINS, MOST_BINS, disclosure));
        Map<Population, List<Optional<Integer>>> counts = new EnumMap<>(Population.class);
        for (Population population : Population.values()) {
            double[] values = scores.scores(population);
            if (values.length > 0) {
                counts.put(population,
                        CellCounts.of(axis.bins(), values.length, row -> axis.bin(values[row]), scores.patients(population), disclosure));
            }
        }
        return new Histogram(scores.name(), axis.from(), axis.width(), counts);
    }
}
