package io.github.miaudit.likelihood;

import io.github.miaudit.metrics.CounterRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;

/**
 * Random masks that cover: in each repetition the content positions are cut at random into {@code ceil(N / n)} blocks
 * of nearly equal size, {@code n = max(1, floor(fraction N))}; each block M is masked together and scored,
 * {@code log P(w_i | w with M masked)} for i in M. Every token is scored exactly once a repetition, in about
 * {@code 1 / fraction} rows instead of N. The masks are a function of seed, text and repetition, as for
 * {@link EnergyRule}, of which this is the variant with less variance. There is no published validation of it for
 * membership inference. Immutable.
 */
public final class PartitionRule implements MaskingRule {

    static final PartitionRule DEFAULTS = new PartitionRule(0.15, 1, 1);

    private final double fraction;
    private final int repetitions;
    private final long seed;

    private PartitionRule(double fraction, int repetitions, long seed) {
        this.fraction = fraction;
        this.repetitions = repetitions;
        this.seed = seed;
    }

    /**
     * The rule with another share of masked tokens.
     *
     * @param other in (0, 1]
     * @return a copy
     * @throws IllegalArgumentException if it is not in (0, 1]
     */
    public PartitionRule withFraction(double other) {
        return new PartitionRule(RandomMasks.requireFraction(other), repetitions, seed);
    }

    /**
     * The rule with another number of repetitions.
     *
     * @param other at least 1
     * @return a copy
     * @throws IllegalArgumentException if it is not at least 1
     */
    public PartitionRule withRepetitions(int other) {
        return new PartitionRule(fraction, RandomMasks.requireCount("repetitions", other), seed);
    }

    /**
     * The rule with other masks.
     *
     * @param other any number
     * @return a copy
     */
    public PartitionRule withSeed(long other) {
        return new PartitionRule(fraction, repetitions, other);
    }

    @Override
    public String label() {
        return "partition(fraction=" + fraction + ",repetitions=" + repetitions + ",seed=" + seed + ")";
    }

    @Override
    public OptionalLong seed() {
        return OptionalLong.of(seed);
    }

    @Override
    public List<MaskedRow> rows(TokenSequence tokens) {
        int[] content = tokens.contentPositions();
        List<MaskedRow> rows = new ArrayList<>();
        for (int repetition = 0; repetition < repetitions && content.length > 0; repetition++) {
            int size = RandomMasks.count(fraction, content.length);
            int blocks = (content.length + size - 1) / size;
            int[] shuffled = new CounterRandom(seed, tokens.textKey(), repetition).sample(content, content.length);
            for (int block = 0; block < blocks; block++) {
                int from = (int) ((long) block * content.length / blocks);
                int to = (int) ((block + 1L) * content.length / blocks);
                int[] masked = Arrays.stream(shuffled, from, to).sorted().toArray();
                rows.add(new MaskedRow(masked, masked));
            }
        }
        return rows;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PartitionRule rule && label().equals(rule.label());
    }

    @Override
    public int hashCode() {
        return label().hashCode();
    }

    @Override
    public String toString() {
        return label();
    }
}
