package io.github.miaudit.metrics;

import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.commons.math3.stat.StatUtils;

/**
 * Whether members score higher than non-members by more than chance: groups, each with the mean of its scores, are
 * dealt anew to the two classes, and the difference of the classes' means is taken again.
 */
public final class PermutationTest {

    /** With more groups the distribution over all permutations is taken as what it then is: normal (Hájek 1960). */
    static final int MOST_DRAWN = 20_000;

    private PermutationTest() {
    }

    /**
     * The one-sided p-value {@code (1 + #{permutations with a difference at least as large}) / (1 + permutations)}, in (0, 1]:
     * small = members do score higher; valid at any sample size if groups are exchangeable. O(permutations &times; groups), in
     * parallel, the same for any number of threads. With more than {@value #MOST_DRAWN} groups the share of permutations is that of
     * their normal limit, and never below {@code 1 / (1 + permutations)}; O(groups). 10 000 permutations are usual.
     *
     * @throws IllegalArgumentException if there are fewer than 100 permutations
     */
    public static double membersScoreHigher(GroupedScores members, GroupedScores nonMembers, int permutations, long seed) {
        Arguments.requireAtLeast("permutations", permutations, 100);
        double[] all = Stream.of(members, nonMembers).flatMapToDouble(scores -> Arrays.stream(scores.reduce(GroupReduction.mean())))
                .toArray();
        if (all.length > MOST_DRAWN) {
            return Math.max(1 / (1.0 + permutations), limit(all, members.groupCount()));
        }
        int[] places = IntStream.range(0, all.length).toArray();
        double total = Arrays.stream(all).sum();
        double observed = difference(Arrays.stream(all, 0, members.groupCount()).sum(), total, members, nonMembers);
        double tolerance = 1e-12 * (1 + Math.abs(observed)); // sums in another order differ in their last digits
        long asLarge = IntStream.range(0, permutations).parallel().filter(permutation -> {
            double sum = 0;
            for (int place : new CounterRandom(seed, permutation).sample(places, members.groupCount())) {
                sum += all[place];
            }
            return difference(sum, total, members, nonMembers) >= observed - tolerance;
        }).count();
        return (1.0 + asLarge) / (1.0 + permutations);
    }

    /** The share of permutations in which the first so many have at least the sum that they have, in the limit. */
    static double limit(double[] all, int first) {
        double mean = StatUtils.mean(all);
        double deviation = Math.sqrt((double) first * (all.length - first) / all.length * StatUtils.variance(all, mean));
        double excess = Arrays.stream(all, 0, first).map(value -> value - mean).sum();
        return deviation == 0 ? 1 : Interval.NORMAL.cumulativeProbability(-excess / deviation);
    }

    private static double difference(double memberSum, double total, GroupedScores members, GroupedScores nonMembers) {
        return memberSum / members.groupCount() - (total - memberSum) / nonMembers.groupCount();
    }
}
