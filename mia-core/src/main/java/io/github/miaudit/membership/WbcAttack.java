package io.github.miaudit.membership;

import com.google.auto.service.AutoService;
import io.github.miaudit.likelihood.MaskingRule;
import io.github.miaudit.metrics.TokenGapStatistic;
import java.util.Arrays;
import java.util.function.ToDoubleFunction;

/**
 * WBC, window-based comparison: the share of windows of consecutive tokens that the target finds likelier than the
 * reference does, the mean over several lengths of window; see {@link TokenGapStatistic#windowVotes}. By default windows of 2, 3, 4, 6,
 * 9, 13, 18, 25, 32 and 40 tokens, the authors' own, by the within-word left-to-right rule. Of several references the mean of a token's
 * log-likelihoods is taken; they must have the target's tokenizer.
 *
 * <p>A window longer than a sentence is the whole sentence, so that in short sentences most votes are the same; few different scores
 * are possible there, and many sentences tie at 0 and 1. By rules that score a token several times, windows are of consecutive
 * scorings. Published for texts of hundreds of tokens and causal models; for masked ones validated by this project's benchmark
 * alone.
 *
 * <p>Source: Chen et al. 2026, arXiv 2601.02751, and its released code.
 */
public final class WbcAttack extends TokenGapAttack<MaskingRule> {

    private static final WbcAttack DEFAULTS = new WbcAttack(MaskingRule.withinWordLeftToRight(), 2, 3, 4, 6, 9, 13, 18, 25, 32, 40);

    private final int[] windows;

    private WbcAttack(MaskingRule rule, int... windows) {
        super(rule);
        this.windows = windows;
    }

    /** The attack by the within-word left-to-right rule, with the authors' windows. */
    public static WbcAttack withDefaults() {
        return DEFAULTS;
    }

    /** The attack on another rule's log-likelihoods. */
    public WbcAttack withRule(MaskingRule other) {
        return new WbcAttack(other, windows);
    }

    /**
     * The attack with other windows.
     *
     * @param lengths in tokens, each at least 1; at least one
     * @throws IllegalArgumentException if there is none or one is below 1
     */
    public WbcAttack withWindows(int... lengths) {
        if (lengths.length == 0 || Arrays.stream(lengths).anyMatch(length -> length < 1)) {
            throw new IllegalArgumentException("window lengths are " + Arrays.toString(lengths) + "; there must be at least one, each at"
                    + " least 1");
        }
        return new WbcAttack(rule, lengths.clone());
    }

    @Override
    public String name() {
        return "wbc";
    }

    @Override
    public String definition() {
        return "s = mean over windows of " + Arrays.toString(windows) + " tokens of the share in which ll_T > mean_k ll_Rk; by "
                + rule.label();
    }

    @Override
    ToDoubleFunction<PairedTokens> statistic() {
        return tokens -> TokenGapStatistic.windowVotes(tokens.target(), tokens.reference(), windows);
    }

    /** The attack by its name, for {@link java.util.ServiceLoader}. */
    @AutoService(NamedAttack.class)
    public static final class ByName extends NamedAttack {
        public ByName() {
            super("wbc", settings -> DEFAULTS.withRule(settings.logLikelihood().rule()));
        }
    }
}
