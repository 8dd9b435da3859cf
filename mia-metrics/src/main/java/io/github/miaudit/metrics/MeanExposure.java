package io.github.miaudit.metrics;

import java.util.Arrays;

/**
 * How much a model gives away of the true identifiers, on average.
 *
 * @param bits     the mean over patients of the mean {@link CandidateRank#exposure} of their identities
 * @param byChance the same, if no true one were preferred more than others; with ties as they are ({@link RankRandomisation#byChance})
 * @param interval of the bits, over patients
 */
public record MeanExposure(double bits, double byChance, Interval interval) {

    /**
     * The mean exposure. The interval is Gaffke's of patients' means between 0 and the log2(K + 1) of the identity with most candidates: a
     * bootstrap by patient that allows for a patient more, not seen, of whom the model knows nothing or everything. It is conservative
     * with few patients. O(patients &times; 10 000 + candidates).
     *
     * @throws IllegalArgumentException if the level is not in (0, 1)
     */
    public static MeanExposure of(RankedIdentities identities, double level, long seed) {
        double[] means = identities.patientMeans(CandidateRank::exposure);
        double most = new CandidateRank(identities.mostSurrogates(), 0, 0).exposure();
        return new MeanExposure(Arrays.stream(means).sum() / means.length,
                RankRandomisation.of(identities).byChance(RankStatistic.EXPOSURE), BoundedMean.interval(means, 0, most, level, seed));
    }
}
