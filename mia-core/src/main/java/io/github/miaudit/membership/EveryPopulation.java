package io.github.miaudit.membership;

import io.github.miaudit.data.Population;
import io.github.miaudit.likelihood.MaskingRule;
import io.github.miaudit.likelihood.Reduction;
import io.github.miaudit.likelihood.ScoreTable;
import java.util.Arrays;
import java.util.function.BiFunction;
import java.util.stream.Stream;

/**
 * Scores all populations at once and returns one: what is estimated from the sentences must be the same for all, or it
 * would tell the populations apart.
 */
final class EveryPopulation {

    private EveryPopulation() {
    }

    /**
     * Scores one population.
     *
     * @param statistic of the target's log-likelihoods and each reference's, of all populations in turn
     */
    static double[] score(ScoreTable table, Population population, MaskingRule rule, Reduction reduction,
            BiFunction<double[], double[][], double[]> statistic) {
        double[] target = Stream.of(Population.values()).flatMapToDouble(each -> Arrays.stream(reduction.reduce(table.target().scores(rule, each)))).toArray();
        double[][] references = table.references().stream().map(reference -> Stream.of(Population.values())
                .flatMapToDouble(each -> Arrays.stream(reduction.reduce(reference.scores(rule, each)))).toArray()).toArray(double[][]::new);
        int from = Stream.of(Population.values()).limit(population.ordinal()).mapToInt(each -> table.rows(each).size()).sum();
        return Arrays.copyOfRange(statistic.apply(target, references), from, from + table.rows(population).size());
    }

    /** For each reference, whether it saw each sentence, of all populations in turn. */
    static boolean[][] saw(ScoreTable table, OnlineLiraAttack.Training training) {
        int sentences = Stream.of(Population.values()).mapToInt(each -> table.rows(each).size()).sum();
        boolean[][] saw = new boolean[table.references().size()][sentences];
        int row = 0;
        for (Population each : Population.values()) {
            for (ScoreTable.Row sentence : table.rows(each)) {
                for (int reference = 0; reference < saw.length; reference++) {
                    saw[reference][row] = training.saw(table.references().get(reference).model(), each, sentence.id());
                }
                row++;
            }
        }
        return saw;
    }
}
