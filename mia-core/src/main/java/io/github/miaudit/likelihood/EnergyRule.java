package io.github.miaudit.likelihood;

import io.github.miaudit.metrics.CounterRandom;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.IntStream;

/**
 * The energy of the 2022 paper: K times, {@code n = max(1, floor(fraction N))} random content positions M are masked
 * together and scored, {@code log P(w_i | w with M masked)} for i in M; K rows. The mean over all of them is minus
 * the energy {@code E = 1/K sum_k 1/n sum_(i in M_k) -log P}. A token may be scored several times or never.
 *
 * <p>The masks are a function of seed, text and draw: the same for every model whose tokenizer gives the text as
 * many tokens, in whatever order, batch or thread. Between models of different tokenizers the masks hide different
 * parts of the text, of which an audit warns.
 *
 * <p>Source: Mireshghallah et al. 2022, arXiv 2203.03929, and its released code (K = 20). Immutable.
 */
public final class EnergyRule implements MaskingRule {

    static final EnergyRule DEFAULTS = new EnergyRule(0.15, 20, 1);

    private final double fraction;
    private final int draws;
    private final long seed;

    private EnergyRule(double fraction, int draws, long seed) {
        this.fraction = fraction;
        this.draws = draws;
        this.seed = seed;
    }

    /**
     * The rule with another share of masked tokens.
     *
     * @param other in (0, 1]
     * @return a copy
     * @throws IllegalArgumentException if it is not in (0, 1]
     */
    public EnergyRule withFraction(double other) {
        return new EnergyRule(RandomMasks.requireFraction(other), draws, seed);
    }

    /**
     * The rule with another number of draws.
     *
     * @param other at least 1
     * @return a copy
     * @throws IllegalArgumentException if it is not at least 1
     */
    public EnergyRule withDraws(int other) {
        return new EnergyRule(fraction, RandomMasks.requireCount("draws", other), seed);
    }

    /**
     * The rule with other masks.
     *
     * @param other any number
     * @return a copy
     */
    public EnergyRule withSeed(long other) {
        return new EnergyRule(fraction, draws, other);
    }

    @Override
    public String label() {
        return "energy(fraction=" + fraction + ",draws=" + draws + ",seed=" + seed + ")";
    }

    @Override
    public OptionalLong seed() {
        return OptionalLong.of(seed);
    }

    @Override
    public List<MaskedRow> rows(TokenSequence tokens) {
        int[] content = tokens.contentPositions();
        if (content.length == 0) {
            return List.of();
        }
        int count = RandomMasks.count(fraction, content.length);
        return IntStream.range(0, draws)
                .mapToObj(draw -> new CounterRandom(seed, tokens.textKey(), draw).sample(content, count))
                .map(masked -> Arrays.stream(masked).sorted().toArray())
                .map(masked -> new MaskedRow(masked, masked))
                .toList();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof EnergyRule rule && label().equals(rule.label());
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
