package io.github.miaudit.metrics;

import java.util.Arrays;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.apache.commons.math3.distribution.TDistribution;
import org.apache.commons.math3.util.CombinatoricsUtils;

/**
 * Whether members score higher than non-members, or lower, by more than chance: groups are dealt anew to the two classes, with all
 * their scores, and the AUC is taken again.
 *
 * @param higher the p-value of the hypothesis that members score no higher
 * @param lower  the p-value of the hypothesis that members score no lower
 */
public record PermutationTest(double higher, double lower) {

    /** With more permutations times scores, the AUC's own standard error takes the place of its distribution over permutations... */
    static final long MOST_STEPS = 300_000_000L;

    /** ... if there are as many groups of each class, where the two hardly differ. */
    static final int MANY_GROUPS = 100;

    /**
     * The one-sided p-values {@code (1 + #{permutations with an AUC at least (at most) as large}) / (1 + permutations)}, in (0, 1];
     * valid at any sample size if groups are exchangeable. O(permutations &times; scores), in parallel, the same for any number of
     * threads; of few groups with many scores O(permutations &times; groups squared). With no permutations, or with {@value #MANY_GROUPS}
     * groups of each class and more than {@value #MOST_STEPS} permutations times scores, they are those of Student's test of the AUC
     * against 0.5 by {@link DeLong}'s variance with {@code min(M, N) - 1} degrees of freedom, and never below {@code 2 / C(M + N, M)}, the
     * share of the two
     * extreme ways to deal.
     *
     * @param permutations at least 1000, or 0 for none; 10 000 are usual
     * @throws IllegalArgumentException if there are from 1 to 999 permutations, or a class has one group
     */
    public static PermutationTest of(GroupedScores members, GroupedScores nonMembers, int permutations, long seed) {
        if (goesByStandardError(members, nonMembers, permutations)) {
            return ofStandardError(members, nonMembers);
        }
        GroupPermutations groups = GroupPermutations.of(members, nonMembers);
        return of(groups.areaUnderCurve(groups.undealt(seed)), IntStream.range(0, permutations).parallel()
                .mapToDouble(permutation -> groups.areaUnderCurve(groups.deal(seed, permutation))));
    }

    /** Whether the AUC's standard error takes the place of permutations. */
    static boolean goesByStandardError(GroupedScores members, GroupedScores nonMembers, int permutations) {
        if (permutations != 0) {
            Arguments.requireAtLeast("permutations", permutations, 1000);
        }
        boolean many = Math.min(members.groupCount(), nonMembers.groupCount()) >= MANY_GROUPS
                && (long) permutations * (members.size() + nonMembers.size()) > MOST_STEPS;
        return permutations == 0 || many;
    }

    /** Of an AUC and those of permutations. */
    static PermutationTest of(double observed, DoubleStream ofPermutations) {
        double[] areas = ofPermutations.toArray();
        double noise = 1e-12; // of a division
        return new PermutationTest((1.0 + Arrays.stream(areas).filter(area -> area >= observed - noise).count()) / (1.0 + areas.length),
                (1.0 + Arrays.stream(areas).filter(area -> area <= observed + noise).count()) / (1.0 + areas.length));
    }

    /** With p-values so many times as high, at most 1. */
    PermutationTest withFactor(int factor) {
        return new PermutationTest(Math.min(1, factor * higher), Math.min(1, factor * lower));
    }

    private static PermutationTest ofStandardError(GroupedScores members, GroupedScores nonMembers) {
        DeLong area = DeLong.of(members, nonMembers);
        double excess = area.areaUnderCurve() - 0.5;
        double least = Math.exp(Math.log(2) - logWays(members.groupCount(), nonMembers.groupCount()));
        double standardError = Math.sqrt(area.variance());
        double higher = standardError == 0 ? excess > 0 ? 0 : 1
                : new TDistribution(null, Math.min(members.groupCount(), nonMembers.groupCount()) - 1.0, PairedDifference.ACCURACY)
                        .cumulativeProbability(-excess / standardError);
        double lower = standardError == 0 ? excess < 0 ? 0 : 1 : 1 - higher;
        return new PermutationTest(Math.min(1, Math.max(least, higher)), Math.min(1, Math.max(least, lower)));
    }

    /** The logarithm of the number of ways to deal so many groups to two classes. */
    private static double logWays(int members, int nonMembers) {
        return CombinatoricsUtils.binomialCoefficientLog(Math.addExact(members, nonMembers), members);
    }
}
