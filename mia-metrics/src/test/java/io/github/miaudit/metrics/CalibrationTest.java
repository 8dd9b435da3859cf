package io.github.miaudit.metrics;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.apache.commons.math3.distribution.BetaDistribution;
import org.junit.jupiter.api.Test;

/** Calibration, corrections, tests and bounds. */
class CalibrationTest {

    @Test
    void pValuesCountWhoLooksAtLeastAsMuchLikeAMember() {
        ConformalCalibration calibration = ConformalCalibration.of(GroupedScores.ungrouped(new double[] {3, 1, 2, 2}));
        assertArrayEquals(new double[] {1.0 / 5, 2.0 / 5, 4.0 / 5, 5.0 / 5}, calibration.pValues(new double[] {4, 3, 2, 0}), 1e-15);
        assertEquals(2, Arrays.stream(new double[] {4, 3, 2, 0}).filter(score -> calibration.accepts(score, 0.4)).count());
        assertEquals("alpha 0.1 can't be resolved with 4 calibration non-members; it takes at least 9",
                assertThrows(IllegalArgumentException.class, () -> calibration.requireResolvable(0.1)).getMessage());
        ConformalCalibration.of(GroupedScores.ungrouped(new double[9])).requireResolvable(0.1);
    }

    /** What is promised: exchangeable non-members are accepted at most alpha of the time, on average. */
    @Test
    void theRealisedRateIsAtMostThePromised() {
        Random random = new Random(11);
        double accepted = 0;
        for (int trial = 0; trial < 2000; trial++) {
            double[] calibration = random.doubles(19).map(value -> Math.floor(value * 20)).toArray(); // with ties
            double[] others = random.doubles(10).map(value -> Math.floor(value * 20)).toArray();
            ConformalCalibration calibrated = ConformalCalibration.of(GroupedScores.ungrouped(calibration));
            accepted += Arrays.stream(others).filter(score -> calibrated.accepts(score, 0.1)).count() / 10.0;
        }
        assertTrue(accepted / 2000 <= 0.1 + 3 * Math.sqrt(0.1 / 2000), "realised " + accepted / 2000);
    }

    /** By hand: 4 * 0.005, 3 * 0.01, 2 * 0.03, and 0.04, which must not fall below the one before. */
    @Test
    void holmIsByHand() {
        assertArrayEquals(new double[] {0.03, 0.06, 0.06, 0.02}, MultipleTesting.holm(new double[] {0.01, 0.04, 0.03, 0.005}), 1e-15);
        assertArrayEquals(new double[] {1, 1}, MultipleTesting.holm(new double[] {0.9, 0.8}));
        assertThrows(IllegalArgumentException.class, () -> MultipleTesting.holm(new double[] {Double.NaN}));
        // p / w = 0.04, 0.02, 0.06: 0.02 * 4 / 1, then 0.08 * 3 / 2 and 0.06 * 1 / 1, which must not fall below the one before
        assertArrayEquals(new double[] {0.12, 0.08, 0.12},
                MultipleTesting.holm(new double[] {0.08, 0.02, 0.06}, new double[] {2, 1, 1}), 1e-15);
        assertThrows(IllegalArgumentException.class, () -> MultipleTesting.holm(new double[] {0.1}, new double[] {0}));
    }

    @Test
    void permutationsTellADifferenceFromNone() {
        Random random = new Random(2);
        GroupedScores low = GroupedScores.ungrouped(random.doubles(50).toArray());
        GroupedScores alike = GroupedScores.ungrouped(random.doubles(50).toArray());
        GroupedScores high = GroupedScores.ungrouped(random.doubles(50).map(value -> value + 1).toArray());
        assertEquals(new PermutationTest(1.0 / 1001, 1), PermutationTest.of(high, low, 1000, 1));
        assertTrue(PermutationTest.of(alike, low, 1000, 1).higher() > 0.01);
        assertEquals(new PermutationTest(1, 1.0 / 1001), PermutationTest.of(low, high, 1000, 1));
        assertThrows(IllegalArgumentException.class, () -> PermutationTest.of(low, high, 999, 1));
    }

    /** All 10 ways to deal {3, 4 | 0, 1, 2} by hand: AUC 1 once; of {2, 4 | 0, 1, 3}, 5 / 6, two ways reach it and nine don't exceed it. */
    @Test
    void permutationsApproachTheExactShare() {
        GroupedScores three = GroupedScores.ungrouped(new double[] {0, 1, 2});
        assertEquals(0.1, PermutationTest.of(GroupedScores.ungrouped(new double[] {3, 4}), three, 20_000, 4).higher(), 0.008);
        PermutationTest second = PermutationTest.of(GroupedScores.ungrouped(new double[] {2, 4}),
                GroupedScores.ungrouped(new double[] {0, 1, 3}), 20_000, 4);
        assertEquals(0.2, second.higher(), 0.01);
        assertEquals(0.9, second.lower(), 0.01);
    }

    /** Drawn, beside Student's test of the standard error; and that test's floor. */
    @Test
    void manyGroupsAreTestedByTheStandardError() {
        Random random = new Random(6);
        for (double shift : new double[] {-0.01, 0, 0.01, 0.02}) {
            GroupedScores members = GroupedScores.ungrouped(random.doubles(2000).map(value -> value + shift).toArray());
            GroupedScores nonMembers = GroupedScores.ungrouped(random.doubles(3000).toArray());
            PermutationTest drawn = PermutationTest.of(members, nonMembers, 20_000, 1);
            PermutationTest tested = PermutationTest.of(members, nonMembers, 0, 1);
            assertEquals(drawn.higher(), tested.higher(), 0.012); // 3 standard errors of 20 000 draws
            assertEquals(drawn.lower(), tested.lower(), 0.012);
        }
        GroupedScores high = GroupedScores.ungrouped(new double[] {3, 4});
        PermutationTest least = PermutationTest.of(high, GroupedScores.ungrouped(new double[] {0, 1, 2}), 0, 1);
        assertEquals(0.2, least.higher(), 1e-12);
        assertEquals(1, least.lower());
    }

    @Test
    void halvesShareNoGroup() {
        List<Integer> groups = IntStream.range(0, 50).map(index -> index % 7).boxed().toList();
        GroupedScores scores = GroupedScores.of(IntStream.range(0, 50).asDoubleStream().toArray(), groups);
        List<GroupedScores> halves = scores.halves(3);
        assertEquals(4, halves.get(0).groupCount());
        assertEquals(3, halves.get(1).groupCount());
        Set<Integer> first = new HashSet<>();
        Arrays.stream(halves.get(0).scores()).forEach(score -> first.add((int) score % 7));
        assertTrue(Arrays.stream(halves.get(1).scores()).noneMatch(score -> first.contains((int) score % 7)));
        assertEquals(50, halves.get(0).size() + halves.get(1).size());
        assertThrows(IllegalArgumentException.class, () -> GroupedScores.of(new double[2], List.of("p", "p")).halves(1));
    }

    @Test
    void groupsNeededAreExactForRoundRates() {
        for (int n : new int[] {1, 2, 9, 10, 19, 99, 999, 9999}) {
            assertEquals(n, ConformalCalibration.groupsNeeded(1.0 / (n + 1)));
            assertEquals(10 * (n + 1), ConformalCalibration.groupsForNear(1.0 / (n + 1)));
            assertTrue(ConformalCalibration.of(GroupedScores.ungrouped(new double[n])).accepts(1, 1.0 / (n + 1)));
        }
    }

    @Test
    void groupsAreReducedAsNamed() {
        GroupedScores scores = GroupedScores.of(new double[] {1, 5, 3, 2, 8}, List.of("p", "q", "p", "p", "q"));
        assertArrayEquals(new double[] {2, 6.5}, scores.reduce(GroupReduction.mean()));
        assertArrayEquals(new double[] {6, 13}, scores.reduce(GroupReduction.sum()));
        assertArrayEquals(new double[] {3, 8}, scores.reduce(GroupReduction.max()));
        assertArrayEquals(new double[] {2.5, 8}, scores.reduce(GroupReduction.topMean(0.7)));
        GroupedScores pValues = GroupedScores.of(new double[] {0.1, 0.5}, List.of("p", "p"));
        // -2 * (math.log(0.1) + math.log(0.5)), -2 / (1 / 0.1 + 1 / 0.5)
        assertArrayEquals(new double[] {5.9914645471080}, pValues.reduce(GroupReduction.fisher()), 1e-12);
        assertArrayEquals(new double[] {-1.0 / 6}, pValues.reduce(GroupReduction.harmonicMean()), 1e-15);
        assertThrows(IllegalArgumentException.class, () -> scores.reduce(GroupReduction.fisher()));
        assertArrayEquals(new double[] {1, 2}, GroupedScores.ungrouped(new double[] {1, 2}).reduce(GroupReduction.mean()));
    }

    /** All pairs of the same stratum, counted one by one. */
    @Test
    void stratifiedAreaIsThatOfPairsWithinStrata() {
        Random random = new Random(8);
        double[] members = random.doubles(60).toArray();
        double[] nonMembers = random.doubles(50).toArray();
        double[] memberCovariates = random.ints(60, 0, 4).asDoubleStream().toArray();
        double[] nonMemberCovariates = random.ints(50, 0, 4).asDoubleStream().toArray();
        double won = 0;
        double pairs = 0;
        for (int member = 0; member < 60; member++) {
            for (int other = 0; other < 50; other++) {
                if (memberCovariates[member] == nonMemberCovariates[other]) {
                    pairs++;
                    won += members[member] > nonMembers[other] ? 1 : members[member] == nonMembers[other] ? 0.5 : 0;
                }
            }
        }
        assertEquals(won / pairs, StratifiedArea.of(members, nonMembers, memberCovariates, nonMemberCovariates, 110).orElseThrow(), 1e-12);
        assertEquals(RocCurve.of(members, nonMembers).areaUnderCurve(),
                StratifiedArea.of(members, nonMembers, memberCovariates, nonMemberCovariates, 1).orElseThrow(), 1e-12);
        assertTrue(StratifiedArea.of(new double[] {1}, new double[] {1}, new double[] {0}, new double[] {1}, 2).isEmpty());
    }

    @Test
    void positivePredictiveValueNeedsAPrior() {
        ConfusionMatrix confusion = new ConfusionMatrix(80, 20, 10, 90);
        assertEquals(0.08 / 0.17, confusion.positivePredictiveValue(0.1 / 1.0).orElseThrow(), 1e-12);
        assertEquals(0, confusion.positivePredictiveValue(0).orElseThrow());
        assertTrue(new ConfusionMatrix(0, 1, 0, 1).positivePredictiveValue(0.5).isEmpty());
    }

    @Test
    void pairedDifferencesShareTheirNoise() {
        double[] members = new Random(1).doubles(200).map(value -> value + 0.3).toArray();
        double[] nonMembers = new Random(2).doubles(200).toArray();
        DeLong score = DeLong.of(members, nonMembers);
        assertEquals(new PairedDifference(0, 0, 200, 1, new Interval(0, 0, 0.95, Interval.Method.STUDENT), true),
                score.minus(score, 0.95));
        DeLong shifted = DeLong.of(Arrays.stream(members).map(value -> value - 0.1).toArray(), nonMembers);
        PairedDifference difference = score.minus(shifted, 0.95);
        assertEquals(score.areaUnderCurve() - shifted.areaUnderCurve(), difference.difference(), 1e-15);
        assertTrue(difference.standardError() < Math.sqrt(score.variance()), "paired");
        assertTrue(difference.pValue() < 1e-6);
    }

    /**
     * By hand from the definition: with delta 0 the bound solves P[Bin(r, q) >= v] = 0.05. For v = r it is
     * q = 0.05^(1/r), epsilon = log(q / (1 - q)).
     */
    @Test
    void theOneRunBoundSolvesItsEquation() {
        double q = Math.pow(0.05, 1.0 / 100);
        assertEquals(Math.log(q / (1 - q)), EmpiricalLeakage.oneRunLowerBound(1000, 100, 100, 0, 0.95), 1e-6);
        assertEquals(0, EmpiricalLeakage.oneRunLowerBound(1000, 100, 50, 0, 0.95), 1e-9);
        assertTrue(
                EmpiricalLeakage.oneRunLowerBound(1000, 100, 100, 1e-5, 0.95) < EmpiricalLeakage.oneRunLowerBound(1000, 100, 100, 0, 0.95));
        assertThrows(IllegalArgumentException.class, () -> EmpiricalLeakage.oneRunLowerBound(10, 11, 5, 0, 0.95));
    }

    /**
     * SciPy 1.10.1 in the authors' formula, {@code binom.sf(v - 1, r, q) + 2 * m * delta * max(cumsum(pmf) / i)} set to
     * 0.05 by 200 bisections.
     */
    @Test
    void theOneRunBoundIsTheAuthors() {
        assertEquals(1.6261434806957262, EmpiricalLeakage.oneRunLowerBound(1000, 100, 90, 1e-5, 0.95), 1e-6);
        assertEquals(0.8213962430643411, EmpiricalLeakage.oneRunLowerBound(500, 200, 150, 0, 0.95), 1e-6);
        assertEquals(3.4653763478110453, EmpiricalLeakage.oneRunLowerBound(1000, 100, 100, 1e-5, 0.95), 1e-6);
    }

    /** scikit-learn 1.2.1: {@code roc_auc_score([1] * 6 + [0] * 7, members + nonMembers, max_fpr=f)}. */
    @Test
    void thePartialAreaIsScikitLearns() {
        RocCurve curve = RocCurve.of(new double[] {0.9, 0.8, 0.7, 0.55, 0.4, 0.35}, new double[] {0.85, 0.6, 0.55, 0.3, 0.2, 0.15, 0.1});
        assertEquals(0.5614035087719298, curve.standardisedPartialArea(0.1), 1e-12);
        assertEquals(0.58994708994709, curve.standardisedPartialArea(0.2), 1e-12);
        assertEquals(0.6666666666666666, curve.standardisedPartialArea(0.5), 1e-12);
        assertEquals(0.75, curve.standardisedPartialArea(1), 1e-12);
        assertEquals(curve.areaUnderCurve(), curve.partialArea(1), 1e-12);
        assertThrows(IllegalArgumentException.class, () -> curve.partialArea(0));
    }

    @Test
    void theRatioBoundUsesBothBoundsAndAllThresholds() {
        ConfusionMatrix confusion = new ConfusionMatrix(90, 10, 5, 95);
        double expected = Math.log(
                BinomialInterval.of(90, 100, 0.95).lower() / BinomialInterval.of(5, 100, 0.95).upper());
        assertEquals(expected, EmpiricalLeakage.ratioBound(confusion, 0, 0.95, 1).orElseThrow(), 1e-12);
        assertTrue(EmpiricalLeakage.ratioBound(confusion, 0, 0.95, 100).orElseThrow() < expected);
        assertTrue(EmpiricalLeakage.ratioBound(new ConfusionMatrix(0, 10, 0, 10), 0, 0.95, 1).isEmpty());
    }

    @Test
    void guessesFallOnTheWrongOnesAmongEquals() {
        assertEquals(3, EmpiricalLeakage.correctGuesses(new double[] {3, 2}, new double[] {1, 0}, 3));
        assertEquals(0, EmpiricalLeakage.correctGuesses(new double[] {1, 1}, new double[] {1, 1}, 4));
        assertEquals(2, EmpiricalLeakage.correctGuesses(new double[] {2, 1, 1}, new double[] {1, 0}, 4));
        assertEquals(1, EmpiricalLeakage.correctGuesses(new double[] {5}, new double[] {1}, 1));
        assertThrows(IllegalArgumentException.class, () -> EmpiricalLeakage.correctGuesses(new double[] {5}, new double[] {1}, 3));
    }

    @Test
    void sharesOfGroupedTrials() {
        // R, survey 4.1.1: des <- svydesign(ids=~g, weights=~1, data=data.frame(g=..., x=...)); confint(svyciprop(~x, des, method="beta"))
        GroupedScores outcomes = GroupedScores.of(new double[] {0, 1, 1, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1, 1, 0, 0, 0},
                List.of(1, 1, 1, 2, 2, 3, 4, 4, 4, 4, 5, 5, 6, 7, 7, 8, 8, 8));
        assertInterval(0.0785236985355748, 0.69283498312255, BinomialInterval.clustered(GroupedCounts.of(outcomes), 0.95));
        assertInterval(0.106640089350005, 0.638251604151805, BinomialInterval.clustered(GroupedCounts.of(outcomes), 0.9)); // level=0.9
        assertInterval(0.110505140963105, 0.754568762255456,
                BinomialInterval.clustered(GroupedCounts.of(GroupedScores.ungrouped(new double[] {0, 1, 1, 0, 0, 1, 0, 0, 0, 1})), 0.95));
    }

    @Test
    void withoutAnySuccessTheGroupsAreTheTrials() {
        Interval none = BinomialInterval
                .clustered(GroupedCounts.of(GroupedScores.of(new double[20], IntStream.range(0, 20).mapToObj(row -> row / 4).toList())),
                        0.95);
        assertEquals(BinomialInterval.of(0, 5, 0.95).upper(), none.upper(), 1e-12);
        assertEquals(0, none.lower());
        assertThrows(IllegalArgumentException.class,
                () -> BinomialInterval.clustered(GroupedCounts.of(GroupedScores.ungrouped(new double[] {0.5, 1})), 0.95));
        assertThrows(IllegalArgumentException.class,
                () -> BinomialInterval.clustered(GroupedCounts.of(GroupedScores.of(new double[] {0, 1}, List.of(1, 1))), 0.95));
    }

    /** One more is accepted of each group in turn; where they are of few groups instead, the interval is never below that of none. */
    @Test
    void theMoreSuccessesTheHigherAreBothEnds() {
        double[] inTurn = new double[500];
        double[] together = new double[500];
        List<Integer> groups = IntStream.range(0, 500).mapToObj(row -> row / 10).toList();
        Interval none = BinomialInterval.clustered(GroupedCounts.of(GroupedScores.of(inTurn, groups)), 0.95);
        Interval before = none;
        for (int count = 0; count < 500; count++) {
            inTurn[count % 50 * 10 + count / 50] = 1;
            together[count] = 1;
            Interval after = BinomialInterval.clustered(GroupedCounts.of(GroupedScores.of(inTurn, groups)), 0.95);
            assertTrue(after.upper() >= before.upper() - 1e-12 && after.lower() >= before.lower() - 1e-12,
                    after + " of " + (count + 1) + " after " + before);
            assertTrue(BinomialInterval.clustered(GroupedCounts.of(GroupedScores.of(together, groups)), 0.95).upper() >= none.upper());
            before = after;
        }
    }

    private static void assertInterval(double lower, double upper, Interval interval) {
        assertEquals(lower, interval.lower(), 1e-9);
        assertEquals(upper, interval.upper(), 1e-9);
        assertEquals(Interval.Method.KORN_GRAUBARD, interval.method());
    }

    @Test
    void aPatientCountsAsOneInACalibration() {
        // By hand: patients a {3, 1}, b {2}; of x = 2 the shares at or above are 1/2 and 1, so p = (1 + 1.5) / 3.
        ConformalCalibration calibration = ConformalCalibration.of(GroupedScores.of(new double[] {3, 2, 1}, List.of("a", "b", "a")));
        assertArrayEquals(new double[] {2.5 / 3, 1.0 / 3, 1.5 / 3, 1}, calibration.pValues(new double[] {2, 4, 3, 0}), 1e-15);
        assertEquals("alpha 0.2 can't be resolved with 2 calibration non-members; it takes at least 4 patients",
                assertThrows(IllegalArgumentException.class, () -> calibration.accepts(4, 0.2)).getMessage());
    }

    /**
     * By hand: shares 1/2, 0, 1 of three groups: p = 1/2, v = 3/2 (0 + 1/4 + 1/4) / 9 = 1/12, so p (1 - p) / v = 3 trials, each end a beta
     * quantile.
     */
    @Test
    void aGroupCountsAsOneInAMeanOfGroups() {
        GroupedScores outcomes = GroupedScores.of(new double[] {1, 0, 0, 0, 0, 1, 1}, List.of("a", "a", "b", "b", "b", "c", "c"));
        Interval interval = BinomialInterval.ofGroups(GroupedCounts.of(outcomes), 0.95);
        assertEquals(new BetaDistribution(1.5, 2.5).inverseCumulativeProbability(0.025), interval.lower(), 1e-6);
        assertEquals(1 - interval.lower(), interval.upper(), 1e-6);
    }

    /** What a threshold accepts are the scores whose p-values are at most alpha. */
    @Property
    void aThresholdAcceptsWhatPValuesDo(@ForAll @Size(min = 10, max = 40) List<@IntRange(max = 9) Integer> scores,
            @ForAll @IntRange(min = 1, max = 12) int groups, @ForAll @DoubleRange(min = 0.01, max = 1) double alpha) {
        ConformalCalibration calibration = ConformalCalibration
                .of(GroupedScores.of(scores.stream().mapToDouble(Integer::doubleValue).toArray(),
                        IntStream.range(0, scores.size()).mapToObj(row -> row % groups).toList()));
        Assume.that(calibration.groupCount() >= ConformalCalibration.groupsNeeded(alpha));
        double threshold = calibration.threshold(alpha);
        for (double score = -1; score < 12; score += 0.5) {
            assertEquals(calibration.pValues(new double[] {score})[0] <= alpha * (1 + 1e-12), score > threshold,
                    score + " of " + threshold);
            assertEquals(score > threshold, calibration.accepts(score, alpha));
        }
    }

    @Test
    void ofALevelThatAllHaveAllAreAccepted() {
        assertEquals(Double.NEGATIVE_INFINITY, ConformalCalibration.of(GroupedScores.ungrouped(new double[] {1, 2})).threshold(1));
    }

    /** By the definition: the rows of each stratum, whose AUCs are weighted by their pairs; covariates with ties. */
    @Property
    void aStratifiedAreaIsThatOfItsStrata(@ForAll @Size(min = 2, max = 40) List<@IntRange(max = 6) Integer> covariates,
            @ForAll @IntRange(min = 1, max = 8) int strata, @ForAll long seed) {
        Random random = new Random(seed);
        int members = 1 + random.nextInt(covariates.size() - 1);
        double[] all = covariates.stream().mapToDouble(Integer::doubleValue).toArray();
        double[] scores = random.ints(all.length, 0, 6).asDoubleStream().toArray();
        double[] sorted = Arrays.stream(all).sorted().toArray();
        double won = 0;
        double pairs = 0;
        for (int stratum = 0; stratum < strata; stratum++) {
            double from = stratum == 0 ? -1 : sorted[stratum * all.length / strata];
            double to = stratum == strata - 1 ? 100 : sorted[(stratum + 1) * all.length / strata];
            for (int member = 0; member < members; member++) {
                for (int other = members; other < all.length; other++) {
                    if (Math.min(all[member], all[other]) >= from && Math.max(all[member], all[other]) < to) {
                        pairs++;
                        won += (Math.signum(scores[member] - scores[other]) + 1) / 2;
                    }
                }
            }
        }
        OptionalDouble area = StratifiedArea.of(Arrays.copyOf(scores, members), Arrays.copyOfRange(scores, members, all.length),
                Arrays.copyOf(all, members), Arrays.copyOfRange(all, members, all.length), strata);
        assertEquals(pairs == 0, area.isEmpty());
        assertEquals(pairs == 0 ? 0 : won / pairs, area.orElse(0), 1e-12);
    }
}
