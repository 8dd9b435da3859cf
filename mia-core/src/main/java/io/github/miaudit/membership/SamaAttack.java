package io.github.miaudit.membership;

import com.google.auto.service.AutoService;
import io.github.miaudit.data.Population;
import io.github.miaudit.likelihood.MaskingRule;
import io.github.miaudit.likelihood.ModelIdentity;
import io.github.miaudit.likelihood.ProgressiveRule;
import io.github.miaudit.likelihood.ScoreTable;
import io.github.miaudit.likelihood.SequenceScore;
import io.github.miaudit.metrics.CounterRandom;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
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
public final class SamaAttack implements MembershipAttack {

    private static final int SUBSETS = 128;
    private static final int SUBSET_SIZE = 8;
    private static final SamaAttack DEFAULTS = new SamaAttack(MaskingRule.progressive(), 1);

    private final ProgressiveRule rule;
    private final long seed;

    private SamaAttack(ProgressiveRule rule, long seed) {
        this.rule = rule;
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
    public Set<MaskingRule> targetRules() {
        return Set.of(rule);
    }

    @Override
    public Set<MaskingRule> referenceRules() {
        return targetRules();
    }

    @Override
    public void requireApplicable(ModelIdentity target, List<ModelIdentity> references) {
        PairedTokens.requireApplicable(name(), 1, target, references);
    }

    /**
     * {@inheritDoc}
     *
     * @throws io.github.miaudit.io.AuditException if a reference did not score the tokens of a sentence that the target did
     */
    @Override
    public double[] membershipScores(ScoreTable table, Population population) {
        List<SequenceScore> target = table.target().scores(rule, population);
        return IntStream.range(0, target.size())
                .mapToDouble(row -> score(PairedTokens.of(name(), table, rule, population, row), target.get(row).status())).toArray();
    }

    private double score(PairedTokens tokens, SequenceScore.Status status) {
        double[] gaps = IntStream.range(0, tokens.target().length).mapToDouble(token -> tokens.target()[token] - tokens.reference()[token])
                .toArray();
        if (status == SequenceScore.Status.WINDOWED) {
            return vote(gaps, 0);
        }
        List<int[]> steps = rule.steps(tokens.tokenCount());
        int[] scored = steps.stream().flatMapToInt(Arrays::stream).sorted().toArray(); // whose gaps there are, in this order
        TreeMap<Integer, Double> hidden = new TreeMap<>();
        double votes = 0;
        double weights = 0;
        for (int step = 0; step < steps.size(); step++) {
            for (int token : steps.get(step)) {
                hidden.put(token, gaps[Arrays.binarySearch(scored, token)]);
            }
            double weight = 1 / (step + 1.0);
            votes += weight * vote(hidden.values().stream().mapToDouble(Double::doubleValue).toArray(), step);
            weights += weight;
        }
        return votes / weights;
    }

    private double vote(double[] gaps, int step) {
        if (gaps.length <= SUBSET_SIZE) {
            return Arrays.stream(gaps).sum() > 0 ? 1 : 0;
        }
        int[] places = IntStream.range(0, gaps.length).toArray();
        CounterRandom random = new CounterRandom(seed, gaps.length, step);
        int positive = 0;
        for (int subset = 0; subset < SUBSETS; subset++) {
            positive += Arrays.stream(random.sample(places, SUBSET_SIZE)).mapToDouble(place -> gaps[place]).sum() > 0 ? 1 : 0;
        }
        return positive / (double) SUBSETS;
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
