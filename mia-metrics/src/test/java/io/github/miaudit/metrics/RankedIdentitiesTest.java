package io.github.miaudit.metrics;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.Gson;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ForkJoinPool;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class RankedIdentitiesTest {

    /** Of {@code golden/make_identifiers.py}: few identities, all draws one by one. */
    private static final class Golden {
        private List<String> patients;
        private List<List<double[]>> mentions;
        private double[][] ranks;
        private Map<RankStatistic, Double> observed;
        private Map<String, GoldenTest> tests;
        private double[] exposures;
        private double[] interval;

        static Golden read() throws IOException {
            try (Reader file = new InputStreamReader(RankedIdentitiesTest.class.getResourceAsStream("/golden/identifiers.json"),
                    StandardCharsets.UTF_8)) {
                return new Gson().fromJson(file, Golden.class);
            }
        }

        private List<CandidateRanks> candidates() {
            return mentions.stream().map(each -> each.stream().map(CandidateScores::of).reduce(CandidateScores::plus).orElseThrow().ranks())
                    .toList();
        }

        private RankedIdentities moving(String how) {
            RankedIdentities together = RankedIdentities.of(candidates(), patients);
            return how.equals("together") ? together : apart(together);
        }
    }

    private static final class GoldenTest {
        private Map<RankStatistic, Double> byChance;
        private double pValue;
        private double[] patients;
        private double[] adjusted;
    }

    @Test
    void ranksAreSciPys() throws IOException {
        Golden golden = Golden.read();
        for (int identity = 0; identity < golden.ranks.length; identity++) {
            CandidateRanks ranks = golden.candidates().get(identity);
            assertArrayEquals(golden.ranks[identity],
                    IntStream.rangeClosed(0, ranks.surrogates()).mapToDouble(each -> ranks.doubled(each) / 2.0).toArray());
            assertEquals(golden.exposures[identity], ranks.ofTrue().exposure(), 1e-12);
        }
        assertEquals(3 / 5.0, golden.moving("together").shareTied());
    }

    @Test
    void testsAreThoseOfAllDraws() throws IOException {
        Golden golden = Golden.read();
        for (String how : List.of("together", "apart")) {
            GoldenTest expected = golden.tests.get(how);
            RankedIdentities identities = golden.moving(how);
            RankRandomisation randomisation = RankRandomisation.of(identities);
            for (RankStatistic statistic : RankStatistic.values()) {
                assertEquals(golden.observed.get(statistic), randomisation.observed(statistic), 1e-12);
                assertEquals(expected.byChance.get(statistic), randomisation.byChance(statistic), 1e-12);
            }
            PreferenceTest test = PreferenceTest.of(identities, 99_999, 3);
            assertEquals(expected.pValue, test.pValue(), 0.005); // four standard errors
            assertEquals(golden.observed.get(RankStatistic.EXPOSURE), test.meanExposure(), 1e-12);
            assertEquals(expected.byChance.get(RankStatistic.EXPOSURE), test.exposureByChance(), 1e-12);
            assertArrayEquals(expected.patients, ExposedPatients.of(identities).pValues(), 1e-12);
            assertArrayEquals(expected.adjusted, ExposedPatients.of(identities).adjusted(), 1e-12);
        }
    }

    @Test
    void theIntervalOfTheMeanExposureIsThatOfDirichletWeights() throws IOException {
        Golden golden = Golden.read();
        MeanExposure mean = MeanExposure.of(golden.moving("together"), 0.95, 1);
        assertEquals(golden.observed.get(RankStatistic.EXPOSURE), mean.bits(), 1e-12);
        assertEquals(golden.tests.get("together").byChance.get(RankStatistic.EXPOSURE), mean.byChance(), 1e-12);
        assertEquals(golden.interval[0], mean.interval().lower(), 0.03);
        assertEquals(golden.interval[1], mean.interval().upper(), 0.03);
    }

    /** SciPy 1.17.1, {@code binomtest(k, 12).proportion_ci()}: in closed form with one identity a patient, drawn with several. */
    @Test
    void sharesHaveClopperAndPearsonsInterval() {
        double[][] ends = {{0, 0, 0.26464846939705117}, {3, 0.05486064452799241, 0.5718584618780997}, {12, 0.7353515306029488, 1}};
        for (double[] expected : ends) {
            RankedIdentities identities = ranked(12, 1, 4, (int) expected[0]);
            TopShare first = TopShare.of(identities, 1, 0.95, 1);
            assertEquals(expected[0] / 12, first.share(), 1e-12);
            assertEquals(0.2, first.byChance(), 1e-12);
            assertEquals(expected[1], first.interval().lower(), 1e-9);
            assertEquals(expected[2], first.interval().upper(), 1e-9);
            double[] outcomes = IntStream.range(0, 12).mapToDouble(patient -> patient < expected[0] ? 1 : 0).toArray();
            Interval drawn = BoundedMean.interval(outcomes, 0, 1, 0.95, 1);
            assertEquals(expected[1], drawn.lower(), 0.01);
            assertEquals(expected[2], drawn.upper(), 0.01);
        }
    }

    @Test
    void eachPatientCountsAsOne() {
        CandidateRanks first = CandidateScores.of(5, 1, 2, 3).ranks();
        CandidateRanks last = CandidateScores.of(0, 1, 2, 3).ranks();
        RankedIdentities identities = RankedIdentities.of(List.of(first, last, last, first), List.of("p", "q", "q", "q"));
        assertEquals(2, identities.patientCount());
        assertEquals(4, identities.size());
        TopShare share = TopShare.of(identities, 1, 0.95, 1);
        assertEquals((1 + 1 / 3.0) / 2, share.share(), 1e-12);
        assertEquals(Interval.Method.GAFFKE, share.interval().method());
        assertEquals(1, TopShare.of(identities, 4, 0.95, 1).byChance());
        assertEquals((2 + 2 / 3.0) / 2, MeanExposure.of(identities, 0.95, 1).bits(), 1e-12);
        assertArrayEquals(new double[] {1, 0, 0, 1}, identities.sharesBeaten().scores());
        assertArrayEquals(new int[] {1, 3}, identities.sharesBeaten().sizes());
    }

    /** Normalised ranks 0, 1/4 and 1/2 against 1/4, 3/4 and 1: of nine pairs seven and a half the right way. */
    @Test
    void membersAndNonMembersCompareByRanks() {
        RankedIdentities members = RankedIdentities.of(List.of(one(4, 0), one(8, 2), one(4, 2)), List.of("p", "p", "q"));
        RankedIdentities others = RankedIdentities.of(List.of(one(4, 1), one(4, 3), one(2, 2)), List.of("r", "s", "t"));
        assertEquals(7.5 / 9, DeLong.of(members.sharesBeaten(), others.sharesBeaten()).areaUnderCurve(), 1e-12);
    }

    /** Neither the order of patients nor of surrogates counts, nor how scores are spread. */
    @Property(tries = 50)
    void onlyRanksAndOwnersCount(@ForAll @Size(min = 2, max = 8) List<@Size(min = 24, max = 24) List<@IntRange(max = 20) Integer>> scores,
            @ForAll long seed) {
        List<double[]> values = new ArrayList<>();
        List<Integer> owners = new ArrayList<>();
        for (int identity = 0; identity < scores.size(); identity++) {
            values.add(scores.get(identity).stream().mapToDouble(Integer::doubleValue).limit(identity % 3 == 0 ? 24 : 9).toArray());
            owners.add(identity / 2);
        }
        List<Integer> order = new ArrayList<>(IntStream.range(0, values.size()).boxed().toList());
        Collections.shuffle(order, new Random(seed));
        RankedIdentities identities = apart(RankedIdentities.of(values.stream().map(each -> CandidateScores.of(each).ranks()).toList(),
                owners));
        RankedIdentities other = apart(RankedIdentities.of(order.stream().map(identity -> {
            double[] moved = Arrays.stream(values.get(identity)).map(value -> value * value * value - 7).toArray();
            shuffleSurrogates(moved, new Random(seed));
            return CandidateScores.of(moved).ranks();
        }).toList(), order.stream().map(owners::get).toList()));
        for (RankStatistic statistic : RankStatistic.values()) {
            assertEquals(RankRandomisation.of(identities).observed(statistic), RankRandomisation.of(other).observed(statistic), 1e-12);
            assertEquals(RankRandomisation.of(identities).byChance(statistic), RankRandomisation.of(other).byChance(statistic), 1e-12);
        }
        assertArrayEquals(Arrays.stream(ExposedPatients.of(identities).pValues()).sorted().toArray(),
                Arrays.stream(ExposedPatients.of(other).pValues()).sorted().toArray(), 1e-9);
        assertEquals(TopShare.of(identities, 3, 0.9, 1).share(), TopShare.of(other, 3, 0.9, 1).share(), 1e-12);
        assertEquals(PreferenceTest.of(identities, 1999, 1).pValue(), PreferenceTest.of(other, 1999, 2).pValue(), 0.08);
    }

    /** Persons move with all their identities: with the same ranks in each, a patient's statistic varies as that of one identity. */
    @Test
    void identitiesThatMoveTogetherVaryTogether() {
        CandidateRanks ranks = CandidateScores.of(5, 1, 2, 3).ranks();
        RankedIdentities together = RankedIdentities.of(Collections.nCopies(4, ranks), List.of("p", "p", "p", "p"));
        assertEquals(0.25, PreferenceTest.of(together, 19_999, 1).pValue(), 0.015);
        assertEquals(1 / 256.0, PreferenceTest.of(apart(together), 19_999, 1).pValue(), 0.003);
        assertArrayEquals(new double[] {0.25}, ExposedPatients.of(together).pValues());
        assertArrayEquals(new double[] {1 / 256.0}, ExposedPatients.of(apart(together)).pValues(), 1e-12);
        RankedIdentities inTwo = together.withPersons(List.of("name", "name", "date", "date"));
        assertArrayEquals(new double[] {1 / 16.0}, ExposedPatients.of(inTwo).pValues(), 1e-12);
    }

    /** The product's chance by all draws; its steps may only make it larger, by little. */
    @Property(tries = 100)
    void aProductsChanceIsNeverTooSmall(@ForAll @IntRange(min = 1, max = 12) int first, @ForAll @IntRange(min = 1, max = 12) int second,
            @ForAll @IntRange(min = 1, max = 30) int third, @ForAll long seed) {
        Random random = new Random(seed);
        List<CandidateRanks> identities = IntStream.of(first, second, third).mapToObj(
                surrogates -> CandidateScores.of(IntStream.rangeClosed(0, surrogates).mapToDouble(each -> random.nextInt(40)).toArray())
                        .ranks())
                .toList();
        double observed = IntStream.range(0, 3).mapToDouble(each -> bits(identities.get(each), 0)).sum();
        int reached = 0;
        int nearly = 0;
        for (int one = 0; one <= first; one++) {
            for (int two = 0; two <= second; two++) {
                for (int three = 0; three <= third; three++) {
                    double sum = bits(identities.get(0), one) + bits(identities.get(1), two) + bits(identities.get(2), three);
                    reached += sum >= observed - 1e-9 ? 1 : 0;
                    nearly += sum >= observed - 4.01 / 64 ? 1 : 0; // three rounded up, one down
                }
            }
        }
        double all = (first + 1.0) * (second + 1) * (third + 1);
        double pValue = ExposedPatients.of(apart(RankedIdentities.of(identities, List.of(1, 1, 1)))).pValues()[0];
        assertTrue(pValue >= reached / all - 1e-12, pValue + " is below " + reached / all);
        assertTrue(pValue <= nearly / all + 1e-12, pValue + " is above " + nearly / all);
    }

    @Test
    void whatSurrogatesAreNeeded() {
        assertEquals(799, ExposedPatients.surrogatesNeeded(40, 1, 1, 0.05));
        assertEquals(79, ExposedPatients.surrogatesNeeded(40, 10, 1, 0.05));
        assertEquals(28, ExposedPatients.surrogatesNeeded(40, 1, 2, 0.05));
        assertEquals(19, ExposedPatients.surrogatesNeeded(1, 1, 1, 0.05));
        for (int surrogates : new int[] {78, 79}) {
            List<CandidateRanks> identities = IntStream.range(0, 40).mapToObj(patient -> one(surrogates, patient < 10 ? 0 : surrogates / 2))
                    .toList();
            assertEquals(surrogates < 79 ? 0 : 10,
                    ExposedPatients.of(RankedIdentities.of(identities, IntStream.range(0, 40).boxed().toList())).count(0.05));
        }
        assertThrows(IllegalArgumentException.class, () -> ExposedPatients.surrogatesNeeded(5, 6, 1, 0.05));
    }

    /** SciPy 1.17.1, {@code false_discovery_control(p, method="bh")}. */
    @Test
    void adjustedPValuesAreSciPys() {
        double[] expected = {0.0055, 0.029333333333333333, 0.077, 0.077, 0.077, 0.09428571428571428, 0.10175, 0.216, 0.216, 0.216, 0.0055};
        assertArrayEquals(expected, MultipleTesting.benjaminiHochberg(
                new double[] {0.001, 0.008, 0.039, 0.041, 0.042, 0.06, 0.074, 0.205, 0.212, 0.216, 0.001}), 1e-12);
        assertThrows(IllegalArgumentException.class, () -> MultipleTesting.benjaminiHochberg(new double[] {1.1}));
    }

    /** True ones of middling rank have no mean of their own, but are not like the others. */
    @Test
    void eachWayNotToBeAlikeIsFound() {
        Map<String, int[]> places = Map.of("likelier", new int[] {0, 1, 2, 3, 4, 5}, "less likely", new int[] {15, 14, 13, 12, 11, 10},
                "at both ends", new int[] {0, 15, 1, 14, 2, 13}, "in the middle", new int[] {6, 7, 8, 9});
        places.forEach((what, each) -> assertTrue(exchangeable(each).pValue() < 0.01, what));
        ExchangeabilityTest alike = exchangeable(IntStream.range(0, 16).toArray());
        assertEquals(1, alike.pValue(), 0.3);
        assertEquals(List.of(RankStatistic.values()),
                alike.deviations().stream().map(ExchangeabilityTest.Deviation::statistic).toList());
        assertEquals(0.5, alike.deviations().get(0).byChance(), 1e-12);
        assertEquals(0.5, alike.deviations().get(0).observed(), 1e-12);
        ExchangeabilityTest middling = exchangeable(new int[] {6, 7, 8, 9});
        assertEquals(middling.pValue(), middling.deviations().get(RankStatistic.EXTREMENESS.ordinal()).adjustedPValue());
    }

    private static ExchangeabilityTest exchangeable(int[] above) {
        List<CandidateRanks> identities = IntStream.range(0, 48).mapToObj(patient -> one(15, above[patient % above.length])).toList();
        return ExchangeabilityTest.of(RankedIdentities.of(identities, IntStream.range(0, 48).boxed().toList()), 999, 1);
    }

    /** Among so many p-values under the hypothesis those up to alpha are no more than that share, as the binomial distribution has it. */
    @Test
    void byChanceFewPValuesAreSmall() {
        Random random = new Random(11);
        int preferred = 0;
        int different = 0;
        for (int audit = 0; audit < 400; audit++) {
            List<CandidateRanks> identities = new ArrayList<>();
            List<Integer> owners = new ArrayList<>();
            for (int patient = 0; patient < 8; patient++) {
                for (int left = 1 + random.nextInt(3); left > 0; left--) {
                    identities.add(CandidateScores.of(random.doubles(5 + 5 * (left % 2)).map(value -> Math.floor(9 * value)).toArray())
                            .ranks());
                    owners.add(patient);
                }
            }
            RankedIdentities ranked = RankedIdentities.of(identities, owners);
            preferred += PreferenceTest.of(ranked, 199, audit).pValue() <= 0.05 ? 1 : 0;
            different += ExchangeabilityTest.of(ranked, 199, audit).pValue() <= 0.05 ? 1 : 0;
        }
        assertTrue(BinomialInterval.of(preferred, 400, 0.999).contains(0.05), preferred + " of 400");
        assertTrue(BinomialInterval.of(different, 400, 0.999).contains(0.05), different + " of 400");
    }

    @Test
    void theResultIsTheSameForAnyNumberOfThreads() throws Exception {
        RankedIdentities identities = ranked(30, 2, 15, 5);
        List<Object> alone = new ForkJoinPool(1).submit(() -> figures(identities)).get();
        assertEquals(alone, new ForkJoinPool(4).submit(() -> figures(identities)).get());
        assertEquals(alone, figures(identities));
    }

    private static List<Object> figures(RankedIdentities identities) {
        return List.of(PreferenceTest.of(identities, 9999, 1), ExchangeabilityTest.of(identities, 9999, 1),
                MeanExposure.of(identities, 0.95, 1), TopShare.of(identities, 2, 0.95, 1));
    }

    @Test
    void wrongArgumentsAreRefused() {
        List<CandidateRanks> one = List.of(one(3, 1));
        assertEquals("identities are 0; at least 1 is needed",
                assertThrows(IllegalArgumentException.class, () -> RankedIdentities.of(List.of(), List.of())).getMessage());
        assertThrows(IllegalArgumentException.class, () -> RankedIdentities.of(one, List.of("p", "q")));
        RankedIdentities identities = RankedIdentities.of(one, List.of("p"));
        assertThrows(IllegalArgumentException.class, () -> identities.withPersons(List.of()));
        assertThrows(IllegalArgumentException.class, () -> PreferenceTest.of(identities, 98, 1));
        assertThrows(IllegalArgumentException.class, () -> ExchangeabilityTest.of(identities, 98, 1));
        assertThrows(IllegalArgumentException.class, () -> MeanExposure.of(identities, 1, 1));
        assertThrows(IllegalArgumentException.class, () -> TopShare.of(identities, 0, 0.95, 1));
        assertThrows(IllegalArgumentException.class, () -> ExposedPatients.of(identities).count(1.5));
        assertThrows(IllegalArgumentException.class, () -> BoundedMean.interval(new double[] {2}, 0, 1, 0.95, 1));
    }

    /** Patients of so many identities each, of whom the first have all theirs ranked first, the others last. */
    private static RankedIdentities ranked(int patients, int each, int surrogates, int first) {
        return RankedIdentities.of(
                IntStream.range(0, patients * each).mapToObj(identity -> one(surrogates, identity / each < first ? 0 : surrogates))
                        .toList(),
                IntStream.range(0, patients * each).mapToObj(identity -> identity / each).toList());
    }

    /** Candidates of whom so many lie above the true one. */
    private static CandidateRanks one(int surrogates, int above) {
        double[] scores = IntStream.rangeClosed(0, surrogates).asDoubleStream().toArray();
        scores[0] = surrogates - above + 0.5;
        return CandidateScores.of(scores).ranks();
    }

    private static RankedIdentities apart(RankedIdentities identities) {
        return identities.withPersons(IntStream.range(0, identities.size()).boxed().toList());
    }

    private static double bits(CandidateRanks ranks, int candidate) {
        double atLeast = IntStream.rangeClosed(0, ranks.surrogates()).filter(other -> ranks.doubled(other) <= ranks.doubled(candidate))
                .count();
        return Math.log((ranks.surrogates() + 1) / atLeast) / Math.log(2);
    }

    private static void shuffleSurrogates(double[] scores, Random random) {
        for (int place = scores.length - 1; place > 1; place--) {
            int other = 1 + random.nextInt(place);
            double moved = scores[place];
            scores[place] = scores[other];
            scores[other] = moved;
        }
    }
}
