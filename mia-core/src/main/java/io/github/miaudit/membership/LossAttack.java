package io.github.miaudit.membership;

import io.github.miaudit.data.Population;
import io.github.miaudit.likelihood.MaskingRule;
import io.github.miaudit.likelihood.Reduction;
import io.github.miaudit.likelihood.ScoreTable;
import io.github.miaudit.metrics.MembershipStatistic;
import java.util.Set;

/**
 * The loss attack: what the target finds likely was in its training data. {@code s = ll_T}, the target's reduced
 * log-likelihood (the negative of its loss), in nats per unit. Needs no reference, so it mistakes easy sentences
 * for members. By default {@code ll_T} is the mean over tokens of the maskless log-likelihood, the loss that the
 * predecessor meant to attack.
 *
 * <p>Source: Yeom et al. 2018, "Privacy Risk in Machine Learning", CSF.
 */
public final class LossAttack implements MembershipAttack {

    private static final LossAttack DEFAULTS = new LossAttack(MaskingRule.maskless(), Reduction.MEAN);

    private final MaskingRule rule;
    private final Reduction reduction;

    private LossAttack(MaskingRule rule, Reduction reduction) {
        this.rule = rule;
        this.reduction = reduction;
    }

    /**
     * The attack on the maskless mean.
     *
     * @return the shared default
     */
    public static LossAttack withDefaults() {
        return DEFAULTS;
    }

    /**
     * The attack on another rule's log-likelihoods.
     *
     * @param other the rule
     * @return a copy
     */
    public LossAttack withRule(MaskingRule other) {
        return new LossAttack(other, reduction);
    }

    /**
     * The attack with another reduction.
     *
     * @param other the reduction
     * @return a copy
     */
    public LossAttack withReduction(Reduction other) {
        return new LossAttack(rule, other);
    }

    @Override
    public String name() {
        return "loss";
    }

    @Override
    public String definition() {
        return "s = ll_T; ll = " + reduction.label() + " of token log-likelihoods by " + rule.label();
    }

    @Override
    public Set<MaskingRule> targetRules() {
        return Set.of(rule);
    }

    @Override
    public double[] membershipScores(ScoreTable table, Population population) {
        return MembershipStatistic.loss(reduction.reduce(table.target().scores(rule, population)));
    }
}
