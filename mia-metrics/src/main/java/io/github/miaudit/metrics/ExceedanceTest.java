package io.github.miaudit.metrics;

import java.util.Arrays;

/**
 * Whether more members than by chance lie above every non-member: finds a few that stand out, where a mean over all, such as the
 * AUC, hardly moves. The scores, of patients, are independent of one another. Source: Rosenbaum 1954, "Tables for a nonparametric test
 * of location", Annals of Mathematical Statistics 25.
 */
public final class ExceedanceTest {

    private ExceedanceTest() {
    }

    /**
     * R, the number of members whose score is above that of every non-member; a tie with the highest is not above it. O(m + n).
     *
     * @throws IllegalArgumentException if a class is empty or a score is not finite
     */
    public static int exceeding(double[] members, double[] nonMembers) {
        Arguments.requireScores("member", members);
        Arguments.requireScores("non-member", nonMembers);
        double highest = Arrays.stream(nonMembers).max().orElseThrow();
        return (int) Arrays.stream(members).filter(score -> score > highest).count();
    }

    /**
     * The exact chance that so many or more of M members lie above all N non-members if all were drawn alike,
     * {@code C(M + N - r, N) / C(M + N, N) = prod_{i < r} (M - i) / (M + N - i)}; with ties among the highest it is at most that.
     *
     * @param exceeding r, from 0 to M
     * @throws IllegalArgumentException if a class is empty or r is not in 0..M
     */
    public static double pValue(int exceeding, int members, int nonMembers) {
        Arguments.requireAtLeast("members", members, 1);
        Arguments.requireAtLeast("non-members", nonMembers, 1);
        if (exceeding < 0 || exceeding > members) {
            throw new IllegalArgumentException(exceeding + " of " + members + " members are above; it must be from 0 to all");
        }
        double chance = 1;
        for (int drawn = 0; drawn < exceeding; drawn++) {
            chance *= (members - drawn) / (double) ((long) members + nonMembers - drawn);
        }
        return chance;
    }
}
