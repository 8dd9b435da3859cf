package io.github.miaudit.membership;

import io.github.miaudit.data.AttackDataset;
import io.github.miaudit.data.PerPopulation;
import io.github.miaudit.data.Population;
import io.github.miaudit.data.Sample;
import io.github.miaudit.io.AuditException;
import io.github.miaudit.likelihood.LogLikelihood;
import io.github.miaudit.likelihood.ModelIdentity;
import io.github.miaudit.likelihood.ModelScores;
import io.github.miaudit.likelihood.Reduction;
import io.github.miaudit.likelihood.ScoreTable;
import io.github.miaudit.metrics.LiraVariance;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.IntSummaryStatistics;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/**
 * LiRA, with whatever references. All populations are scored at once, since what is estimated from the sentences must be the
 * same for all, or it would tell the populations apart.
 *
 * @param <A> the attack itself, which copies are of
 */
abstract sealed class ShadowAttack<A> extends ReferenceAttack<A> permits LiraAttack, OnlineLiraAttack {

    /** References that did see a sentence, or did not. */
    record Side(String did, OnlineLiraAttack.Training holds) {

        static Side unseen(OnlineLiraAttack.Training trainedOn) {
            return new Side("did not", (reference, population, id) -> !trainedOn.saw(reference, population, id));
        }
    }

    private static final int FEWEST_REFERENCES = 2; // of one there is no spread
    private static final int FEW_REFERENCES = 8;

    final LiraVariance variance;

    ShadowAttack(LogLikelihood logLikelihood, int fewestReferences, LiraVariance variance) {
        super(logLikelihood, fewestReferences);
        this.variance = variance;
    }

    /**
     * {@inheritDoc} It is doubtful with fewer than {@value #FEW_REFERENCES} references to a side of any sentence.
     *
     * @throws AuditException if some sentence has fewer than {@value #FEWEST_REFERENCES} to a side, or if the numbers of references
     *                        alone tell members from non-members
     */
    @Override
    public final List<String> caveats(AttackDataset dataset, List<ModelIdentity> references) {
        List<String> caveats = new ArrayList<>();
        for (Side side : sides()) {
            PerPopulation<IntSummaryStatistics> counts = PerPopulation.of(population -> counts(side, dataset, references, population));
            requireNumbersThatTellNothing(side, counts);
            int fewest = counts.stream().mapToInt(IntSummaryStatistics::getMin).min().orElseThrow();
            if (fewest < FEW_REFERENCES) {
                caveats.add("attack " + name() + " has but " + fewest + " references that " + side.did + " see "
                        + (fewest < references.size() ? "some sentence" : "the sentences") + ", which tell little of how much scores"
                        + " spread; give at least " + FEW_REFERENCES);
            }
        }
        return caveats;
    }

    /** Of how many references of a side the sentences of a population have. */
    private IntSummaryStatistics counts(Side side, AttackDataset dataset, List<ModelIdentity> references, Population population) {
        IntSummaryStatistics counts = new IntSummaryStatistics();
        for (Sample sentence : dataset.samples(population)) {
            int count = (int) references.stream().filter(reference -> side.holds.saw(reference, population, sentence.id())).count();
            if (count < FEWEST_REFERENCES) {
                throw new AuditException("attack " + name() + " has " + count + (count == 1 ? " reference" : " references") + " that "
                        + side.did + " see sentence "
                        + sentence.id() + " of the " + population.label() + "; at least " + FEWEST_REFERENCES + " are needed: give"
                        + " more, or leave the attack out");
            }
            counts.accept(count);
        }
        return counts;
    }

    // From fewer references a spread is estimated worse, so that a score shows of how many: without any leak, members would look
    // different.
    private void requireNumbersThatTellNothing(Side side, PerPopulation<IntSummaryStatistics> counts) {
        IntSummaryStatistics members = counts.of(Population.MEMBERS);
        IntSummaryStatistics nonMembers = counts.of(Population.NON_MEMBERS);
        if (members.getMax() < nonMembers.getMin() || nonMembers.getMax() < members.getMin()) {
            throw new AuditException("attack " + name() + " has " + range(members) + " references that " + side.did + " see a member, but "
                    + range(nonMembers) + " for a non-member: the numbers alone tell members, as where the target is one of models that"
                    + " each saw half of the sentences and the rest are the references; leave out the reference that saw what the target"
                    + " did not, so that the numbers are the same, or the attack");
        }
    }

    private static String range(IntSummaryStatistics counts) {
        return counts.getMin() == counts.getMax() ? String.valueOf(counts.getMin()) : counts.getMin() + " to " + counts.getMax();
    }

    /** Which references sentences are compared with. */
    abstract List<Side> sides();

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
    public final double[] membershipScores(ScoreTable table, Population population) {
        double[][] references = table.references().stream().map(this::ofAllPopulations).toArray(double[][]::new);
        double[] scores = statistic(ofAllPopulations(table.target()), references, table);
        int from = Stream.of(Population.values()).limit(population.ordinal()).mapToInt(each -> table.rows(each).size()).sum();
        return Arrays.copyOfRange(scores, from, from + table.rows(population).size());
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
