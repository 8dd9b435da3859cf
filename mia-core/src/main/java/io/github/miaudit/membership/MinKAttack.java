package io.github.miaudit.membership;

import com.google.auto.service.AutoService;
import io.github.miaudit.likelihood.MaskingRule;
import io.github.miaudit.likelihood.SequenceScore;

/**
 * Min-K%, experimental: the mean of the sentence's least likely tokens, {@code max(1, floor(share n))} of them. A
 * member has few surprising tokens. Needs no reference. Defined for causal models; for masked ones there is no
 * published validation. By default the lowest 20 % of the log-likelihoods by rule {@code original}.
 *
 * <p>Source: Shi et al. 2024, arXiv 2310.16789.
 */
public final class MinKAttack extends LowestTokensAttack<MinKAttack> {

    private static final MinKAttack DEFAULTS = new MinKAttack(MaskingRule.original(), 0.2);

    private MinKAttack(MaskingRule rule, double share) {
        super(rule, share);
    }

    /** The attack on the lowest 20 % by rule {@code original}. */
    public static MinKAttack withDefaults() {
        return DEFAULTS;
    }

    @Override
    MinKAttack with(MaskingRule otherRule, double otherShare) {
        return new MinKAttack(otherRule, otherShare);
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
    double[] tokens(SequenceScore score) {
        return score.logLikelihoods();
    }

    /** The attack by its name, for {@link java.util.ServiceLoader}. */
    @AutoService(NamedAttack.class)
    public static final class ByName extends NamedAttack {
        public ByName() {
            super("experimental-min-k", settings -> DEFAULTS);
        }
    }
}
