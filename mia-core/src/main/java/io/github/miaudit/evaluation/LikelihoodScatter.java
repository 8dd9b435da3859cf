package io.github.miaudit.evaluation;

import io.github.miaudit.data.Patient;
import io.github.miaudit.data.PerPopulation;
import io.github.miaudit.data.Population;
import io.github.miaudit.likelihood.LogLikelihood;
import io.github.miaudit.likelihood.MaskingRule;
import io.github.miaudit.likelihood.ModelScores;
import io.github.miaudit.likelihood.ScoreTable;
import io.github.miaudit.membership.AttackScores;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What target and reference say of each sentence, side by side: members above the others are what the likelihood ratio
 * finds. As points; where patients are known, or with more than {@value #MOST_POINTS} sentences, as counts in a grid.
 *
 * @param definition of the log-likelihoods, in one line
 * @param points     for each population that is not empty its sentences; empty if there is a grid
 * @param grid       empty if there are points
 */
public record LikelihoodScatter(String definition, Map<Population, List<Point>> points, Optional<Grid> grid) {

    /** With more sentences points would hide one another. */
    public static final int MOST_POINTS = 2000;

    private static final int BINS = 30;

    /**
     * A sentence.
     *
     * @param reference its log-likelihood by the reference, in nats
     * @param target    its log-likelihood by the target, in nats
     */
    public record Point(double reference, double target) {
    }

    /**
     * Counts of sentences.
     *
     * @param referenceFrom  where the first column begins; those at the ends hold what lies beyond
     * @param referenceWidth of a column
     * @param targetFrom     where the first row begins
     * @param targetWidth    of a row
     * @param columns        how many columns and rows there are
     * @param counts         for each population that is not empty the sentences in each cell, row after row; empty where they
     *                       are of too few patients to be told
     */
    public record Grid(double referenceFrom, double referenceWidth, double targetFrom, double targetWidth, int columns, Map<Population, List<OptionalInt>> counts) {

        /**
         * Copies the map.
         *
         * @param referenceFrom  kept
         * @param referenceWidth kept
         * @param targetFrom     kept
         * @param targetWidth    kept
         * @param columns        kept
         * @param counts         copied
         */
        public Grid {
            counts = copied(counts);
        }
    }

    /**
     * Copies the map.
     *
     * @param definition kept
     * @param points     copied
     * @param grid       kept
     */
    public LikelihoodScatter {
        points = copied(points);
    }

    /**
     * Puts two models' log-likelihoods side by side.
     *
     * @param reference     the reference's, higher = likelier
     * @param target        the target's, of the same sentences
     * @param smallestCount cells of a grid with sentences of fewer patients are not told
     * @return the picture
     */
    public static LikelihoodScatter of(AttackScores reference, AttackScores target, int smallestCount) {
        List<Population> populations = Stream.of(Population.values()).filter(population -> target.scores(population).length > 0).toList();
        int sentences = populations.stream().mapToInt(population -> target.scores(population).length).sum();
        boolean telling = smallestCount > 1 && populations.stream().anyMatch(target::hasGroups); // points tell each sentence's score
        if (sentences > MOST_POINTS || telling) {
            return new LikelihoodScatter(target.definition(), Map.of(), Optional.of(grid(reference, target, populations, smallestCount)));
        }
        Map<Population, List<Point>> points = new EnumMap<>(Population.class);
        for (Population population : populations) {
            double[] across = reference.scores(population);
            double[] up = target.scores(population);
            points.put(population, IntStream.range(0, up.length).mapToObj(row -> new Point(across[row], up[row])).toList());
        }
        return new LikelihoodScatter(target.definition(), points, Optional.empty());
    }

    /**
     * The target and the first reference side by side, by the first rule that both were scored by.
     *
     * @param table         every sentence scored
     * @param smallestCount as above
     * @return the picture; empty without a reference or a common rule
     */
    public static Optional<LikelihoodScatter> of(ScoreTable table, int smallestCount) {
        return table.commonRule().map(rule -> of(means(table, table.references().get(0), rule), means(table, table.target(), rule), smallestCount));
    }

    private static AttackScores means(ScoreTable table, ModelScores model, MaskingRule rule) {
        LogLikelihood mean = LogLikelihood.mean(rule);
        return new AttackScores(model.model().name(), "ll = " + mean.label(), PerPopulation.of(population -> mean.of(model, population)), table.patients());
    }

    private static Grid grid(AttackScores reference, AttackScores target, List<Population> populations, int smallestCount) {
        BinnedAxis across = axis(reference, populations);
        BinnedAxis up = axis(target, populations);
        Map<Population, List<OptionalInt>> counts = new EnumMap<>(Population.class);
        for (Population population : populations) {
            double[] references = reference.scores(population);
            double[] targets = target.scores(population);
            List<Patient> patients = target.patients(population);
            CellCounts cells = new CellCounts(BINS * BINS, smallestCount);
            for (int row = 0; row < targets.length; row++) {
                cells.add(BINS * up.bin(targets[row]) + across.bin(references[row]), patients.get(row));
            }
            counts.put(population, cells.counts());
        }
        return new Grid(across.from(), across.width(), up.from(), up.width(), BINS, counts);
    }

    private static BinnedAxis axis(AttackScores scores, List<Population> populations) {
        return BinnedAxis.of(populations.stream().flatMapToDouble(population -> Arrays.stream(scores.scores(population))), BINS);
    }

    private static <T> Map<Population, List<T>> copied(Map<Population, List<T>> lists) {
        Map<Population, List<T>> copy = new EnumMap<>(Population.class);
        lists.forEach((population, list) -> copy.put(population, List.copyOf(list)));
        return Collections.unmodifiableMap(copy);
    }
}
