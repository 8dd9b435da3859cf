package io.github.miaudit.metrics;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class RankedGroupsTest {

    private static final double[] RATES = DoubleStream.of(0, 0.0005, 0.001, 0.01, 0.1, 0.3, 0.5, 0.9, 1).toArray();

    /** Replicates walked together are what counting at each threshold gives, with ties and weights that no lane holds many of. */
    @Property(tries = 60)
    void replicatesWalkedTogetherAreEachAlone(@ForAll @IntRange(min = 2, max = 3000) int size,
            @ForAll @IntRange(min = 2, max = 40) int groups,
            @ForAll @IntRange(min = 1, max = 5000) int different, @ForAll @IntRange(min = 1, max = 65_535) int heaviest,
            @ForAll @IntRange(min = 1, max = 4) int replicates, @ForAll long seed) {
        Random random = new Random(seed);
        GroupedScores members = scores(random, size, groups, different);
        GroupedScores others = scores(random, size + 1, groups, different);
        int both = members.groupCount() + others.groupCount();
        int[][] weights = IntStream.range(0, replicates)
                .mapToObj(replicate -> random.ints(both, 0, random.nextBoolean() ? 3 : heaviest + 1).toArray()).toArray(int[][]::new);
        for (int[] each : weights) { // somebody of either class is drawn
            each[0]++;
            each[both - 1]++;
            each[0] = Math.min(each[0], heaviest);
            each[both - 1] = Math.min(each[both - 1], heaviest);
        }
        double[][] found = new RankedGroups(members, others).truePositiveRates(weights, RATES);
        assertEquals(replicates, found.length);
        for (int replicate = 0; replicate < replicates; replicate++) {
            assertArrayEquals(counted(members, others, weights[replicate]), found[replicate]);
        }
    }

    /** By the definition: of all thresholds that exceed no rate, what the lowest accepts. */
    private static double[] counted(GroupedScores members, GroupedScores others, int[] weights) {
        double[] thresholds = DoubleStream.concat(DoubleStream.of(members.scores()), DoubleStream.of(others.scores())).distinct().sorted()
                .toArray();
        double[] ofMembers = sums(members, thresholds, weights, 0);
        double[] ofOthers = sums(others, thresholds, weights, members.groupCount());
        return DoubleStream.of(RATES).map(rate -> {
            double best = 0;
            for (int threshold = 0; threshold < thresholds.length; threshold++) {
                if (ofOthers[threshold] / ofOthers[0] <= rate) {
                    best = Math.max(best, ofMembers[threshold]);
                }
            }
            return best / ofMembers[0];
        }).toArray();
    }

    private static double[] sums(GroupedScores scores, double[] thresholds, int[] weights, int first) {
        double[] sums = new double[thresholds.length];
        for (int row = 0; row < scores.size(); row++) {
            for (int threshold = 0; threshold < thresholds.length && thresholds[threshold] <= scores.score(row); threshold++) {
                sums[threshold] += weights[first + scores.group(row)];
            }
        }
        return sums;
    }

    private static GroupedScores scores(Random random, int size, int groups, int different) {
        return GroupedScores.of(random.ints(size, 0, different).asDoubleStream().toArray(),
                random.ints(size, 0, groups).boxed().toList());
    }
}
