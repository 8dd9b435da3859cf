package io.github.miaudit.metrics;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;
import java.util.concurrent.ForkJoinPool;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class ClusterBootstrapTest {

    /** A replicate by hand: each group as often as it was drawn, then the figures of the definitions. */
    @Property(tries = 100)
    void aReplicateIsTheFigureOfTheResampledScores(@ForAll @Size(min = 4, max = 30) List<@IntRange(max = 6) Integer> members,
            @ForAll @Size(min = 4, max = 30) List<@IntRange(max = 6) Integer> nonMembers, @ForAll long seed) {
        GroupedScores memberScores = grouped(members, 4);
        GroupedScores nonMemberScores = grouped(nonMembers, 3);
        ClusterBootstrap bootstrap = ClusterBootstrap.of(memberScores, nonMemberScores).withSeed(seed);
        int[] weights = bootstrap.weights(7);
        assertEquals(4, Arrays.stream(weights, 0, 4).sum());
        assertEquals(3, Arrays.stream(weights, 4, 7).sum());
        double[] drawnMembers = drawn(memberScores, weights, 0);
        double[] drawnNonMembers = drawn(nonMemberScores, weights, 4);
        RocCurve curve = RocCurve.of(drawnMembers, drawnNonMembers);
        assertEquals(curve.areaUnderCurve(), bootstrap.areaUnderCurve(weights), 1e-12);
        double[] rates = IntStream.rangeClosed(0, 10).mapToDouble(tenths -> tenths / 10.0).toArray();
        assertArrayEquals(Arrays.stream(rates).map(rate -> curve.bestAtFalsePositiveRate(rate).truePositiveRate()).toArray(),
                bootstrap.truePositiveRates(weights, rates), 1e-12);
    }

    @Test
    void theResultIsTheSameForAnyNumberOfThreads() throws Exception {
        ClusterBootstrap bootstrap = simulated(30, 5, 1);
        Interval alone = new ForkJoinPool(1).submit(() -> GroupedAreaInterval.CLUSTER_BOOTSTRAP.of(bootstrap, 0.95)).get();
        Interval together = new ForkJoinPool(4).submit(() -> GroupedAreaInterval.CLUSTER_BOOTSTRAP.of(bootstrap, 0.95)).get();
        assertEquals(alone, together);
        assertEquals(alone, GroupedAreaInterval.CLUSTER_BOOTSTRAP.of(bootstrap, 0.95));
        assertTrue(!alone.equals(GroupedAreaInterval.CLUSTER_BOOTSTRAP.of(bootstrap.withSeed(2), 0.95)));
    }

    /** With groups of one the bootstrap is the usual one, and its interval close to DeLong's. */
    @Test
    void groupsOfOneGiveDeLongsInterval() {
        Random random = new Random(3);
        double[] members = random.doubles(400).map(value -> value + 0.2).toArray();
        double[] nonMembers = random.doubles(400).toArray();
        Interval deLong = DeLong.of(members, nonMembers).interval(0.95);
        ClusterBootstrap bootstrap = ClusterBootstrap.of(GroupedScores.ungrouped(members), GroupedScores.ungrouped(nonMembers))
                .withReplicates(4000);
        for (Interval interval : List.of(GroupedAreaInterval.CLUSTER_BOOTSTRAP.of(bootstrap, 0.95),
                GroupedAreaInterval.CLUSTER_BOOTSTRAP_BCA.of(bootstrap, 0.95))) {
            assertEquals(deLong.lower(), interval.lower(), 0.006);
            assertEquals(deLong.upper(), interval.upper(), 0.006);
        }
    }

    /** Copies of a sentence tell nothing new: the interval stays, where DeLong's would shrink by half. */
    @Test
    void copiesWithinAGroupDoNotMakeFiguresSurer() {
        Random random = new Random(5);
        double[] members = random.doubles(60).map(value -> value + 0.2).toArray();
        double[] nonMembers = random.doubles(60).toArray();
        Interval once = GroupedAreaInterval.CLUSTER_BOOTSTRAP
                .of(ClusterBootstrap.of(GroupedScores.ungrouped(members), GroupedScores.ungrouped(nonMembers)), 0.95);
        Interval fourTimes = GroupedAreaInterval.CLUSTER_BOOTSTRAP.of(ClusterBootstrap.of(copied(members), copied(nonMembers)), 0.95);
        assertEquals(once.lower(), fourTimes.lower(), 1e-12);
        assertEquals(once.upper(), fourTimes.upper(), 1e-12);
        Interval naive = DeLong.of(copied(members).scores(), copied(nonMembers).scores()).interval(0.95);
        assertTrue(naive.upper() - naive.lower() < 0.6 * (once.upper() - once.lower()));
    }

    @Test
    void allTiesAndPerfectSeparationAreDefined() {
        GroupedScores same = GroupedScores.ungrouped(new double[] {1, 1, 1});
        assertEquals(new Interval(0.5, 0.5, 0.95, GroupedAreaInterval.CLUSTER_BOOTSTRAP),
                GroupedAreaInterval.CLUSTER_BOOTSTRAP.of(ClusterBootstrap.of(same, same), 0.95));
        GroupedScores high = GroupedScores.ungrouped(new double[] {2, 2, 2});
        Interval perfect = GroupedAreaInterval.CLUSTER_BOOTSTRAP_BCA.of(ClusterBootstrap.of(high, same), 0.95);
        assertEquals(1, perfect.lower());
        assertEquals(new Interval(1, 1, 0.95, GroupedAreaInterval.CLUSTER_BOOTSTRAP),
                ClusterBootstrap.of(high, same).truePositiveRates(List.of(0.0), 0.95).get(0));
    }

    @Test
    void manyRatesAtOnceAreEachAlone() {
        ClusterBootstrap bootstrap = simulated(30, 5, 1);
        List<Double> rates = List.of(0.5, 0.01, 0.1, 0.01);
        assertEquals(rates.stream().map(rate -> bootstrap.truePositiveRates(List.of(rate), 0.9).get(0)).toList(),
                bootstrap.truePositiveRates(rates, 0.9));
        assertThrows(IllegalArgumentException.class, () -> bootstrap.truePositiveRates(List.of(1.1), 0.9));
    }

    @Test
    void oneGroupIsNoSample() {
        GroupedScores one = GroupedScores.of(new double[] {1, 2}, List.of("p", "p"));
        GroupedScores two = GroupedScores.of(new double[] {1, 2}, List.of("p", "q"));
        assertEquals("1 groups of members and 2 of non-members; an interval needs at least 2 of each",
                assertThrows(IllegalArgumentException.class, () -> ClusterBootstrap.of(one, two)).getMessage());
        assertThrows(IllegalArgumentException.class, () -> ClusterBootstrap.of(two, two).withReplicates(99));
        assertThrows(IllegalArgumentException.class,
                () -> GroupedAreaInterval.CLUSTER_BOOTSTRAP.of(ClusterBootstrap.of(two, two), Double.NaN));
    }

    /** {@code numpy.quantile([1, 2, 4, 8], [0, 0.1, 0.5, 0.975, 1])}, NumPy 2.4.6. */
    @Test
    void quantilesAreNumpys() {
        double[] values = {1, 2, 4, 8};
        double[] quantiles = Arrays.stream(new double[] {0, 0.1, 0.5, 0.975, 1}).map(p -> ClusterBootstrap.quantile(values, p)).toArray();
        assertArrayEquals(new double[] {1, 1.3, 3, 7.7, 8}, quantiles, 1e-12);
    }

    private static ClusterBootstrap simulated(int groups, int size, long seed) {
        Random random = new Random(seed);
        return ClusterBootstrap.of(clustered(random, groups, size, 0.5), clustered(random, groups, size, 0));
    }

    private static GroupedScores clustered(Random random, int groups, int size, double shift) {
        List<Integer> labels = new ArrayList<>();
        double[] scores = new double[groups * size];
        for (int group = 0; group < groups; group++) {
            double common = random.nextGaussian();
            for (int index = 0; index < size; index++) {
                scores[labels.size()] = shift + common + random.nextGaussian();
                labels.add(group);
            }
        }
        return GroupedScores.of(scores, labels);
    }

    private static GroupedScores copied(double[] scores) {
        double[] copies = IntStream.range(0, 4 * scores.length).mapToDouble(index -> scores[index / 4]).toArray();
        return GroupedScores.of(copies, IntStream.range(0, copies.length).map(index -> index / 4).boxed().toList());
    }

    private static GroupedScores grouped(List<Integer> scores, int groups) {
        return GroupedScores.of(scores.stream().mapToDouble(Integer::doubleValue).toArray(),
                IntStream.range(0, scores.size()).map(index -> index % groups).boxed().toList());
    }

    private static double[] drawn(GroupedScores scores, int[] weights, int offset) {
        return IntStream.range(0, scores.size()).boxed()
                .flatMap(index -> IntStream.range(0, weights[offset + scores.group(index)]).mapToObj(copy -> scores.score(index)))
                .mapToDouble(Double::doubleValue).toArray();
    }

    @Test
    void aScoreDoesNotDifferFromItself() {
        GroupedScores members = GroupedScores.of(new double[] {3, 1, 4, 1, 5}, List.of("a", "a", "b", "c", "c"));
        GroupedScores nonMembers = GroupedScores.of(new double[] {2, 7, 1, 0}, List.of("d", "e", "e", "f"));
        ClusterBootstrap bootstrap = ClusterBootstrap.of(members, nonMembers);
        assertEquals(new PairedDifference(0, 0, 1, new Interval(0, 0, 0.95, GroupedAreaInterval.CLUSTER_BOOTSTRAP), OptionalInt.of(3)),
                bootstrap.minus(bootstrap, 0.95));
        assertThrows(IllegalArgumentException.class, () -> bootstrap.minus(bootstrap.withSeed(2), 0.95));
        assertThrows(IllegalArgumentException.class, () -> bootstrap.minus(ClusterBootstrap.of(nonMembers, members), 0.95));
    }

    /** With each sentence a patient the draws are of sentences, and DeLong's paired test knows the answer. */
    @Test
    void agreesWithDeLongWhereEverySentenceIsAGroup() {
        Random random = new Random(4);
        double[][] scores = new double[4][300];
        for (int row = 0; row < 300; row++) {
            double shared = random.nextGaussian();
            double other = random.nextGaussian();
            scores[0][row] = shared + 1.2 + 0.7 * random.nextGaussian();
            scores[1][row] = shared + 0.8 + 0.7 * random.nextGaussian();
            scores[2][row] = other + 0.7 * random.nextGaussian();
            scores[3][row] = other + 0.7 * random.nextGaussian();
        }
        PairedDifference bootstrapped = ClusterBootstrap.of(GroupedScores.ungrouped(scores[0]), GroupedScores.ungrouped(scores[2]))
                .minus(ClusterBootstrap.of(GroupedScores.ungrouped(scores[1]), GroupedScores.ungrouped(scores[3])), 0.95);
        PairedDifference exact = DeLong.of(scores[0], scores[2]).minus(DeLong.of(scores[1], scores[3]), 0.95);
        assertEquals(exact.difference(), bootstrapped.difference(), 1e-12);
        assertEquals(exact.standardError(), bootstrapped.standardError(), 0.06 * exact.standardError());
        assertEquals(exact.interval().lower(), bootstrapped.interval().lower(), 0.2 * exact.standardError());
        assertEquals(exact.interval().upper(), bootstrapped.interval().upper(), 0.2 * exact.standardError());
    }

    /**
     * With 4 groups a side z = sqrt(4 / 3) t_3(0.975) = 1.1547 x 3.1824 (R: qt(0.975, 3)), so the quantiles are Phi(-3.6748) and
     * Phi(3.6748).
     */
    @Test
    void fewGroupsWidenTheInterval() {
        ClusterBootstrap bootstrap = simulated(4, 5, 3);
        double[] values = IntStream.range(0, 2000).mapToDouble(replicate -> bootstrap.areaUnderCurve(bootstrap.weights(replicate))).sorted()
                .toArray();
        Interval interval = GroupedAreaInterval.CLUSTER_BOOTSTRAP.of(bootstrap, 0.95);
        assertEquals(ClusterBootstrap.quantile(values, 1.190e-4), interval.lower(), 2e-4); // pnorm(-3.6748) = 1.190e-4
        assertEquals(ClusterBootstrap.quantile(values, 1 - 1.190e-4), interval.upper(), 2e-4);
        assertTrue(interval.lower() < ClusterBootstrap.quantile(values, 0.02));
    }

    @Test
    void theBiasCorrectedIntervalIsDefinedForAnyFewGroups() {
        Random random = new Random(9);
        for (int trial = 0; trial < 500; trial++) {
            GroupedScores members = few(random);
            GroupedScores nonMembers = few(random);
            Interval interval = GroupedAreaInterval.CLUSTER_BOOTSTRAP_BCA.of(ClusterBootstrap.of(members, nonMembers).withReplicates(100),
                    0.95);
            assertTrue(0 <= interval.lower() && interval.upper() <= 1, interval.toString());
        }
    }

    private static GroupedScores few(Random random) {
        int count = 2 + random.nextInt(5);
        double[] scores = random.doubles(count + random.nextInt(6)).map(value -> Math.rint(value * 5)).toArray();
        return GroupedScores.of(scores, IntStream.range(0, scores.length).mapToObj(row -> row % count).toList());
    }

    /** An interval that excludes 0 and a p-value below its level are one thing. */
    @Test
    void pValueAndIntervalOfADifferenceAgree() {
        Random random = new Random(11);
        for (int trial = 0; trial < 200; trial++) {
            GroupedScores members = GroupedScores.of(random.doubles(18).map(value -> value + 0.4).toArray(),
                    IntStream.range(0, 18).mapToObj(row -> row / 3).toList());
            GroupedScores nonMembers = GroupedScores.of(random.doubles(18).toArray(),
                    IntStream.range(0, 18).mapToObj(row -> row / 3).toList());
            PairedDifference difference = ClusterBootstrap.of(members, nonMembers).withReplicates(400)
                    .minus(ClusterBootstrap
                            .of(members.withScores(random.doubles(18).toArray()), nonMembers.withScores(random.doubles(18).toArray()))
                            .withReplicates(400), 0.9);
            if (difference.pValue() < 0.08) {
                assertTrue(!difference.interval().contains(0), difference.toString());
            } else if (difference.pValue() > 0.13) {
                assertTrue(difference.interval().contains(0), difference.toString());
            }
        }
    }
}
