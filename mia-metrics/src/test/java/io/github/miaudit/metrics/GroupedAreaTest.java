package io.github.miaudit.metrics;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/**
 * Areas of groups. Expected numbers are of NumPy 2.4.6 and SciPy 1.17.1: placements counted pair by pair, one group left out at a time,
 * {@code stats.t} with 2 degrees of freedom, intervals by {@code optimize.brentq} from the formula.
 */
class GroupedAreaTest {

    private static final GroupedScores MEMBERS = GroupedScores.of(new double[] {3, 1, 4, 1, 5, 2.5}, List.of(0, 0, 1, 2, 2, 2));
    private static final GroupedScores NON_MEMBERS = GroupedScores.of(new double[] {2, 7, 1, 0, 1.5}, List.of(0, 1, 1, 2, 3));
    private static final DeLong AREA = DeLong.of(MEMBERS, NON_MEMBERS);
    private static final DeLong OTHER = DeLong.of(MEMBERS.withScores(new double[] {2, 2, 5, 0, 1, 4}),
            NON_MEMBERS.withScores(new double[] {1, 6, 3, 0, 2}));

    @Test
    void theVarianceIsOfGroups() {
        assertEquals(0.6333333333333333, AREA.areaUnderCurve(), 1e-15);
        assertEquals(0.023952546296296288, AREA.variance(), 1e-15);
        assertThrows(IllegalArgumentException.class,
                () -> DeLong.of(GroupedScores.of(new double[] {1, 2}, List.of("p", "p")), NON_MEMBERS).variance());
    }

    @Test
    void pairedDifferencesAreOfGroups() {
        PairedDifference difference = AREA.minus(OTHER, 0.95);
        assertEquals(0.13333333333333333, difference.difference(), 1e-15);
        assertEquals(0.12330846220698662, difference.standardError(), 1e-14);
        assertEquals(0.3926060024306411, difference.pValue(), 1e-10);
        assertEquals(0.3926060024306411 / 2, difference.pValueOfNoMore(), 1e-10);
        assertEquals(1 - 0.3926060024306411 / 2, difference.negated().pValueOfNoMore(), 1e-10);
        assertEquals(0.13333333333333333 - 0.5305534915160993, difference.interval().lower(), 1e-9);
        assertEquals(0.13333333333333333 + 0.5305534915160993, difference.interval().upper(), 1e-9);
        assertEquals(OptionalDouble.empty(), difference.smallestDetectable(0.95, 1)); // of 3 patients
        assertThrows(IllegalArgumentException.class, () -> AREA.minus(DeLong.of(NON_MEMBERS, MEMBERS), 0.95));
        assertThrows(IllegalArgumentException.class,
                () -> AREA.minus(DeLong.of(GroupedScores.ungrouped(MEMBERS.scores()), NON_MEMBERS), 0.95));
    }

    /**
     * {@code (stats.t.ppf(1 - .025 / m, 19) + stats.t.ppf(.8, 19)) * .03} for m = 1 and 6; a margin of 0.05: {@code stats.t.cdf(-4 / 3,
     * 19)}.
     */
    @Test
    void whatCouldHaveBeenFoundGrowsWithTheNumberOfTests() {
        PairedDifference difference = new PairedDifference(0.01, 0.03, 20, 0.74,
                new Interval(-0.05, 0.07, 0.95, Interval.Method.STUDENT),
                false);
        assertEquals(0.08861923814031711, difference.smallestDetectable(0.95, 1).orElseThrow(), 1e-12);
        assertEquals(0.11414537111207544, difference.smallestDetectable(0.95, 6).orElseThrow(), 1e-12);
        assertEquals(0.09909449719403557, difference.pValueOfAtLeast(0.05), 1e-12);
        assertThrows(IllegalArgumentException.class, () -> difference.smallestDetectable(0.95, 0));
        assertThrows(IllegalArgumentException.class, () -> difference.smallestDetectable(Double.NaN, 1));
    }

    /** Pair by pair, of few groups with many scores, whose pairs are counted once, and of many groups. */
    @Property(tries = 300)
    void anAreaOfDealtGroupsIsThatOfTheirPairs(@ForAll @Size(min = 2, max = 60) List<@IntRange(max = 9) Integer> scores,
            @ForAll @IntRange(min = 2, max = 12) int groupCount, @ForAll long seed) {
        int groups = Math.min(groupCount, scores.size());
        List<Integer> group = IntStream.range(0, scores.size()).map(place -> place % groups).boxed().toList();
        int members = (groups + 1) / 2;
        GroupPermutations permutations = GroupPermutations.of(ofGroups(scores, group, 0, members),
                ofGroups(scores, group, members, groups));
        int[] order = permutations.deal(seed, 1);
        List<Integer> dealt = Arrays.stream(order, 0, members).boxed().toList();
        double won = 0;
        int pairs = 0;
        for (int first = 0; first < scores.size(); first++) {
            for (int second = 0; second < scores.size(); second++) {
                if (dealt.contains(group.get(first)) && !dealt.contains(group.get(second))) {
                    pairs++;
                    won += (Integer.signum(scores.get(first) - scores.get(second)) + 1) / 2.0;
                }
            }
        }
        assertEquals(won / pairs, permutations.areaUnderCurve(order), 1e-12);
    }

    private static GroupedScores ofGroups(List<Integer> scores, List<Integer> group, int from, int until) {
        int[] places = IntStream.range(0, scores.size()).filter(place -> group.get(place) >= from && group.get(place) < until).toArray();
        return GroupedScores.of(Arrays.stream(places).mapToDouble(scores::get).toArray(),
                Arrays.stream(places).mapToObj(group::get).toList());
    }

    @Test
    void theIntervalBlendsTwoVariances() {
        Interval interval = AREA.interval(0.95);
        assertEquals(0.287291972863141, interval.lower(), 1e-9);
        assertEquals(0.8784719912058468, interval.upper(), 1e-9);
        assertThrows(IllegalArgumentException.class, () -> AREA.interval(1));
    }

    @Test
    void withoutOverlapItIsNewcombes() {
        double[] high = IntStream.range(100, 120).asDoubleStream().toArray();
        double[] low = IntStream.range(0, 20).asDoubleStream().toArray();
        Interval perfect = DeLong.of(high, low).interval(0.95);
        assertEquals(0.898668135763534, perfect.lower(), 1e-9);
        assertEquals(1, perfect.upper());
        Interval opposite = DeLong.of(Arrays.copyOf(low, 5), Arrays.copyOf(high, 8)).interval(0.95);
        assertEquals(0, opposite.lower());
        assertEquals(0.30356361887184125, opposite.upper(), 1e-9);
    }

    /** Copies of a sentence tell nothing new. */
    @Test
    void copiesWithinAGroupDoNotMakeFiguresSurer() {
        Random random = new Random(5);
        double[] members = random.doubles(60).map(value -> value + 0.2).toArray();
        double[] nonMembers = random.doubles(60).toArray();
        Interval once = DeLong.of(members, nonMembers).interval(0.95);
        Interval fourTimes = DeLong.of(copied(members), copied(nonMembers)).interval(0.95);
        assertEquals(once.lower(), fourTimes.lower(), 1e-9);
        assertEquals(once.upper(), fourTimes.upper(), 1e-9);
    }

    @Test
    void aFallFromAllToChanceIsNotTheSame() {
        double[] high = IntStream.range(100, 120).asDoubleStream().toArray();
        double[] low = IntStream.range(0, 30).asDoubleStream().toArray();
        PairedDifference fall = DeLong.of(new double[20], new double[30]).minus(DeLong.of(high, low), 0.95);
        assertEquals(-0.5, fall.difference(), 1e-15);
        assertEquals(Math.pow(2, -19), fall.pValue(), 1e-15);
        assertTrue(!fall.same() && fall.interval().upper() < 0 && fall.interval().lower() < -0.5 && fall.interval().lower() > -0.8,
                fall.toString());
        assertEquals(0, DeLong.of(high, low).minus(DeLong.of(high, low), 0.95).pValueOfAtLeast(0.01));
    }

    @Test
    void equalAreasByOtherPlacementsAreNotTheSame() {
        PairedDifference crossed = DeLong.of(new double[] {1, 3}, new double[] {2, 0}).minus(
                DeLong.of(new double[] {3, 1}, new double[] {2, 0}),
                0.95);
        assertEquals(0, crossed.difference(), 1e-15);
        assertTrue(!crossed.same() && crossed.standardError() > 0);
    }

    /** SciPy 1.17.1: {@code hypergeom(M + N, M, r).sf(r - 1)}, {@code math.comb} for the last. */
    @Test
    void exceedancesHaveTheirExactChance() {
        assertEquals(1, ExceedanceTest.pValue(0, 50, 50));
        assertEquals(0.5, ExceedanceTest.pValue(1, 50, 50), 1e-15);
        assertEquals(0.028142247214412164, ExceedanceTest.pValue(5, 50, 50), 1e-15);
        assertEquals(0.013330538154195236, ExceedanceTest.pValue(6, 50, 50), 1e-15);
        assertEquals(0.35365853658536583, ExceedanceTest.pValue(3, 30, 12), 1e-15);
        assertEquals(2, ExceedanceTest.exceeding(new double[] {5, 4, 3, 6}, new double[] {4, 1}));
        assertThrows(IllegalArgumentException.class, () -> ExceedanceTest.pValue(3, 2, 5));
        assertThrows(IllegalArgumentException.class, () -> ExceedanceTest.exceeding(new double[0], new double[1]));
    }

    /** Counted by hand over the permutations, each standardised by mean and deviation of all, the observed among them. */
    @Property(tries = 50)
    void theLargestIsHeldAgainstTheLargest(@ForAll @IntRange(min = 1, max = 4) int statistics, @ForAll long seed) {
        Random random = new Random(seed);
        double[][] values = new double[200][];
        Arrays.setAll(values, row -> random.doubles(statistics).map(Math::sqrt).toArray());
        List<MaximumTest.Side> sides = IntStream.range(0, statistics)
                .mapToObj(place -> place % 2 == 0 ? MaximumTest.Side.ABOVE : MaximumTest.Side.BOTH).toList();
        double[] largest = new double[200];
        Arrays.fill(largest, Double.NEGATIVE_INFINITY);
        for (int place = 0; place < statistics; place++) {
            int statistic = place;
            double mean = Arrays.stream(values).mapToDouble(row -> row[statistic]).average().orElseThrow();
            double deviation = Math.sqrt(Arrays.stream(values).mapToDouble(row -> Math.pow(row[statistic] - mean, 2)).sum() / 199);
            for (int row = 0; row < 200; row++) {
                double z = (values[row][place] - mean) / deviation;
                largest[row] = Math.max(largest[row], sides.get(place) == MaximumTest.Side.BOTH ? Math.abs(z) : z);
            }
        }
        double expected = Arrays.stream(largest).filter(value -> value >= largest[199] - 1e-9).count() / 200.0;
        MaximumTest test = MaximumTest.of(values[199], Arrays.copyOf(values, 199), sides);
        assertEquals(expected, test.pValue(), 1e-12);
        assertEquals(values[199][0], test.statistics().get(0).value());
        assertTrue(test.statistics().stream().allMatch(each -> each.adjustedPValue() >= test.pValue()));
    }

    @Test
    void aStatisticThatNeverVariesIsNoEvidence() {
        double[][] permuted = new double[99][1];
        assertEquals(1, MaximumTest.of(new double[1], permuted, List.of(MaximumTest.Side.BOTH)).pValue());
        assertThrows(IllegalArgumentException.class,
                () -> MaximumTest.of(new double[1], new double[98][1], List.of(MaximumTest.Side.BOTH)));
    }

    /** An area under other labels is that of the classes so made. */
    @Test
    void groupsAreDealtWhole() {
        GroupPermutations permutations = GroupPermutations.of(MEMBERS, NON_MEMBERS);
        int[] undealt = permutations.undealt(1);
        assertArrayEquals(new int[] {0, 1, 2}, Arrays.stream(undealt, 0, 3).sorted().toArray());
        assertArrayEquals(new int[] {0, 1, 2, 3, 4, 5, 6}, Arrays.stream(undealt).sorted().toArray());
        assertEquals(AREA.areaUnderCurve(), permutations.areaUnderCurve(undealt), 1e-15);
        // members' patient 1 and non-members' patients 1 and 3 (numbers 4 and 6) are the members now
        assertEquals(RocCurve.of(new double[] {4, 7, 1, 1.5}, new double[] {3, 1, 1, 5, 2.5, 2, 0}).areaUnderCurve(),
                permutations.areaUnderCurve(new int[] {1, 4, 6, 0, 2, 3, 5}), 1e-15);
        assertArrayEquals(new int[] {0, 1, 2, 3, 4, 5, 6}, Arrays.stream(permutations.deal(1, 2)).sorted().toArray());
    }

    @Test
    void noiseOfSumsIsATie() {
        double[] members = {0.1 + 0.2, 5};
        double[] nonMembers = {0.3, 1e-13, 0, 0.3 + 1e-9};
        List<double[]> joined = RoundingTies.joined(members, nonMembers);
        assertArrayEquals(new double[] {0.3, 5}, joined.get(0));
        assertArrayEquals(new double[] {0.3, 0, 0, 0.3 + 1e-9}, joined.get(1));
    }

    /** One success more never makes the chance look smaller, however the successes lie: 20 patients of 25 sentences. */
    @Property(tries = 60)
    void intervalsOfSharesRiseWithTheCount(@ForAll @Size(20) List<@IntRange(max = 25) Integer> order, @ForAll long seed) {
        int[] places = new Random(seed).ints(500, 0, 500).distinct().toArray();
        double[] outcomes = new double[500];
        List<Integer> patients = IntStream.range(0, 500).mapToObj(row -> row / 25).toList();
        Interval none = BinomialInterval.clustered(GroupedCounts.of(GroupedScores.of(outcomes, patients)), 0.95);
        for (int place : Arrays.copyOf(places, 1 + order.get(0))) {
            outcomes[place] = 1;
            Interval some = BinomialInterval.clustered(GroupedCounts.of(GroupedScores.of(outcomes, patients)), 0.95);
            assertTrue(some.upper() >= none.upper() && some.lower() >= none.lower());
        }
        Arrays.fill(outcomes, 0);
        double upper = 0;
        for (int place = 0; place < 500; place++) { // patient by patient
            outcomes[place] = 1;
            double next = BinomialInterval.clustered(GroupedCounts.of(GroupedScores.of(outcomes, patients)), 0.95).upper();
            assertTrue(place % 25 != 24 || next >= upper, "upper end falls at " + place);
            upper = Math.max(upper, place % 25 == 24 ? next : upper);
        }
    }

    private static GroupedScores copied(double[] scores) {
        double[] copies = IntStream.range(0, 4 * scores.length).mapToDouble(index -> scores[index / 4]).toArray();
        return GroupedScores.of(copies, IntStream.range(0, copies.length).map(index -> index / 4).boxed().toList());
    }
}
