package io.github.miaudit.membership;

import io.github.miaudit.data.Population;
import io.github.miaudit.data.Rewriting;
import io.github.miaudit.likelihood.MaskingRule;
import io.github.miaudit.likelihood.Reduction;
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
public final class NeighbourhoodAttack implements MembershipAttack {

    private final Rewriting neighbours;
    private final MaskingRule rule;

    private NeighbourhoodAttack(Rewriting neighbours, MaskingRule rule) {
        this.neighbours = neighbours;
        this.rule = rule;
    }

    /**
     * The attack by the maskless rule.
     *
     * @param neighbours proposes the neighbours of a sentence; a sentence without any is left out of the audit
     * @return the attack
     */
    public static NeighbourhoodAttack of(Rewriting neighbours) {
        return new NeighbourhoodAttack(neighbours, MaskingRule.maskless());
    }

    /**
     * The attack on another rule's log-likelihoods.
     *
     * @param other the rule
     * @return a copy
     */
    public NeighbourhoodAttack withRule(MaskingRule other) {
        return new NeighbourhoodAttack(neighbours, other);
    }

    @Override
    public Map<Rewriting, Set<MaskingRule>> targetRewritings() {
        return Map.of(neighbours, Set.of(rule));
    }

    @Override
    public String name() {
        return "experimental-neighbourhood";
    }

    @Override
    public String definition() {
        return "s = ll_T(x) - mean_j ll_T(x_j), x_j = " + neighbours.label() + "; ll = mean of token log-likelihoods by " + rule.label();
    }

    @Override
    public Set<MaskingRule> targetRules() {
        return Set.of(rule);
    }

    @Override
    public double[] membershipScores(ScoreTable table, Population population) {
        double[][] ofNeighbours = table.target().rewritten(neighbours, rule, population).stream()
                .map(Reduction.MEAN::reduce).toArray(double[][]::new);
        return MembershipStatistic.neighbourhood(Reduction.MEAN.reduce(table.target().scores(rule, population)), ofNeighbours);
    }
}
