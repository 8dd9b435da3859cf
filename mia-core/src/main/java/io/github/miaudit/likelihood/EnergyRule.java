package io.github.miaudit.likelihood;

import com.google.auto.service.AutoService;
import io.github.miaudit.metrics.CounterRandom;
import java.util.List;

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
public final class EnergyRule extends RandomMaskRule<EnergyRule> {

    static final EnergyRule DEFAULTS = new EnergyRule(0.15, 20, 1);

    private EnergyRule(double fraction, int draws, long seed) {
        super("energy", fraction, "draws", draws, seed);
    }

    /**
     * The rule with another number of draws.
     *
     * @param other at least 1
     * @throws IllegalArgumentException if it is not at least 1
     */
    public EnergyRule withDraws(int other) {
        return withTimes(other);
    }

    @Override
    EnergyRule with(double otherFraction, int otherDraws, long otherSeed) {
        return new EnergyRule(otherFraction, otherDraws, otherSeed);
    }

    @Override
    List<int[]> masks(int[] content, int size, CounterRandom random) {
        return List.of(random.sample(content, size));
    }

    /** The rule by its name, for {@link java.util.ServiceLoader}. */
    @AutoService(NamedRules.class)
    public static final class ByName extends NamedRules {
        public ByName() {
            super(DEFAULTS);
        }
    }
}
