package io.github.miaudit.membership;

import com.google.auto.service.AutoService;
import io.github.miaudit.likelihood.MaskingRule;
import io.github.miaudit.likelihood.ProgressiveRule;
import io.github.miaudit.likelihood.SequenceScore;
import io.github.miaudit.metrics.CounterRandom;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * SAMA, experimental: votes of random subsets of tokens under masks that grow. {@code s = sum_k v_k / k / sum_k 1 / k} over the steps of
 * {@link ProgressiveRule}, with {@code v_k} the share, among 128 subsets of 8 of the tokens hidden so far, of those whose gaps
 * {@code ll_T - ll_R} have a sum above 0; where there are no more than 8 tokens, all of them vote at once. In [0, 1], and of few different
 * values in short sentences. Needs a reference with the target's tokenizer; of several, the mean of a token's log-likelihoods counts.
 *
 * <p>The formula and its parameters are the authors' code's, which skips a step that hides nothing new unless another sentence of
 * its batch does; here it is always skipped. A token keeps the log-likelihood of the step that hid it, as there. Sentences that are longer
 * than the model and scored in windows have the last vote alone, over all tokens. Subsets are a function of the seed, of how many
 * tokens are hidden and of the step, so that equal gaps score alike. Published for diffusion language models; for masked ones there is no
 * published validation.
 *
 * <p>Source: Chen et al. 2026, arXiv 2601.20125.
 */
public final class SamaAttack extends TokenGapAttack<ProgressiveRule> {

    private static final int SUBSETS = 128;
    private static final int SUBSET_SIZE = 8;
    private static final SamaAttack DEFAULTS = new SamaAttack(MaskingRule.progressive(), 1);

    private final long seed;

    private SamaAttack(ProgressiveRule rule, long seed) {
        super(rule);
        this.seed = seed;
    }

    /** The attack by the rule {@code progressive}, seed 1. */
    public static SamaAttack withDefaults() {
        return DEFAULTS;
    }

    /** The attack with other masks, such as in 16 steps. */
    public SamaAttack withRule(ProgressiveRule other) {
        return new SamaAttack(other, seed);
    }

    /** The attack with other subsets. */
    public SamaAttack withSeed(long other) {
        return new SamaAttack(rule, other);
    }

    @Override
    public String name() {
        return "experimental-sama";
    }

    @Override
    public String definition() {
        return "s = mean over steps k, weighted by 1 / k, of the share of " + SUBSETS + " subsets of " + SUBSET_SIZE
                + " hidden tokens with sum of ll_T - mean_k ll_Rk > 0, seed " + seed + "; by " + rule.label();
    }

    @Override
    ToDoubleFunction<PairedTokens> statistic() {
        Map<Integer, List<Vote>> byTokenCount = new HashMap<>();
        return tokens -> {
            double[] gaps = tokens.gaps();
            if (tokens.status() == SequenceScore.Status.WINDOWED) {
                return vote(IntStream.range(0, gaps.length).toArray(), 0).of(gaps);
            }
            return weighted(byTokenCount.computeIfAbsent(tokens.tokenCount(), this::votes), gaps);
        };
    }

    private static double weighted(List<Vote> votes, double[] gaps) {
        double sum = 0;
        double weights = 0;
        for (int step = 0; step < votes.size(); step++) {
            double weight = 1 / (step + 1.0);
            sum += weight * votes.get(step).of(gaps);
            weights += weight;
        }
        return sum / weights;
    }

    /** One a step, for all sentences of so many tokens. */
    private List<Vote> votes(int tokenCount) {
        List<int[]> steps = rule.steps(tokenCount);
        int[] scored = sorted(steps); // whose gaps there are, in this order
        return IntStream.range(0, steps.size()).mapToObj(step -> vote(
                Arrays.stream(sorted(steps.subList(0, step + 1))).map(token -> Arrays.binarySearch(scored, token)).toArray(), step))
                .toList();
    }

    private static int[] sorted(List<int[]> steps) {
        return steps.stream().flatMapToInt(Arrays::stream).sorted().toArray();
    }

    private Vote vote(int[] hidden, int step) {
        CounterRandom random = new CounterRandom(seed, hidden.length, step);
        return new Vote(hidden.length <= SUBSET_SIZE ? hidden
                : IntStream.range(0, SUBSETS).flatMap(subset -> IntStream.of(random.sample(hidden, SUBSET_SIZE))).toArray());
    }

    /**
     * Who votes at a step.
     *
     * @param places in a sentence's gaps, of one subset behind the other; no more than are in a subset if they vote at once
     */
    private record Vote(int[] places) {

        /** The share of subsets whose gaps have a sum above 0. */
        double of(double[] gaps) {
            if (places.length <= SUBSET_SIZE) {
                return IntStream.of(places).mapToDouble(place -> gaps[place]).sum() > 0 ? 1 : 0;
            }
            int positive = 0;
            for (int first = 0; first < places.length; first += SUBSET_SIZE) {
                double sum = 0;
                for (int place = 0; place < SUBSET_SIZE; place++) {
                    sum += gaps[places[first + place]];
                }
                positive += (int) (Double.doubleToRawLongBits(0 - sum) >>> Long.SIZE - 1); // 1 if above 0; processors can't foresee it
            }
            return positive / (double) SUBSETS;
        }
    }

    /** The attack by its name, for {@link java.util.ServiceLoader}. */
    @AutoService(NamedAttack.class)
    public static final class ByName extends NamedAttack {
        public ByName() {
            super("experimental-sama",
                    settings -> settings.logLikelihood().rule() instanceof ProgressiveRule chosen ? DEFAULTS.withRule(chosen) : DEFAULTS);
        }
    }
}
