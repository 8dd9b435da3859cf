package io.github.miaudit.membership;

import io.github.miaudit.data.Population;
import io.github.miaudit.io.AuditException;
import io.github.miaudit.likelihood.MaskingRule;
import io.github.miaudit.likelihood.ScoreTable;
import io.github.miaudit.likelihood.SequenceScore;
import io.github.miaudit.metrics.MembershipStatistic;
import java.util.Set;

/**
 * Min-K%++, experimental: as {@link MinKAttack}, but of log-likelihoods in units of what the target itself expects
 * at each token, {@code (lp_i - mu_i) / sigma_i}. Needs no reference, but a scorer that reports
 * {@link SequenceScore#moments()}. Defined for causal models; for masked ones there is no published validation. By
 * default the lowest 20 % by rule {@code original}.
 *
 * <p>Source: Zhang et al. 2024, arXiv 2404.02936.
 */
public final class MinKPlusPlusAttack implements MembershipAttack {

    private static final MinKPlusPlusAttack DEFAULTS = new MinKPlusPlusAttack(MaskingRule.original(), 0.2);

    private final MaskingRule rule;
    private final double share;

    private MinKPlusPlusAttack(MaskingRule rule, double share) {
        this.rule = rule;
        this.share = share;
    }

    /**
     * The attack on the lowest 20 % by rule {@code original}.
     *
     * @return the shared default
     */
    public static MinKPlusPlusAttack withDefaults() {
        return DEFAULTS;
    }

    /**
     * The attack on another rule's log-likelihoods.
     *
     * @param other the rule
     * @return a copy
     */
    public MinKPlusPlusAttack withRule(MaskingRule other) {
        return new MinKPlusPlusAttack(other, share);
    }

    /**
     * The attack on another share of the tokens.
     *
     * @param other in (0, 1]
     * @return a copy
     * @throws IllegalArgumentException if it is not in (0, 1]
     */
    public MinKPlusPlusAttack withShare(double other) {
        if (!(other > 0 && other <= 1)) {
            throw new IllegalArgumentException("share is " + other + "; it must be in (0, 1]");
        }
        return new MinKPlusPlusAttack(rule, other);
    }

    @Override
    public String name() {
        return "experimental-min-k-plus-plus";
    }

    @Override
    public String definition() {
        return "s = mean of the lowest " + share + " of (lp - mu) / sigma by " + rule.label();
    }

    @Override
    public Set<MaskingRule> targetRules() {
        return Set.of(rule);
    }

    @Override
    public double[] membershipScores(ScoreTable table, Population population) {
        return table.target().scores(rule, population).stream().mapToDouble(this::membershipScore).toArray();
    }

    private double membershipScore(SequenceScore score) {
        SequenceScore.VocabularyMoments moments = score.moments().orElseThrow(() -> new AuditException("sentence " + score.id()
                + " has no vocabulary moments, which attack " + name() + " needs; let the scorer compute them (MaskedLmOptions.withVocabularyMoments)"));
        return MembershipStatistic.lowestMean(MembershipStatistic.standardised(score.logLikelihoods(), moments.means(), moments.deviations()), share);
    }
}
