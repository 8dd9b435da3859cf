package io.github.miaudit.metrics;

import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Whether members score higher than non-members by more than chance: groups, each with the mean of its scores, are
 * dealt anew to the two classes, and the difference of the classes' means is taken again.
 */
public final class PermutationTest {

    private PermutationTest() {
    }

    /**
     * The one-sided p-value {@code (1 + #{permutations with a difference at least as large}) / (1 + permutations)}; valid
     * at any sample size if groups are exchangeable. O(permutations &times; groups), in parallel, the same for any
     * number of threads.
     *
     * @param members      scores, higher = more likely a member
     * @param nonMembers   likewise
     * @param permutations at least 100; 10 000 is usual
     * @param seed         of the permutations
     * @return in (0, 1]; small = members do score higher
     * @throws IllegalArgumentException if there are too few permutations
     */
    public static double membersScoreHigher(GroupedScores members, GroupedScores nonMembers, int permutations, long seed) {
        if (permutations < 100) {
            throw new IllegalArgumentException("permutations are " + permutations + "; at least 100 are needed");
        }
        double[] all = Stream.of(members, nonMembers).flatMapToDouble(scores -> Arrays.stream(scores.reduce(GroupReduction.mean()))).toArray();
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

    private static double difference(double memberSum, double total, GroupedScores members, GroupedScores nonMembers) {
        return memberSum / members.groupCount() - (total - memberSum) / nonMembers.groupCount();
    }
}
