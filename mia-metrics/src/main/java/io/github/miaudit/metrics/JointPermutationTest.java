package io.github.miaudit.metrics;

import java.util.Collections;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * {@link PermutationTest} of several scores of the same groups, such as those of several attacks: each one's own, and what it is worth
 * when the strongest of all is picked. All are dealt alike, and the largest standardised AUC is held against the largest of each deal,
 * so that the chance of any false finding is the level, however many scores there are and however they depend on one another; of scores
 * that agree, little is lost. Source: Westfall and Young 1993, "Resampling-based multiple testing", the single-step method.
 *
 * @param each     each one's own test, in order
 * @param amongAll the same with p-values corrected for the choice, never below its own; of one score, its own
 * @see MaximumTest
 */
public record JointPermutationTest(List<PermutationTest> each, List<PermutationTest> amongAll) {

    /** Copies the lists. */
    public JointPermutationTest {
        each = List.copyOf(each);
        amongAll = List.copyOf(amongAll);
    }

    /**
     * Tests. Where {@link PermutationTest} goes by the standard error, p-values are corrected by their number, after Bonferroni. Costs as
     * much as the tests one by one.
     *
     * @param members      of each score, in the same order of groups
     * @param nonMembers   likewise
     * @param permutations as {@link PermutationTest#of}
     * @throws IllegalArgumentException if there is no score, the numbers of groups differ between scores, or as {@link PermutationTest#of}
     */
    public static JointPermutationTest of(List<GroupedScores> members, List<GroupedScores> nonMembers, int permutations, long seed) {
        Arguments.requireAtLeast("scores", members.size(), 1);
        Arguments.requireSameLength("members", members.size(), "non-members", nonMembers.size());
        for (int score = 1; score < members.size(); score++) {
            Arguments.requireSameLength("groups of the first score's members", members.get(0).groupCount(), "another's",
                    members.get(score).groupCount());
            Arguments.requireSameLength("groups of the first score's non-members", nonMembers.get(0).groupCount(), "another's",
                    nonMembers.get(score).groupCount());
        }
        if (PermutationTest.goesByStandardError(members.get(0), nonMembers.get(0), permutations)) {
            List<PermutationTest> each = IntStream.range(0, members.size())
                    .mapToObj(score -> PermutationTest.of(members.get(score), nonMembers.get(score), permutations, seed)).toList();
            return new JointPermutationTest(each,
                    each.stream().map(test -> test.withFactor(members.size())).toList());
        }
        List<GroupPermutations> groups = IntStream.range(0, members.size())
                .mapToObj(score -> GroupPermutations.of(members.get(score), nonMembers.get(score))).toList();
        double[] observed = areas(groups, groups.get(0).undealt(seed));
        double[][] permuted = IntStream.range(0, permutations).parallel()
                .mapToObj(permutation -> areas(groups, groups.get(0).deal(seed, permutation))).toArray(double[][]::new);
        List<PermutationTest> each = IntStream.range(0, groups.size()).mapToObj(score -> PermutationTest.of(observed[score],
                IntStream.range(0, permutations).mapToDouble(deal -> permuted[deal][score]))).toList();
        if (groups.size() == 1) {
            return new JointPermutationTest(each, each);
        }
        List<MaximumTest.Side> above = Collections.nCopies(groups.size(), MaximumTest.Side.ABOVE);
        MaximumTest higher = MaximumTest.of(observed, permuted, above);
        MaximumTest lower = MaximumTest.of(negated(observed),
                IntStream.range(0, permutations).mapToObj(deal -> negated(permuted[deal])).toArray(double[][]::new), above);
        return new JointPermutationTest(each, IntStream.range(0, groups.size())
                .mapToObj(score -> new PermutationTest(
                        Math.max(each.get(score).higher(), higher.statistics().get(score).adjustedPValue()),
                        Math.max(each.get(score).lower(), lower.statistics().get(score).adjustedPValue())))
                .toList());
    }

    private static double[] areas(List<GroupPermutations> groups, int[] order) {
        return groups.stream().mapToDouble(scores -> scores.areaUnderCurve(order)).toArray();
    }

    private static double[] negated(double[] values) {
        return DoubleStream.of(values).map(value -> -value).toArray();
    }
}
