package io.github.miaudit.membership;

import com.google.auto.service.AutoService;
import io.github.miaudit.likelihood.MaskingRule;
import io.github.miaudit.metrics.TokenGapStatistic;
import java.util.function.ToDoubleFunction;

/**
 * After EZ-MIA: what the target gained on the reference over what it lost, token by token.
 * {@code s = log((P + c) / (N + c))} with P the sum of the positive gaps {@code ll_T,t - ll_R,t} and N that of the negative ones'
 * sizes; see {@link TokenGapStatistic#gainsOverLosses}. By default c is 1 nat, by the within-word left-to-right rule. Of several
 * references the mean of a token's log-likelihoods is taken; they must have the target's tokenizer.
 *
 * <p>Two things differ from the paper. c is 0 there, and the ratio 0 where no gap is negative, so that the best known sentences would
 * rank last. And the paper takes only tokens that the target gets wrong, which stored log-likelihoods don't tell. Published for
 * causal models; for masked ones validated by this project's benchmark
 * alone.
 *
 * <p>Source: Ilić et al. 2026, arXiv 2601.12104.
 */
public final class EzMiaAttack extends TokenGapAttack<MaskingRule> {

    private static final EzMiaAttack DEFAULTS = new EzMiaAttack(MaskingRule.withinWordLeftToRight(), 1);

    private final double smoothing;

    private EzMiaAttack(MaskingRule rule, double smoothing) {
        super(rule);
        this.smoothing = smoothing;
    }

    /** The attack by the within-word left-to-right rule, c = 1 nat. */
    public static EzMiaAttack withDefaults() {
        return DEFAULTS;
    }

    /** The attack on another rule's log-likelihoods. */
    public EzMiaAttack withRule(MaskingRule other) {
        return new EzMiaAttack(other, smoothing);
    }

    /**
     * The attack with another c.
     *
     * @param other nats, above 0
     * @throws IllegalArgumentException if it is not positive and finite
     */
    public EzMiaAttack withSmoothing(double other) {
        if (!(other > 0 && other < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("smoothing is " + other + "; it must be positive");
        }
        return new EzMiaAttack(rule, other);
    }

    @Override
    public String name() {
        return "ez-mia";
    }

    @Override
    public String definition() {
        return "s = log((sum of gaps above 0 + " + smoothing + ") / (sum of sizes of gaps below 0 + " + smoothing
                + ")); gap = ll_T - mean_k ll_Rk of a token by " + rule.label();
    }

    @Override
    ToDoubleFunction<PairedTokens> statistic() {
        return tokens -> TokenGapStatistic.gainsOverLosses(tokens.target(), tokens.reference(), smoothing);
    }

    /** The attack by its name, for {@link java.util.ServiceLoader}. */
    @AutoService(NamedAttack.class)
    public static final class ByName extends NamedAttack {
        public ByName() {
            super("ez-mia", settings -> DEFAULTS.withRule(settings.logLikelihood().rule()));
        }
    }
}
