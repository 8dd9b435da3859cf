package io.github.miaudit.membership;

import io.github.miaudit.data.Population;
import io.github.miaudit.likelihood.MaskingRule;
import io.github.miaudit.likelihood.ModelIdentity;
import io.github.miaudit.likelihood.Reduction;
import io.github.miaudit.likelihood.ScoreTable;
import io.github.miaudit.metrics.LiraVariance;
import io.github.miaudit.metrics.MembershipStatistic;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Offline LiRA: how unusually likely the target finds a sentence among references that did not see it.
 * {@code s = (ll_T - mu) / sigma} with the references' mean and spread of {@code ll}; see
 * {@link MembershipStatistic#offlineLira}. At least 2 references, better 8 or more. By default {@code ll} is the mean
 * over tokens of the within-word left-to-right pseudo-log-likelihood, and the spread is pooled over all sentences of
 * the audit, as the paper advises below 64 references. Published for masked models is the case of one reference, where
 * there is no spread to divide by: {@link LikelihoodRatioAttack}.
 *
 * <p>Source: Carlini et al. 2022, arXiv 2112.03570.
 */
public final class LiraAttack implements MembershipAttack {

    private static final LiraAttack DEFAULTS = new LiraAttack(Optional.empty(), MaskingRule.withinWordLeftToRight(), Reduction.MEAN, LiraVariance.POOLED);

    private final Optional<OnlineLiraAttack.Training> trainedOn;
    private final MaskingRule rule;
    private final Reduction reduction;
    private final LiraVariance variance;

    private LiraAttack(Optional<OnlineLiraAttack.Training> trainedOn, MaskingRule rule, Reduction reduction, LiraVariance variance) {
        this.trainedOn = trainedOn;
        this.rule = rule;
        this.reduction = reduction;
        this.variance = variance;
    }

    /**
     * The attack on the within-word left-to-right mean, pooled spread.
     *
     * @return the shared default
     */
    public static LiraAttack withDefaults() {
        return DEFAULTS;
    }

    /**
     * The attack with references that saw some of the sentences, as shadow models do: each sentence is compared with
     * those that did not see it, at least 2.
     *
     * @param training which references saw which sentences
     * @return a copy
     */
    public LiraAttack withReferencesTrainedOn(OnlineLiraAttack.Training training) {
        return new LiraAttack(Optional.of(training), rule, reduction, variance);
    }

    /**
     * The attack on another rule's log-likelihoods.
     *
     * @param other the rule
     * @return a copy
     */
    public LiraAttack withRule(MaskingRule other) {
        return new LiraAttack(trainedOn, other, reduction, variance);
    }

    /**
     * The attack with another reduction.
     *
     * @param other the reduction
     * @return a copy
     */
    public LiraAttack withReduction(Reduction other) {
        return new LiraAttack(trainedOn, rule, other, variance);
    }

    /**
     * The attack with another spread.
     *
     * @param other whose spread
     * @return a copy
     */
    public LiraAttack withVariance(LiraVariance other) {
        return new LiraAttack(trainedOn, rule, reduction, other);
    }

    @Override
    public String name() {
        return "lira";
    }

    @Override
    public String definition() {
        return "s = (ll_T - mean_k ll_Rk) / sigma, sigma " + (variance == LiraVariance.POOLED ? "pooled" : "per sentence")
                + (trainedOn.isPresent() ? ", over the references that did not see the sentence" : "") + "; ll = "
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
        References.requireComparable(name(), 2, reduction, target, references);
    }

    @Override
    public double[] membershipScores(ScoreTable table, Population population) {
        boolean[][] saw = trainedOn.map(training -> EveryPopulation.saw(table, training)).orElse(new boolean[0][]);
        return EveryPopulation.score(table, population, rule, reduction, (target, references) -> trainedOn.isPresent()
                ? MembershipStatistic.offlineLira(target, references, saw, variance)
                : MembershipStatistic.offlineLira(target, references, variance));
    }
}
