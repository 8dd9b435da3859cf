package io.github.miaudit.membership;

import com.google.auto.service.AutoService;
import io.github.miaudit.io.AuditException;
import io.github.miaudit.likelihood.MaskingRule;
import io.github.miaudit.likelihood.SequenceScore;
import io.github.miaudit.metrics.MembershipStatistic;

/**
 * Min-K%++, experimental: as {@link MinKAttack}, but of log-likelihoods in units of what the target itself expects
 * at each token, {@code (lp_i - mu_i) / sigma_i}. Needs no reference, but a scorer that reports
 * {@link SequenceScore#moments()}. Defined for causal models; for masked ones there is no published validation. By
 * default the lowest 20 % by rule {@code original}.
 *
 * <p>Source: Zhang et al. 2024, arXiv 2404.02936.
 */
public final class MinKPlusPlusAttack extends LowestTokensAttack<MinKPlusPlusAttack> {

    private static final MinKPlusPlusAttack DEFAULTS = new MinKPlusPlusAttack(MaskingRule.original(), 0.2);

    private MinKPlusPlusAttack(MaskingRule rule, double share) {
        super(rule, share);
    }

    /** The attack on the lowest 20 % by rule {@code original}. */
    public static MinKPlusPlusAttack withDefaults() {
        return DEFAULTS;
    }

    @Override
    MinKPlusPlusAttack with(MaskingRule otherRule, double otherShare) {
        return new MinKPlusPlusAttack(otherRule, otherShare);
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
    public boolean needsVocabularyMoments() {
        return true;
    }

    @Override
    double[] tokens(SequenceScore score) {
        SequenceScore.VocabularyMoments moments = score.moments()
                .orElseThrow(() -> new AuditException("sentence " + score.id() + " has no vocabulary moments, which attack " + name()
                        + " needs; let the scorer compute them (MaskedLmOptions.withVocabularyMoments)"));
        return MembershipStatistic.standardised(score.logLikelihoods(), moments.means(), moments.deviations());
    }

    /** The attack by its name, for {@link java.util.ServiceLoader}. */
    @AutoService(NamedAttack.class)
    public static final class ByName extends NamedAttack {
        public ByName() {
            super("experimental-min-k-plus-plus", settings -> DEFAULTS);
        }
    }
}
