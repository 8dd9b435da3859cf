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
        return of(k, identities.patientMeans(rank -> rank.chanceAmongTop(k)),
                identities.patientMeans(rank -> Math.min(1, k / (rank.others() + 1.0))), level, seed);
    }

    /**
     * The same where it is known of each identity how often it is among them, such as in what share of its mentions.
     *
     * @param k      how many candidates these are
     * @param found  of each identity a share from 0 to 1, by patient
     * @param chance of each what it would be by chance, with the same patients
     * @throws IllegalArgumentException if a share is not from 0 to 1, there is none, or the level not in (0, 1)
     */
    public static TopShare ofShares(int k, GroupedScores found, GroupedScores chance, double level, long seed) {
        return of(k, found.reduce(GroupReduction.mean()), chance.reduce(GroupReduction.mean()), level, seed);
    }

    private static TopShare of(int k, double[] shares, double[] chances, double level, long seed) {
        double share = Arrays.stream(shares).sum() / shares.length;
        boolean counted = Arrays.stream(shares).allMatch(each -> each == 0 || each == 1);
        return new TopShare(k, share, Arrays.stream(chances).sum() / chances.length,
                counted ? BinomialInterval.of((int) Math.round(share * shares.length), shares.length, level)
                        : BoundedMean.interval(shares, 0, 1, level, seed));
    }
}
