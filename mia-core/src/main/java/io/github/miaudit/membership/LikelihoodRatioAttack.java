package io.github.miaudit.membership;

import io.github.miaudit.data.Population;
import io.github.miaudit.likelihood.MaskingRule;
import io.github.miaudit.likelihood.ModelIdentity;
import io.github.miaudit.likelihood.Reduction;
import io.github.miaudit.likelihood.ScoreTable;
import io.github.miaudit.metrics.MembershipStatistic;
import java.util.List;
import java.util.Set;

/**
 * The likelihood-ratio attack: what the target finds likelier than a reference that never saw the sentence was in
 * its training data. {@code s = ll_T - ll_R}, the difference of reduced log-likelihoods, in nats per unit. By
 * default {@code ll} is the mean over tokens of the within-word left-to-right pseudo-log-likelihood. Of several
 * references the {@link ReferenceMean} is taken.
 *
 * <p>Across different tokenizers the mean per token divides the two likelihoods by different counts, so it is
 * refused there; {@link Reduction#SUM}, {@link Reduction#PER_CHARACTER} and {@link Reduction#PER_WORD} compare the
 * same string.
 *
 * <p>Source: Mireshghallah et al. 2022, arXiv 2203.03929; their L is {@code -s}.
 */
public final class LikelihoodRatioAttack implements MembershipAttack {

    private static final LikelihoodRatioAttack DEFAULTS =
            new LikelihoodRatioAttack(MaskingRule.withinWordLeftToRight(), Reduction.MEAN, ReferenceMean.ARITHMETIC);

    private final MaskingRule rule;
    private final Reduction reduction;
    private final ReferenceMean mean;

    private LikelihoodRatioAttack(MaskingRule rule, Reduction reduction, ReferenceMean mean) {
        this.rule = rule;
        this.reduction = reduction;
        this.mean = mean;
    }

    /**
     * The attack on the within-word left-to-right mean.
     *
     * @return the shared default
     */
    public static LikelihoodRatioAttack withDefaults() {
        return DEFAULTS;
    }

    /**
     * The attack on another rule's log-likelihoods.
     *
     * @param other the rule
     * @return a copy
     */
    public LikelihoodRatioAttack withRule(MaskingRule other) {
        return new LikelihoodRatioAttack(other, reduction, mean);
    }

    /**
     * The attack with another reduction.
     *
     * @param other the reduction
     * @return a copy
     */
    public LikelihoodRatioAttack withReduction(Reduction other) {
        return new LikelihoodRatioAttack(rule, other, mean);
    }

    /**
     * The attack with another mean over several references.
     *
     * @param other the mean
     * @return a copy
     */
    public LikelihoodRatioAttack withReferenceMean(ReferenceMean other) {
        return new LikelihoodRatioAttack(rule, reduction, other);
    }

    @Override
    public String name() {
        return "likelihood-ratio";
    }

    @Override
    public String definition() {
        return "s = ll_T - " + mean.formula() + "; ll = " + reduction.label() + " of token log-likelihoods by " + rule.label();
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
        References.requireComparable(name(), 1, reduction, target, references);
    }

    @Override
    public double[] membershipScores(ScoreTable table, Population population) {
        return MembershipStatistic.likelihoodRatio(
                reduction.reduce(table.target().scores(rule, population)),
                mean.of(References.logLikelihoods(table, rule, reduction, population)));
    }
}
