package io.github.miaudit.likelihood;

import com.google.auto.service.AutoService;
import io.github.miaudit.metrics.CounterRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;

/**
 * Masks that grow: in step s = 1 … S, {@code max(1, round((a + (b - a) s / (S + 1)) N))} of the N content positions are hidden, those of
 * the steps before and others drawn at random; what was hidden last is scored, {@code log P(w_i | w with all hidden so far masked)}. A step
 * that hides nothing new has no row, so there are at most S rows, and most tokens are never scored. By default a = 0.05, b = 0.5, S = 4,
 * seed 1.
 *
 * <p>The shares and their spacing, which reaches neither end, are the authors' code's; it counts the special tokens among the N and may
 * hide them, which is not done here. A half is rounded to the even number. The masks are a function of seed and N, and not of the text,
 * so that an attack can tell from a score which step a token was scored in ({@link #steps}). Immutable.
 *
 * <p>Source: Chen et al. 2026, arXiv 2601.20125, for diffusion language models; of models that are trained on one share of masks there is
 * no published validation.
 */
public final class ProgressiveRule implements MaskingRule {

    static final ProgressiveRule DEFAULTS = new ProgressiveRule(0.05, 0.5, 4, 1);

    private final double least;
    private final double most;
    private final int steps;
    private final long seed;
    private final String label;

    private ProgressiveRule(double least, double most, int steps, long seed) {
        this.least = least;
        this.most = most;
        this.steps = steps;
        this.seed = seed;
        label = "progressive(least=" + least + ",most=" + most + ",steps=" + steps + ",seed=" + seed + ")";
    }

    /**
     * The rule with other shares of hidden tokens.
     *
     * @param first a, in (0, 1]
     * @param last  b, in [a, 1]
     * @throws IllegalArgumentException unless 0 &lt; a &le; b &le; 1
     */
    public ProgressiveRule withFractions(double first, double last) {
        if (!(first > 0 && first <= last && last <= 1)) {
            throw new IllegalArgumentException("masked fractions are " + first + " and " + last + "; they must rise, in (0, 1]");
        }
        return new ProgressiveRule(first, last, steps, seed);
    }

    /**
     * The rule with another number of steps.
     *
     * @param other at least 1
     * @throws IllegalArgumentException if it is not at least 1
     */
    public ProgressiveRule withSteps(int other) {
        if (other < 1) {
            throw new IllegalArgumentException("steps are " + other + "; at least 1 is needed");
        }
        return new ProgressiveRule(least, most, other, seed);
    }

    /** The rule with other masks. */
    public ProgressiveRule withSeed(long other) {
        return new ProgressiveRule(least, most, steps, other);
    }

    @Override
    public Optional<MaskingRule> withParameter(String parameter, Number value) {
        return switch (parameter) {
            case "least" -> Optional.of(withFractions(value.doubleValue(), Math.max(value.doubleValue(), most)));
            case "most" -> Optional.of(withFractions(least, value.doubleValue()));
            case "steps" -> Optional.of(withSteps(value.intValue()));
            case "seed" -> Optional.of(withSeed(value.longValue()));
            default -> Optional.empty();
        };
    }

    @Override
    public String label() {
        return label;
    }

    @Override
    public OptionalLong seed() {
        return OptionalLong.of(seed);
    }

    /**
     * Which content tokens each step hides anew, from 0, ascending.
     *
     * @param contentCount N
     * @return the steps that hide any, in order; none if N is 0
     */
    public List<int[]> steps(int contentCount) {
        int[] order = new CounterRandom(seed, contentCount).sample(IntStream.range(0, contentCount).toArray(), contentCount);
        List<int[]> hidden = new ArrayList<>();
        int before = 0;
        for (int step = 1; step <= steps && contentCount > 0; step++) {
            int wanted = (int) Math.max(1, Math.rint((least + (most - least) * step / (steps + 1)) * contentCount));
            if (wanted > before) {
                int[] anew = Arrays.copyOfRange(order, before, wanted);
                Arrays.sort(anew);
                hidden.add(anew);
                before = wanted;
            }
        }
        return hidden;
    }

    @Override
    public List<MaskedRow> rows(TokenSequence tokens) {
        int[] content = tokens.contentPositions();
        List<MaskedRow> rows = new ArrayList<>();
        int[] masked = {};
        for (int[] anew : steps(content.length)) {
            int[] targets = Arrays.stream(anew).map(token -> content[token]).toArray();
            masked = IntStream.concat(Arrays.stream(masked), Arrays.stream(targets)).sorted().toArray();
            rows.add(new MaskedRow(masked, targets));
        }
        return Collections.unmodifiableList(rows);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ProgressiveRule rule && label.equals(rule.label);
    }

    @Override
    public int hashCode() {
        return label.hashCode();
    }

    @Override
    public String toString() {
        return label;
    }

    /** The rule by its name, for {@link java.util.ServiceLoader}. */
    @AutoService(NamedRules.class)
    public static final class ByName extends NamedRules {
        public ByName() {
            super(DEFAULTS);
        }
    }
}
