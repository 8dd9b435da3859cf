package io.github.miaudit.metrics;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
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
        double[] rates = IntStream.rangeClosed(0, 10).mapToDouble(tenths -> tenths / 10.0).toArray();
        assertArrayEquals(Arrays.stream(rates).map(rate -> curve.bestAtFalsePositiveRate(rate).truePositiveRate()).toArray(),
                bootstrap.truePositiveRates(weights, rates), 1e-12);
    }

    @Test
    void theResultIsTheSameForAnyNumberOfThreads() throws Exception {
        ClusterBootstrap bootstrap = simulated(30, 5, 1);
        List<Double> rates = List.of(0.1, 0.5);
        List<Interval> alone = new ForkJoinPool(1).submit(() -> bootstrap.truePositiveRates(rates, 0.95)).get();
        List<Interval> together = new ForkJoinPool(4).submit(() -> bootstrap.truePositiveRates(rates, 0.95)).get();
        assertEquals(alone, together);
        assertEquals(alone, bootstrap.truePositiveRates(rates, 0.95));
        assertTrue(!alone.equals(bootstrap.withSeed(2).truePositiveRates(rates, 0.95)));
    }

    /** Nobody found among 20 patients: SciPy 1.17.1, {@code binomtest(0, 20).proportion_ci().high}; all of 3, the low end. */
    @Test
    void theIntervalIsNoShorterThanThatOfAsManyPatients() {
        GroupedScores low = GroupedScores.of(IntStream.range(0, 40).asDoubleStream().toArray(),
                IntStream.range(0, 40).mapToObj(row -> row / 2).toList());
        GroupedScores high = GroupedScores.ungrouped(IntStream.range(100, 200).asDoubleStream().toArray());
        Interval none = ClusterBootstrap.of(low, high).truePositiveRates(List.of(0.2), 0.95).get(0);
        assertEquals(0, none.lower());
        assertEquals(0.16843347098308536, none.upper(), 1e-12);
        Interval all = ClusterBootstrap.of(GroupedScores.ungrouped(new double[] {300, 301, 302}), high)
                .truePositiveRates(List.of(0.2), 0.95).get(0);
        assertEquals(0.2924017738212869, all.lower(), 1e-12);
        assertEquals(1, all.upper());
    }

    @Test
    void whereFewFalsePositivesAreAllowedTheLowerEndIsOpen() {
        ClusterBootstrap bootstrap = simulated(30, 5, 1); // 150 non-members
        assertEquals(0, bootstrap.truePositiveRates(List.of(0.03), 0.95).get(0).lower()); // 4 are allowed
        assertTrue(bootstrap.truePositiveRates(List.of(0.2), 0.95).get(0).lower() > 0); // 30 are
    }

    /** More groups than are drawn one by one are drawn in random parts, with the same spread. */
    @Test
    void manyGroupsAreDrawnTogether() {
        Random random = new Random(3);
        double[] members = random.doubles(12_000).map(value -> value + 0.1).toArray();
        double[] nonMembers = random.doubles(12_000).toArray();
        GroupedScores together = GroupedScores.ungrouped(members).inFewerGroups(1000);
        assertEquals(1000, together.groupCount());
        assertArrayEquals(new int[] {12}, Arrays.stream(together.sizes()).distinct().toArray());
        Interval rate = ClusterBootstrap.of(GroupedScores.ungrouped(members), GroupedScores.ungrouped(nonMembers))
                .truePositiveRates(List.of(0.1), 0.95).get(0);
        double found = RocCurve.of(members, nonMembers).bestAtFalsePositiveRate(0.1).truePositiveRate();
        double deviation = Math.sqrt((found * (1 - found) + 0.1 * 0.9) / 12_000); // of TPR and of the threshold's place, both uniform
        assertEquals(found - 1.96 * deviation, rate.lower(), 0.2 * deviation);
        assertEquals(found + 1.96 * deviation, rate.upper(), 0.2 * deviation);
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
                () -> ClusterBootstrap.of(two, two).truePositiveRates(List.of(0.1), Double.NaN));
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

    private static GroupedScores grouped(List<Integer> scores, int groups) {
        return GroupedScores.of(scores.stream().mapToDouble(Integer::doubleValue).toArray(),
                IntStream.range(0, scores.size()).map(index -> index % groups).boxed().toList());
    }

    private static double[] drawn(GroupedScores scores, int[] weights, int offset) {
        return IntStream.range(0, scores.size()).boxed()
                .flatMap(index -> IntStream.range(0, weights[offset + scores.group(index)]).mapToObj(copy -> scores.score(index)))
                .mapToDouble(Double::doubleValue).toArray();
    }
}
