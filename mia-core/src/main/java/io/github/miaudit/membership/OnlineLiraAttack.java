package io.github.miaudit.membership;

import io.github.miaudit.data.Population;
import io.github.miaudit.likelihood.MaskingRule;
import io.github.miaudit.likelihood.ModelIdentity;
import io.github.miaudit.likelihood.Reduction;
import io.github.miaudit.likelihood.ScoreTable;
import io.github.miaudit.metrics.LiraVariance;
import io.github.miaudit.metrics.MembershipStatistic;
import java.util.List;
import java.util.Set;

/**
 * Online LiRA, experimental, for whoever has references that were trained with each sentence too:
 * {@code s = log N(ll_T; mu_in, sigma_in²) - log N(ll_T; mu_out, sigma_out²)}, with mean and spread over the references
 * that saw the sentence and those that did not, at least 2 of each; see {@link MembershipStatistic#onlineLira}. By
 * default {@code ll} is the mean over tokens of the within-word left-to-right pseudo-log-likelihood, and the spread is
 * pooled over all sentences of the audit. Published for images and causal models; for masked ones there is no published
 * validation.
 *
 * <p>Source: Carlini et al. 2022, arXiv 2112.03570.
 */
public final class OnlineLiraAttack implements MembershipAttack {

    /** Which references saw which sentences. */
    public interface Training {

        /**
         * Whether a reference saw a sentence.
         *
         * @param reference  the reference
         * @param population the sentence's set; ids are unique within it
         * @param id         the sentence's id
         * @return whether it was trained on it
         */
        boolean saw(ModelIdentity reference, Population population, String id);
    }

    private final Training trainedOn;
    private final MaskingRule rule;
    private final Reduction reduction;
    private final LiraVariance variance;

    private OnlineLiraAttack(Training trainedOn, MaskingRule rule, Reduction reduction, LiraVariance variance) {
        this.trainedOn = trainedOn;
        this.rule = rule;
        this.reduction = reduction;
        this.variance = variance;
    }

    /**
     * The attack on the within-word left-to-right mean, pooled spread.
     *
     * @param trainedOn which references saw which sentences
     * @return the attack
     */
    public static OnlineLiraAttack of(Training trainedOn) {
        return new OnlineLiraAttack(trainedOn, MaskingRule.withinWordLeftToRight(), Reduction.MEAN, LiraVariance.POOLED);
    }

    /**
     * The attack on another rule's log-likelihoods.
     *
     * @param other the rule
     * @return a copy
     */
    public OnlineLiraAttack withRule(MaskingRule other) {
        return new OnlineLiraAttack(trainedOn, other, reduction, variance);
    }

    /**
     * The attack with another reduction.
     *
     * @param other the reduction
     * @return a copy
     */
    public OnlineLiraAttack withReduction(Reduction other) {
        return new OnlineLiraAttack(trainedOn, rule, other, variance);
    }

    /**
     * The attack with another spread.
     *
     * @param other whose spread
     * @return a copy
     */
    public OnlineLiraAttack withVariance(LiraVariance other) {
        return new OnlineLiraAttack(trainedOn, rule, reduction, other);
    }

    @Override
    public String name() {
        return "experimental-online-lira";
    }

    @Override
    public String definition() {
        return "s = log N(ll_T; in) - log N(ll_T; out), sigma " + (variance == LiraVariance.POOLED ? "pooled" : "per sentence") + "; ll = "
                + reduction.label() + " of token log-likelihoods by " + rule.label();
    }

    @Override
    public Set<MaskingRule> targetRules() {
        return Set.of(rule);
    }

    @Override
    public Set<MaskingRule> referenceRules() {
        return Set.of(rule);
    }

    @Override
    public void requireApplicable(ModelIdentity target, List<ModelIdentity> references) {
        References.requireComparable(name(), 4, reduction, target, references);
    }

    @Override
    public double[] membershipScores(ScoreTable table, Population population) {
        boolean[][] saw = EveryPopulation.saw(table, trainedOn);
        return EveryPopulation.score(table, population, rule, reduction,
                (target, references) -> MembershipStatistic.onlineLira(target, references, saw, variance));
    }
}
