package io.github.miaudit.metrics;

/**
 * How much a model prefers one candidate, such as the true identifier, to the K others that could stand in its place. Rank 1 is the
 * most preferred. Ties are shared: a candidate that is equal to t others has the middle of the t + 1 ranks that they fill together, so
 * that a model that can't tell candidates apart neither prefers the true one nor shuns it. Costs O(1); immutable.
 *
 * @param others how many other candidates there are, K, at least 1
 * @param above  how many of them have a higher score
 * @param tied   how many of them have the same score
 */
public record CandidateRank(int others, int above, int tied) {

    /** Throws an {@link IllegalArgumentException} if there is no other candidate or the counts don't fit. */
    public CandidateRank {
        Arguments.requireAtLeast("surrogates", others, 1);
        if (above < 0 || tied < 0 || tied > others - above) {
            throw new IllegalArgumentException(
                    above + " candidates above and " + tied + " tied of " + others + " others; counts can't be negative or more than all");
        }
    }

    /** The rank {@code 1 + above + tied / 2}, from 1 to K + 1; by chance {@code (K + 2) / 2} on average. */
    public double value() {
        return doubled() / 2.0;
    }

    int doubled() {
        return 2 + 2 * above + tied;
    }

    /** {@code (rank - 1) / K}, from 0, the most preferred, to 1; by chance 1/2 on average, whatever K and the ties. */
    public double normalised() {
        return RankStatistic.share(doubled(), others);
    }

    /**
     * Exposure in bits, {@code log2(K + 1) - log2(rank)}, from 0 to log2(K + 1): how many bits of the choice among all K + 1 candidates
     * the model gives away. It is that of Carlini et al., where the space of candidates is the K + 1 at hand, the true one being one of
     * them; {@code log2 K - log2 rank}, which leaves it out, is lower by {@code log2(1 + 1 / K)}, 0.09 bits for 15 surrogates. By chance
     * it isn't 0 on average but {@link #exposureByChance}.
     *
     * @see <a href="https://www.usenix.org/conference/usenixsecurity19/presentation/carlini">Carlini et al. 2019, "The secret
     *      sharer", definition 4</a>
     */
    public double exposure() {
        return RankStatistic.EXPOSURE.value(doubled(), others);
    }

    /**
     * The mean exposure of a candidate without ties that the model prefers no more than others,
     * {@code log2(K + 1) - log2((K + 1)!) / (K + 1)}: 1.23 bits for 15 surrogates, 1.44, that is 1 / ln 2, for very many. O(K).
     *
     * @throws IllegalArgumentException if there is no surrogate
     */
    public static double exposureByChance(int surrogates) {
        Arguments.requireAtLeast("surrogates", surrogates, 1);
        double sum = 0;
        for (int rank = 1; rank <= surrogates + 1; rank++) {
            sum += RankStatistic.EXPOSURE.value(2 * rank, surrogates);
        }
        return sum / (surrogates + 1.0);
    }

    /**
     * The chance that the candidate is among the k most preferred if ties are broken at random,
     * {@code (k - above) / (tied + 1)} within 0 and 1: 1 or 0 without ties. For a candidate that is preferred no more than others it is
     * {@code k / (K + 1)} on average, or 1 if k is more, with any ties.
     *
     * @throws IllegalArgumentException if k is below 1
     */
    public double chanceAmongTop(int k) {
        Arguments.requireAtLeast("top candidates", k, 1);
        return Math.max(0, Math.min(1, (k - above) / (tied + 1.0)));
    }
}
