package io.github.miaudit.membership;

import com.google.auto.service.AutoService;
import io.github.miaudit.data.Population;
import io.github.miaudit.data.Rewriting;
import io.github.miaudit.likelihood.LogLikelihood;
import io.github.miaudit.likelihood.MaskingRule;
import io.github.miaudit.likelihood.ScoreTable;
import io.github.miaudit.metrics.MembershipStatistic;
import java.util.Map;
import java.util.Set;

/**
 * The neighbourhood attack, experimental: what the target finds likelier than sentences that differ in one token.
 * {@code s = ll_T(x) - mean_j ll_T(x_j)}, {@code ll} a mean of token log-likelihoods. Needs no reference, but somebody
 * who proposes neighbours; each costs as much as the sentence. Defined for causal models with neighbours from
 * embedding dropout; for masked ones, and for neighbours from a mask token, there is no published validation. By
 * default by the maskless rule.
 *
 * <p>Source: Mattern et al. 2023, arXiv 2305.18462.
 */
public final class NeighbourhoodAttack extends LogLikelihoodAttack<NeighbourhoodAttack> {

    private final Rewriting neighbours;

    private NeighbourhoodAttack(Rewriting neighbours, LogLikelihood logLikelihood) {
        super(logLikelihood);
        this.neighbours = neighbours;
    }

    /**
     * The attack by the maskless rule.
     *
     * @param neighbours proposes the neighbours of a sentence; a sentence without any is left out of the audit
     */
    public static NeighbourhoodAttack of(Rewriting neighbours) {
        return new NeighbourhoodAttack(neighbours, LogLikelihood.mean(MaskingRule.maskless()));
    }

    @Override
    NeighbourhoodAttack with(LogLikelihood other) {
        return new NeighbourhoodAttack(neighbours, other);
    }

    @Override
    public Map<Rewriting, Set<MaskingRule>> targetRewritings() {
        return Map.of(neighbours, targetRules());
    }

    @Override
    public String name() {
        return "experimental-neighbourhood";
    }

    @Override
    public String definition() {
        return "s = ll_T(x) - mean_j ll_T(x_j), x_j = " + neighbours.label() + "; ll = " + logLikelihood.label();
    }

    @Override
    public double[] membershipScores(ScoreTable table, Population population) {
        double[][] ofNeighbours = table.target().rewritten(neighbours, logLikelihood.rule(), population).stream()
                .map(logLikelihood.reduction()::reduce).toArray(double[][]::new);
        return MembershipStatistic.neighbourhood(logLikelihood.of(table.target(), population), ofNeighbours);
    }

    /** The attack by its name, for {@link java.util.ServiceLoader}. */
    @AutoService(NamedAttack.class)
    public static final class ByName extends NamedAttack {
        public ByName() {
            super("experimental-neighbourhood", "50 scorings a sentence, by swaps of the first reference",
                    settings -> NeighbourhoodAttack.of(settings.neighbours().get()));
        }
    }
}
