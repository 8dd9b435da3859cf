package io.github.miaudit.report;

import io.github.miaudit.data.Population;
import io.github.miaudit.membership.AttackScores;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * How one attack's scores of each population are spread.
 *
 * @param attack the attack's name
 * @param from   where the first bin begins; it holds all lower scores too
 * @param width  of a bin; the last one holds all higher scores too
 * @param counts for each population that is not empty the sentences in each bin. Where counts of patients are hidden, there are fewer
 *               bins, rounded down to a multiple of the smallest count, and empty where they are of fewer than twice as many patients
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
        boolean hiding = disclosure.hidesCellsOf(scores);
        int fewest = Stream.of(Population.values()).mapToInt(population -> scores.scores(population).length).filter(size -> size > 0).min()
                .orElseThrow();
        int bins = CellCounts.number(fewest, hiding, FEWEST_BINS, MOST_BINS, disclosure);
        BinnedAxis axis = BinnedAxis
                .of(Stream.of(Population.values()).flatMapToDouble(population -> Arrays.stream(scores.scores(population))), bins);
        Map<Population, List<Optional<Integer>>> counts = new EnumMap<>(Population.class);
        for (Population population : Population.values()) {
            double[] values = scores.scores(population);
            if (values.length > 0) {
                counts.put(population,
                        CellCounts.of(bins, values.length, row -> axis.bin(values[row]), scores.patients(population), hiding, disclosure));
            }
        }
        return new Histogram(scores.name(), axis.from(), axis.width(), counts);
    }
}
