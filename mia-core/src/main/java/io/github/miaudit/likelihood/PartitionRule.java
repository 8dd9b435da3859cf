package io.github.miaudit.likelihood;

import com.google.auto.service.AutoService;
import io.github.miaudit.metrics.CounterRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Random masks that cover: in each repetition the content positions are cut at random into {@code ceil(N / n)} blocks
 * of nearly equal size, {@code n = max(1, floor(fraction N))}; each block M is masked together and scored,
 * {@code log P(w_i | w with M masked)} for i in M. Every token is scored exactly once a repetition, in about
 * {@code 1 / fraction} rows instead of N. The masks are a function of seed, text and repetition, as for
 * {@link EnergyRule}, of which this is the variant with less variance. There is no published validation of it for
 * membership inference. Immutable.
 */
public final class PartitionRule extends RandomMaskRule<PartitionRule> {

    static final PartitionRule DEFAULTS = new PartitionRule(0.15, 1, 1);

    private PartitionRule(double fraction, int repetitions, long seed) {
        super("partition", fraction, "repetitions", repetitions, seed);
    }

    /**
     * The rule with another number of repetitions.
     *
     * @param other at least 1
     * @throws IllegalArgumentException if it is not at least 1
     */
    public PartitionRule withRepetitions(int other) {
        return withTimes(other);
    }

    @Override
    PartitionRule with(double otherFraction, int otherRepetitions, long otherSeed) {
        return new PartitionRule(otherFraction, otherRepetitions, otherSeed);
    }

    @Override
    List<int[]> masks(int[] content, int size, CounterRandom random) {
        int blocks = (content.length + size - 1) / size;
        int[] shuffled = random.sample(content, content.length);
        List<int[]> masks = new ArrayList<>(blocks);
        for (int block = 0; block < blocks; block++) {
            masks.add(Arrays.copyOfRange(shuffled, (int) ((long) block * content.length / blocks),
                    (int) ((block + 1L) * content.length / blocks)));
        }
        return masks;
    }

    /** The rule by its name, for {@link java.util.ServiceLoader}. */
    @AutoService(NamedRules.class)
    public static final class ByName extends NamedRules {
        public ByName() {
            super(DEFAULTS);
        }
    }
}
