package io.github.miaudit.metrics;

import java.util.Arrays;

/**
 * How often the true identifier is among the k candidates that a model prefers.
 *
 * @param k        1 for those ranked first
 * @param share    the mean over patients of the share of their identities, ties at the limit shared
 *                 ({@link CandidateRank#chanceAmongTop})
 * @param byChance the same, if no true one were preferred more than others: {@code k / (K + 1)} on average, 1 where k is more
 * @param interval of the share, over patients
 */
public record TopShare(int k, double share, double byChance, Interval interval) {

    /**
     * The share. Each patient counts as one, by the share of his identities. The interval is Gaffke's of these shares; where each is 0
     * or 1, as with one identity a patient, that is Clopper and Pearson's with the patients as trials, and
     * exact. It is conservative otherwise. O(patients &times; 10 000).
     *
     * @throws IllegalArgumentException if k is below 1 or the level not in (0, 1)
     */
    public static TopShare of(RankedIdentities identities, int k, double level, long seed) {
        double[] shares = identities.patientMeans(rank -> rank.chanceAmongTop(k));
        double[] chances = identities.patientMeans(rank -> Math.min(1, k / (rank.others() + 1.0)));
        double share = Arrays.stream(shares).sum() / shares.length;
        boolean counted = Arrays.stream(shares).allMatch(each -> each == 0 || each == 1);
        return new TopShare(k, share, Arrays.stream(chances).sum() / chances.length,
                counted ? BinomialInterval.of((int) Math.round(share * shares.length), shares.length, level)
                        : BoundedMean.interval(shares, 0, 1, level, seed));
    }
}
