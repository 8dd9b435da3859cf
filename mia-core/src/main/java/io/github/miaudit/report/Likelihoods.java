package io.github.miaudit.report;

import io.github.miaudit.data.Population;
import io.github.miaudit.evaluation.AuditResults;
import io.github.miaudit.membership.AttackScores;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What target and reference say of the sentences, side by side: members above the others are what the likelihood ratio finds. As counts
 * in a grid; the point of a sentence would confirm the guess of it.
 *
 * @param definition of the log-likelihoods, in one line
 * @param grid       counts of sentences
 */
public record Likelihoods(String definition, Grid grid) {

    private static final int FEWEST_COLUMNS = 3;
    private static final int MOST_COLUMNS = 30;

    /**
     * Counts of sentences.
     *
     * @param referenceFrom  where the first column begins, a round number; those at the ends hold what lies beyond
     * @param referenceWidth of a column
     * @param targetFrom     where the first row begins, likewise
     * @param targetWidth    of a row
     * @param columns        how many columns there are
     * @param rows           how many rows there are
     * @param counts         for each population that is not empty the sentences in each cell, row after row; fewer, rounded down and
     *                       empty as in a {@link Histogram}
     */
    public record Grid(double referenceFrom, double referenceWidth, double targetFrom, double targetWidth, int columns, int rows,
            Map<Population, List<Optional<Integer>>> counts) {

        /**
         * Copies the map.
         *
         * @throws IllegalArgumentException if a population has another number of cells
         */
        public Grid {
            counts = CellCounts.copied(counts);
            if (columns < 1 || rows < 1 || counts.values().stream().anyMatch(cells -> cells.size() != (long) columns * rows)) {
                throw new IllegalArgumentException("a grid of " + columns + " columns and " + rows + " rows must have as many cells");
            }
        }
    }

    static Likelihoods of(AuditResults.Likelihoods scores, Disclosure disclosure) {
        AttackScores reference = scores.reference();
        AttackScores target = scores.target();
        List<Population> populations = Stream.of(Population.values()).filter(population -> target.size(population) > 0).toList();
        int fewest = populations.stream().mapToInt(target::size).min().orElseThrow();
        int columns = (int) Math
                .sqrt(CellCounts.number(fewest, FEWEST_COLUMNS * FEWEST_COLUMNS, MOST_COLUMNS * MOST_COLUMNS, disclosure));
        BinnedAxis across = BinnedAxis.of(reference.allScores(), columns);
        BinnedAxis up = BinnedAxis.of(target.allScores(), columns);
        Map<Population, List<Optional<Integer>>> counts = new EnumMap<>(Population.class);
        for (Population population : populations) {
            double[] references = reference.scores(population);
            double[] targets = target.scores(population);
            counts.put(population, CellCounts.of(across.bins() * up.bins(), targets.length,
                    row -> across.bins() * up.bin(targets[row]) + across.bin(references[row]), target.patients(population), disclosure));
        }
        return new Likelihoods(target.definition(),
                new Grid(across.from(), across.width(), up.from(), up.width(), across.bins(), up.bins(), counts));
    }
}
