package io.github.miaudit.evaluation;

import io.github.miaudit.data.Patient;
import io.github.miaudit.data.Population;
import io.github.miaudit.membership.AttackScores;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * How one attack's scores of each population are spread.
 *
 * @param attack the attack's name
 * @param from   where the first bin begins; it holds all lower scores too
 * @param width  of a bin; the last one holds all higher scores too
 * @param counts for each population that is not empty the sentences in each bin; empty where they are of too few patients
 *               to be told
 */
public record ScoreHistogram(String attack, double from, double width, Map<Population, List<OptionalInt>> counts) {

    private static final int BINS = 40;

    /**
     * Copies the map.
     *
     * @param attack kept
     * @param from   kept
     * @param width  kept
     * @param counts copied
     */
    public ScoreHistogram {
        Map<Population, List<OptionalInt>> copy = new EnumMap<>(Population.class);
        counts.forEach((population, bins) -> copy.put(population, List.copyOf(bins)));
        counts = Collections.unmodifiableMap(copy);
    }

    /**
     * Counts scores.
     *
     * @param scores        of one attack
     * @param smallestCount bins with sentences of fewer patients are not told
     * @return the histogram
     */
    public static ScoreHistogram of(AttackScores scores, int smallestCount) {
        BinnedAxis axis = BinnedAxis.of(Stream.of(Population.values()).flatMapToDouble(population -> Arrays.stream(scores.scores(population))), BINS);
        Map<Population, List<OptionalInt>> counts = new EnumMap<>(Population.class);
        for (Population population : Population.values()) {
            double[] values = scores.scores(population);
            if (values.length > 0) {
                List<Patient> patients = scores.patients(population);
                CellCounts cells = new CellCounts(BINS, smallestCount);
                for (int row = 0; row < values.length; row++) {
                    cells.add(axis.bin(values[row]), patients.get(row));
                }
                counts.put(population, cells.counts());
            }
        }
        return new ScoreHistogram(scores.name(), axis.from(), axis.width(), counts);
    }
}
