package io.github.miaudit.membership;

import io.github.miaudit.data.AttackDataset;
import io.github.miaudit.data.PerPopulation;
import io.github.miaudit.data.Population;
import io.github.miaudit.io.AuditException;
import io.github.miaudit.likelihood.LogLikelihood;
import io.github.miaudit.likelihood.ModelIdentity;
import io.github.miaudit.likelihood.ModelScores;
import io.github.miaudit.likelihood.Reduction;
import io.github.miaudit.likelihood.ScoreTable;
import io.github.miaudit.metrics.LiraVariance;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/**
 * LiRA, with whatever references. All populations are scored at once, since what is estimated from the sentences must be the
 * same for all, or it would tell the populations apart.
 *
 * @param <A> the attack itself, which copies are of
 */
abstract sealed class ShadowAttack<A> extends ReferenceAttack<A> implements WholeTableAttack permits LiraAttack, OnlineLiraAttack {

    final LiraVariance variance;

    ShadowAttack(LogLikelihood logLikelihood, int fewestReferences, LiraVariance variance) {
        super(logLikelihood, fewestReferences);
        this.variance = variance;
    }

    /**
     * {@inheritDoc} It is doubtful with fewer than {@value ShadowSide#FEW_REFERENCES} references to a side of any sentence.
     *
     * @throws AuditException as {@link ShadowSide#caveats}
     */
    @Override
    public final List<String> caveats(AttackDataset dataset, List<ModelIdentity> references) {
        return ShadowSide.caveats(name(), sides(), dataset, references);
    }

    /** Which references sentences are compared with. */
    abstract List<ShadowSide> sides();

    /** The attack with another reduction. */
    public final A withReduction(Reduction other) {
        return with(logLikelihood.withReduction(other));
    }

    /** The attack with another spread. */
    public final A withVariance(LiraVariance other) {
        return with(logLikelihood, other);
    }

    abstract A with(LogLikelihood otherLogLikelihood, LiraVariance otherVariance);

    @Override
    final A with(LogLikelihood other) {
        return with(other, variance);
    }

    final String sigma() {
        return "sigma " + (variance == LiraVariance.POOLED ? "pooled" : "per sentence");
    }

    @Override
    public final PerPopulation<double[]> membershipScores(ScoreTable table) {
        double[][] references = table.references().stream().map(this::ofAllPopulations).toArray(double[][]::new);
        return byPopulation(table, statistic(ofAllPopulations(table.target()), references, table));
    }

    /** Of scores of all populations in turn. */
    static PerPopulation<double[]> byPopulation(ScoreTable table, double[] scores) {
        return PerPopulation.of(population -> {
            int from = Stream.of(Population.values()).limit(population.ordinal()).mapToInt(each -> table.rows(each).size()).sum();
            return Arrays.copyOfRange(scores, from, from + table.rows(population).size());
        });
    }

    /** Of log-likelihoods of all populations in turn. */
    abstract double[] statistic(double[] target, double[][] references, ScoreTable table);

    private double[] ofAllPopulations(ModelScores model) {
        return Stream.of(Population.values()).map(each -> logLikelihood.of(model, each)).flatMapToDouble(DoubleStream::of).toArray();
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
