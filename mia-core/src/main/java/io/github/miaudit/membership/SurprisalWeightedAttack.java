package io.github.miaudit.membership;

import com.google.auto.service.AutoService;
import io.github.miaudit.likelihood.MaskingRule;
import io.github.miaudit.metrics.TokenGapStatistic;
import java.util.function.ToDoubleFunction;

/**
 * The likelihood ratio of what was hard to foresee, experimental: the mean over tokens of {@code ll_T,t - ll_R,t}, weighted by the
 * reference's surprisal {@code -ll_R,t}; see {@link TokenGapStatistic#surprisalWeighted}. By default by the within-word left-to-right
 * rule. Of several references the mean of a token's log-likelihoods is taken; they must have the target's tokenizer.
 *
 * <p>The reference is in the weights as well as in the gaps: where it errs by chance, a gap is wide and weighs more. Sets that the
 * reference finds hard to different degrees can look told apart by that alone, which the blind checks are there to find. There is no
 * published validation.
 */
public final class SurprisalWeightedAttack extends TokenGapAttack<MaskingRule> {

    private static final SurprisalWeightedAttack DEFAULTS = new SurprisalWeightedAttack(MaskingRule.withinWordLeftToRight());

    private SurprisalWeightedAttack(MaskingRule rule) {
        super(rule);
    }

    /** The attack by the within-word left-to-right rule. */
    public static SurprisalWeightedAttack withDefaults() {
        return DEFAULTS;
    }

    /** The attack on another rule's log-likelihoods. */
    public SurprisalWeightedAttack withRule(MaskingRule other) {
        return new SurprisalWeightedAttack(other);
    }

    @Override
    public String name() {
        return "experimental-surprisal-weighted";
    }

    @Override
    public String definition() {
        return "s = mean of ll_T - mean_k ll_Rk over tokens, weighted by -mean_k ll_Rk; by " + rule.label();
    }

    @Override
    ToDoubleFunction<PairedTokens> statistic() {
        return tokens -> TokenGapStatistic.surprisalWeighted(tokens.target(), tokens.reference());
    }

    /** The attack by its name, for {@link java.util.ServiceLoader}. */
    @AutoService(NamedAttack.class)
    public static final class ByName extends NamedAttack {
        public ByName() {
            super("experimental-surprisal-weighted", settings -> DEFAULTS.withRule(settings.logLikelihood().rule()));
        }
    }
}
