package io.github.miaudit.likelihood;

import io.github.miaudit.metrics.CounterRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A rule that draws masks at random, several times, and scores what each hides.
 *
 * @param <R> the rule itself, which copies are of
 */
abstract sealed class RandomMaskRule<R extends MaskingRule> implements MaskingRule permits EnergyRule, PartitionRule {

    private final String label;
    private final String timesName;
    private final double fraction;
    private final int times;
    private final long seed;

    /** {@code what} the times are called. */
    RandomMaskRule(String name, double fraction, String what, int times, long seed) {
        if (!(fraction > 0 && fraction <= 1)) {
            throw new IllegalArgumentException("masked fraction is " + fraction + "; it must be in (0, 1]");
        }
        if (times < 1) {
            throw new IllegalArgumentException(what + " are " + times + "; at least 1 is needed");
        }
        this.label = name + "(fraction=" + fraction + "," + what + "=" + times + ",seed=" + seed + ")";
        this.timesName = what;
        this.fraction = fraction;
        this.times = times;
        this.seed = seed;
    }

    /**
     * The rule with another share of masked tokens.
     *
     * @param other in (0, 1]
     * @throws IllegalArgumentException if it is not in (0, 1]
     */
    public final R withFraction(double other) {
        return with(other, times, seed);
    }

    /** The rule with other masks. */
    public final R withSeed(long other) {
        return with(fraction, times, other);
    }

    final R withTimes(int other) {
        return with(fraction, other, seed);
    }

    @Override
    public final Optional<MaskingRule> withParameter(String parameter, Number value) {
        return switch (parameter) {
            case "fraction" -> Optional.of(withFraction(value.doubleValue()));
            case "seed" -> Optional.of(withSeed(value.longValue()));
            default -> parameter.equals(timesName) ? Optional.of(withTimes(value.intValue())) : Optional.empty();
        };
    }

    abstract R with(double otherFraction, int otherTimes, long otherSeed);

    @Override
    public final String label() {
        return label;
    }

    @Override
    public final OptionalLong seed() {
        return OptionalLong.of(seed);
    }

    @Override
    public final List<MaskedRow> rows(TokenSequence tokens) {
        int[] content = tokens.contentPositions();
        if (content.length == 0) {
            return List.of();
        }
        int size = Math.max(1, (int) Math.floor(fraction * content.length));
        List<MaskedRow> rows = new ArrayList<>();
        for (int time = 0; time < times; time++) {
            for (int[] masked : masks(content, size, new CounterRandom(seed, tokens.textKey(), time))) {
                Arrays.sort(masked);
                rows.add(new MaskedRow(masked, masked));
            }
        }
        return Collections.unmodifiableList(rows);
    }

    /** The masks of one time, of about a size, in any order; arrays of its own. */
    abstract List<int[]> masks(int[] content, int size, CounterRandom random);

    @Override
    public final boolean equals(Object other) {
        return other instanceof RandomMaskRule<?> rule && label.equals(rule.label);
    }

    @Override
    public final int hashCode() {
        return label.hashCode();
    }

    @Override
    public final String toString() {
        return label;
    }
}
