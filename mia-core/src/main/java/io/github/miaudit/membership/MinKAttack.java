package io.github.miaudit.membership;

import io.github.miaudit.data.Population;
import io.github.miaudit.likelihood.MaskingRule;
import io.github.miaudit.likelihood.ScoreTable;
import io.github.miaudit.metrics.MembershipStatistic;
import java.util.Set;

/**
 * Min-K%, experimental: the mean of the sentence's least likely tokens, {@code max(1, floor(share n))} of them. A
 * member has few surprising tokens. Needs no reference. Defined for causal models; for masked ones there is no
 * published validation. By default the lowest 20 % of the log-likelihoods by rule {@code original}.
 *
 * <p>Source: Shi et al. 2024, arXiv 2310.16789.
 */
public final class MinKAttack implements MembershipAttack {

    private static final MinKAttack DEFAULTS = new MinKAttack(MaskingRule.original(), 0.2);

    private final MaskingRule rule;
    private final double share;

    private MinKAttack(MaskingRule rule, double share) {
        this.rule = rule;
        this.share = share;
    }

    /**
     * The attack on the lowest 20 % by rule {@code original}.
     *
     * @return the shared default
     */
    public static MinKAttack withDefaults() {
        return DEFAULTS;
    }

    /**
     * The attack on another rule's log-likelihoods.
     *
     * @param other the rule
     * @return a copy
     */
    public MinKAttack withRule(MaskingRule other) {
        return new MinKAttack(other, share);
    }

    /**
     * The attack on another share of the tokens.
     *
     * @param other in (0, 1]
     * @return a copy
     * @throws IllegalArgumentException if it is not in (0, 1]
     */
    public MinKAttack withShare(double other) {
        if (!(other > 0 && other <= 1)) {
            throw new IllegalArgumentException("share is " + other + "; it must be in (0, 1]");
        }
        return new MinKAttack(rule, other);
    }

    @Override
    public String name() {
        return "experimental-min-k";
    }

    @Override
    public String definition() {
        return "s = mean of the lowest " + share + " of token log-likelihoods by " + rule.label();
    }

    @Override
    public Set<MaskingRule> targetRules() {
        return Set.of(rule);
    }

    @Override
    public double[] membershipScores(ScoreTable table, Population population) {
        return table.target().scores(rule, population).stream()
                .mapToDouble(score -> MembershipStatistic.lowestMean(score.logLikelihoods(), share)).toArray();
    }
}
