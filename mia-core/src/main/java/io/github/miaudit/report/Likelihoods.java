package io.github.miaudit.report;

import io.github.miaudit.data.Population;
import io.github.miaudit.evaluation.AuditResults;
import io.github.miaudit.membership.AttackScores;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What target and reference say of each sentence, side by side: members above the others are what the likelihood ratio
 * finds. As points; where patients are known, or with more than {@value #MOST_POINTS} sentences, as counts in a grid.
 *
 * @param definition of the log-likelihoods, in one line
 * @param points     for each population that is not empty its sentences; empty if there is a grid
 * @param grid       empty if there are points
 */
public record Likelihoods(String definition, Map<Population, Points> points, Optional<Grid> grid) {

    /** With more sentences points would hide one another. */
    public static final int MOST_POINTS = 2000;

    private static final int FEWEST_COLUMNS = 3;
    private static final int MOST_COLUMNS = 30;

    /**
     * Sentences, in nats.
     *
     * @param reference their log-likelihoods by the reference
     * @param target    their log-likelihoods by the target, in the same order
     */
    public record Points(List<Double> reference, List<Double> target) {

        /**
         * Copies the lists.
         *
         * @throws IllegalArgumentException if they are empty, or not of one length
         */
        public Points {
            reference = List.copyOf(reference);
            target = List.copyOf(target);
            if (reference.isEmpty() || reference.size() != target.size()) {
                throw new IllegalArgumentException(
                        reference.size() + " log-likelihoods by the reference, but " + target.size() + " by the target");
            }
        }
    }

    /**
     * Counts of sentences.
     *
     * @param referenceFrom  where the first column begins; those at the ends hold what lies beyond
     * @param referenceWidth of a column
     * @param targetFrom     where the first row begins
     * @param targetWidth    of a row
     * @param columns        how many columns and rows there are
     * @param counts         for each population that is not empty the sentences in each cell, row after row; fewer, rounded down and
     *                       empty as in a {@link Histogram}
     */
    public record Grid(double referenceFrom, double referenceWidth, double targetFrom, double targetWidth, int columns,
            Map<Population, List<Optional<Integer>>> counts) {

        /**
         * Copies the map.
         *
         * @throws IllegalArgumentException if a population has another number of cells
         */
        public Grid {
            counts = CellCounts.copied(counts);
            if (columns < 1 || counts.values().stream().anyMatch(cells -> cells.size() != (long) columns * columns)) {
                throw new IllegalArgumentException("a grid of " + columns + " columns must have as many rows");
            }
        }
    }

    /**
     * Copies the map.
     *
     * @throws IllegalArgumentException if there are both points and a grid, or neither
     */
    public Likelihoods {
        Map<Population, Points> copy = new EnumMap<>(Population.class);
        copy.putAll(points);
        points = Collections.unmodifiableMap(copy);
        if (points.isEmpty() == grid.isEmpty()) {
            throw new IllegalArgumentException("likelihoods are either points or a grid");
        }
    }

    static Likelihoods of(AuditResults.Likelihoods scores, Disclosure disclosure) {
        AttackScores reference = scores.reference();
        AttackScores target = scores.target();
        List<Population> populations = Stream.of(Population.values()).filter(population -> target.scores(population).length > 0).toList();
        int sentences = populations.stream().mapToInt(population -> target.scores(population).length).sum();
        boolean hiding = disclosure.hidesCellsOf(target); // points would tell each sentence's score
        if (sentences > MOST_POINTS || hiding) {
            return new Likelihoods(target.definition(), Map.of(), Optional.of(grid(reference, target, populations, hiding, disclosure)));
        }
        Map<Population, Points> points = new EnumMap<>(Population.class);
        populations.forEach(
                population -> points.put(population, new Points(boxed(reference.scores(population)), boxed(target.scores(population)))));
        return new Likelihoods(target.definition(), points, Optional.empty());
    }

    private static List<Double> boxed(double[] values) {
        return Arrays.stream(values).boxed().toList();
    }

    private static Grid grid(AttackScores reference, AttackScores target, List<Population> populations, boolean hiding,
            Disclosure disclosure) {
        int fewest = populations.stream().mapToInt(population -> target.scores(population).length).min().orElseThrow();
        int columns = (int) Math
                .sqrt(CellCounts.number(fewest, hiding, FEWEST_COLUMNS * FEWEST_COLUMNS, MOST_COLUMNS * MOST_COLUMNS, disclosure));
        BinnedAxis across = axis(reference, populations, columns);
        BinnedAxis up = axis(target, populations, columns);
        Map<Population, List<Optional<Integer>>> counts = new EnumMap<>(Population.class);
        for (Population population : populations) {
            double[] references = reference.scores(population);
            double[] targets = target.scores(population);
            counts.put(population, CellCounts.of(columns * columns, targets.length,
                    row -> columns * up.bin(targets[row]) + across.bin(references[row]), target.patients(population), hiding, disclosure));
        }
        return new Grid(across.from(), across.width(), up.from(), up.width(), columns, counts);
    }

    private static BinnedAxis axis(AttackScores scores, List<Population> populations, int bins) {
        return BinnedAxis.of(populations.stream().flatMapToDouble(population -> Arrays.stream(scores.scores(population))), bins);
    }
}
