package io.github.miaudit.metrics;

import java.util.Arrays;
import java.util.List;

/**
 * Whether a model prefers the true identifiers to others that could as well have stood in their place: the mean exposure, against
 * draws in which one of the candidates stands for the true one, patient by patient ({@link RankRandomisation}). The mean exposure was
 * chosen beforehand, by its power (measured in {@code benchmarks}): where the model prefers all true ones a little, it finds that nearly
 * as often as the mean rank does; where it prefers a few by much, half as often again.
 *
 * @param meanExposure     in bits, the mean over patients of the mean over their identities
 * @param exposureByChance its mean over all draws
 * @param pValue           {@code (1 + #{draws with a mean exposure at least as large}) / (1 + draws)}, in (0, 1]
 */
public record PreferenceTest(double meanExposure, double exposureByChance, double pValue) {

    private static final double NOISE = 1e-9; // of sums in bits

    /**
     * Tests. If a model knows nothing of the true identifiers, the p-value is at most alpha in at most alpha of all cases, for any number
     * of patients, identities, mentions and surrogates and with any ties. Costs as
     * {@link RankRandomisation#drawn}.
     *
     * @param draws at least 99; 9999 are usual
     * @throws IllegalArgumentException if there are fewer draws
     * @see <a href="https://doi.org/10.2202/1544-6115.1585">Phipson and Smyth 2010, on counting the observed one</a>
     */
    public static PreferenceTest of(RankedIdentities identities, int draws, long seed) {
        Arguments.requireAtLeast("draws", draws, 99);
        RankRandomisation randomisation = RankRandomisation.of(identities);
        double observed = randomisation.observed(RankStatistic.EXPOSURE);
        long asLarge = Arrays.stream(randomisation.drawn(List.of(RankStatistic.EXPOSURE), draws, seed))
                .filter(figures -> figures[0] >= observed - NOISE).count();
        return new PreferenceTest(observed, randomisation.byChance(RankStatistic.EXPOSURE), (1.0 + asLarge) / (1.0 + draws));
    }
}
