package io.github.miaudit.metrics;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** Statistics of attacks; expected numbers from Python's statistics and math modules (3.11), the call beside each. */
class AttackStatisticsTest {

    private static final double[] TARGET = {-1.5, -2.25};
    private static final double[][] REFERENCES = {{-2, -2}, {-3, -2.5}, {-2.5, -2.1}};

    @Test
    void referencesAreCombinedAsDocumented() {
        assertArrayEquals(new double[] {-2.5, -2.2}, MembershipStatistic.meanReference(REFERENCES), 1e-12);
        // math.log((math.exp(-2) + math.exp(-3) + math.exp(-2.5)) / 3), math.log((math.exp(-2) + math.exp(-2.5) + math.exp(-2.1)) / 3)
        assertArrayEquals(new double[] {-2.418342618026375, -2.1777846331148503}, MembershipStatistic.logMeanExpReference(REFERENCES),
                1e-12);
        assertArrayEquals(new double[] {-1000.0}, MembershipStatistic.logMeanExpReference(new double[][] {{-1000}, {-1000}}), 0);
    }

    @Test
    void offlineLiraIsTheZScore() {
        // (-1.5 + 2.5) / statistics.stdev([-2, -3, -2.5]), (-2.25 + 2.2) / statistics.stdev([-2, -2.5, -2.1])
        assertArrayEquals(new double[] {2, -0.1889822365046}, MembershipStatistic.offlineLira(TARGET, REFERENCES, LiraVariance.PER_EXAMPLE),
                1e-12);
        // pooled: math.sqrt((0.25 + 0.07) / 2) = 0.4
        assertArrayEquals(new double[] {2.5, -0.125}, MembershipStatistic.offlineLira(TARGET, REFERENCES, LiraVariance.POOLED), 1e-12);
    }

    @Test
    void onlineLiraIsTheLogRatioOfNormalDensities() {
        // SciPy 1.10: norm.logpdf(t, mean(in), std(in, ddof=1)) - norm.logpdf(t, mean(out), std(out, ddof=1)); then with
        // the root of the mean variance over sentences in place of each std
        double[] target = {-1.5, -2.1, -2.8};
        double[][] references = {{-1.2, -2, -3}, {-0.8, -2.5, -3.3}, {-1.0, -1.7, -2.2}, {-2.0, -2.9, -3.1}, {-3.0, -2.2, -2.6}};
        boolean[][] trainedOn = {{true, false, true}, {true, true, false}, {true, false, true}, {false, true, false}, {false, true, false}};
        assertArrayEquals(new double[] {-0.8621356778458735, -0.5709309304167383, -0.3590471188229406},
                MembershipStatistic.onlineLira(target, references, trainedOn, LiraVariance.PER_EXAMPLE), 1e-12);
        assertArrayEquals(new double[] {1.6133632253197145, -0.2768666597377575, 0.13175402991741636},
                MembershipStatistic.onlineLira(target, references, trainedOn, LiraVariance.POOLED), 1e-12);
    }

    @Test
    void offlineLiraLeavesOutTheReferencesThatSawTheSentence() {
        // first sentence of references 0 and 2: (-1.5 + 2.25) / statistics.stdev([-2, -2.5]); second of 0 and 1: (-2.25 + 2.25) / anything
        boolean[][] trainedOn = {{false, false}, {true, false}, {false, true}};
        assertArrayEquals(new double[] {2.1213203435596424, 0},
                MembershipStatistic.offlineLira(TARGET, REFERENCES, trainedOn, LiraVariance.PER_EXAMPLE), 1e-12);
        assertArrayEquals(MembershipStatistic.offlineLira(TARGET, REFERENCES, LiraVariance.POOLED),
                MembershipStatistic.offlineLira(TARGET, REFERENCES, new boolean[3][2], LiraVariance.POOLED), 0);
        trainedOn[0][0] = true;
        assertEquals("sentence 0 was not seen by 1 references; at least 2 are needed", assertThrows(IllegalArgumentException.class,
                () -> MembershipStatistic.offlineLira(TARGET, REFERENCES, trainedOn, LiraVariance.POOLED)).getMessage());
    }

    @Test
    void onlineLiraNeedsTwoReferencesOfEachKind() {
        boolean[][] trainedOn = {{true}, {true}, {true}, {false}};
        IllegalArgumentException refused = assertThrows(IllegalArgumentException.class, () -> MembershipStatistic
                .onlineLira(new double[] {-1}, new double[][] {{-1}, {-2}, {-3}, {-4}}, trainedOn, LiraVariance.POOLED));
        assertEquals("sentence 0 was not seen by 1 references; at least 2 are needed", refused.getMessage());
    }

    @Test
    void theLogTailOfLiraNeverSaturates() {
        // SciPy 1.10: -norm.logsf(z)
        // also: -norm.logsf(z) = -log1p(-norm.cdf(z)), which is cdf(z) at -10 and -30: 7.61985302416047e-24, 4.906713927147908e-198
        double[][] expected = {{-30, 4.906713927147908e-198}, {-10, 7.61985302416047e-24}, {-3, 0.001350809964748193},
                {0, 0.6931471805599453}, {5, 15.064998393988727}, {8.3, 37.49421742374825},
                {19.9, 201.91716770733265}, {20.1, 205.92711840194826}, {50, 1254.8313611394199}, {1000, 500007.8266948122}};
        for (double[] pair : expected) {
            assertEquals(pair[1], MembershipStatistic.offlineLiraLogTail(pair[0]), 1e-9 * pair[1]);
        }
        assertThrows(IllegalArgumentException.class, () -> MembershipStatistic.offlineLiraLogTail(Double.NaN));
    }

    @Test
    void ratiosOfOneModelAreWhatTheirFormulasSay() {
        assertArrayEquals(new double[] {-0.1, -0.25}, MembershipStatistic.zlibRatio(new double[] {-2, -3}, new int[] {20, 12}), 1e-15);
        assertArrayEquals(new double[] {1.5, 0.5}, MembershipStatistic.lowerCaseRatio(new double[] {-2, -4}, new double[] {-3, -2}), 1e-15);
        assertArrayEquals(new double[] {2, 0}, MembershipStatistic.neighbourhood(new double[] {-1, -4}, new double[][] {{-2, -4}, {-4}}),
                1e-15);
    }

    @Test
    void ratiosRefuseWhatTheyCantDivide() {
        assertEquals("log-likelihood 0 is 0.0; a ratio needs it below 0",
                assertThrows(IllegalArgumentException.class, () -> MembershipStatistic.lowerCaseRatio(new double[] {0}, new double[] {-1}))
                        .getMessage());
        assertEquals("compressed length 0 is 0; it must be positive",
                assertThrows(IllegalArgumentException.class, () -> MembershipStatistic.zlibRatio(new double[] {-1}, new int[] {0}))
                        .getMessage());
        assertEquals("sentence 0 has no neighbour; at least 1 is needed", assertThrows(IllegalArgumentException.class,
                () -> MembershipStatistic.neighbourhood(new double[] {-1}, new double[][] {{}})).getMessage());
    }

    @Property
    void offlineLiraIsLinearInTheTarget(@ForAll @DoubleRange(min = -10, max = 0) double first,
            @ForAll @DoubleRange(min = -10, max = 0) double second) {
        double[] scores = MembershipStatistic.offlineLira(new double[] {first, second}, new double[][] {{-1, -1}, {-3, -3}},
                LiraVariance.POOLED);
        assertEquals((first - second) / Math.sqrt(2), scores[0] - scores[1], 1e-9);
    }

    @Property
    void rmiaWithOneReferenceRanksLikeTheRatio(@ForAll @Size(min = 2, max = 12) List<@DoubleRange(min = -5, max = -0.1) Double> target,
            @ForAll @Size(min = 12, max = 12) List<@DoubleRange(min = -5, max = -0.1) Double> reference) {
        double[] targets = target.stream().mapToDouble(Double::doubleValue).toArray();
        double[] references = reference.stream().limit(targets.length).mapToDouble(Double::doubleValue).toArray();
        double[] ratios = MembershipStatistic.likelihoodRatio(targets, references);
        double[] scores = MembershipStatistic.rmia(targets, new double[][] {references}, targets, new double[][] {references}, 1, 1);
        List<Integer> byRatio = IntStream.range(0, ratios.length).boxed().sorted(Comparator.comparingDouble(index -> ratios[index]))
                .toList();
        for (int place = 1; place < byRatio.size(); place++) {
            assertTrue(scores[byRatio.get(place)] >= scores[byRatio.get(place - 1)]);
        }
        assertEquals(1, Arrays.stream(scores).max().orElseThrow());
    }

    @Test
    void infoRmiaIsTheGainBeyondThePopulations() {
        // NumPy 2.4, T, R and their population's Z, Y: def p(r): return (1 + a) / 2 * np.exp(r).mean(0) + (1 - a) / 2
        // np.log(np.exp(T) / p(R)) - np.average(np.log(np.exp(Z) / p(Y)), weights=p(Y)), for a = 1 and a = 0.4
        double[] population = {-3, -0.5, -1.75};
        double[][] referencesOfPopulation = {{-2.5, -0.25, -2}, {-3.5, -0.75, -1.25}, {-3, -0.5, -2.25}};
        assertArrayEquals(new double[] {0.9409917015037272, -0.0495662834077975},
                MembershipStatistic.infoRmia(TARGET, REFERENCES, population, referencesOfPopulation, 1), 1e-12);
        assertArrayEquals(new double[] {0.29314256812983946, -0.5025907881717719},
                MembershipStatistic.infoRmia(TARGET, REFERENCES, population, referencesOfPopulation, 0.4), 1e-12);
        // far below what a double holds as a chance
        assertArrayEquals(new double[] {1 + 2}, MembershipStatistic.infoRmia(new double[] {-2000}, new double[][] {{-2001}},
                new double[] {-3002, -3005}, new double[][] {{-3000, -3003}}, 1), 1e-9);
        assertThrows(IllegalArgumentException.class,
                () -> MembershipStatistic.infoRmia(TARGET, REFERENCES, population, referencesOfPopulation, 1.5));
        assertThrows(IllegalArgumentException.class,
                () -> MembershipStatistic.infoRmia(TARGET, REFERENCES, new double[0], new double[][] {{}}, 1));
    }

    @Property
    void infoRmiaOfThePopulationItselfAveragesToNothing(
            @ForAll @Size(min = 1, max = 12) List<@DoubleRange(min = -5, max = -0.1) Double> target,
            @ForAll @Size(min = 12, max = 12) List<@DoubleRange(min = -5, max = -0.1) Double> reference) {
        double[] targets = target.stream().mapToDouble(Double::doubleValue).toArray();
        double[] references = reference.stream().limit(targets.length).mapToDouble(Double::doubleValue).toArray();
        double[] scores = MembershipStatistic.infoRmia(targets, new double[][] {references}, targets, new double[][] {references}, 1);
        assertEquals(0, IntStream.range(0, scores.length).mapToDouble(index -> Math.exp(references[index]) * scores[index]).sum(), 1e-9);
    }

    @Property
    void theOrderOfReferencesDoesNotMatter(@ForAll @DoubleRange(min = -5, max = -0.1) double a,
            @ForAll @DoubleRange(min = -5, max = -0.1) double b,
            @ForAll @DoubleRange(min = -5, max = -0.1) double c) {
        double[][] forward = {{a, -1}, {b, -2}, {c, -3}};
        double[][] backward = {{c, -3}, {b, -2}, {a, -1}};
        assertArrayEquals(MembershipStatistic.meanReference(forward), MembershipStatistic.meanReference(backward), 1e-12);
        assertArrayEquals(MembershipStatistic.logMeanExpReference(forward), MembershipStatistic.logMeanExpReference(backward), 1e-12);
        assertArrayEquals(MembershipStatistic.offlineLira(TARGET, forward, LiraVariance.POOLED),
                MembershipStatistic.offlineLira(TARGET, backward, LiraVariance.POOLED), 1e-9);
    }

    @Test
    void rmiaIsTheDominatedShare() {
        // r(x) = exp(ll_T) / (0.65 exp(ll_R) + 0.35) with a = 0.3, by hand: x 0.5/(0.65*0.25+0.35) = 0.9756; z 0.4878, 1.1707
        double[] x = {Math.log(0.5)};
        double[][] ofX = {{Math.log(0.25)}};
        double[] z = {Math.log(0.25), Math.log(0.6)};
        double[][] ofZ = {{Math.log(0.25), Math.log(0.25)}};
        assertArrayEquals(new double[] {0.5}, MembershipStatistic.rmia(x, ofX, z, ofZ, 0.3, 1));
        assertArrayEquals(new double[] {0}, MembershipStatistic.rmia(x, ofX, z, ofZ, 0.3, 2.1));
        assertArrayEquals(new double[] {1}, MembershipStatistic.rmia(x, ofX, z, ofZ, 0.3, 0.8));
    }

    @Test
    void lowestMeanTakesAtLeastOne() {
        assertEquals(-4.5, MembershipStatistic.lowestMean(new double[] {-1, -5, -2, -4, -3}, 0.4));
        assertEquals(-5, MembershipStatistic.lowestMean(new double[] {-1, -5}, 0.2));
        assertArrayEquals(new double[] {-0.5}, MembershipStatistic.standardised(new double[] {-4}, new double[] {-3}, new double[] {2}));
    }

    @Test
    void whatCannotBeComputedIsRefused() {
        assertThrows(IllegalArgumentException.class,
                () -> MembershipStatistic.offlineLira(TARGET, new double[][] {{-1, -1}}, LiraVariance.POOLED));
        assertTrue(assertThrows(IllegalArgumentException.class,
                () -> MembershipStatistic.offlineLira(TARGET, new double[][] {{-1, -1}, {-1, -1}},
                        LiraVariance.POOLED))
                .getMessage().contains("are they the same model?"));
        assertThrows(IllegalArgumentException.class, () -> MembershipStatistic.rmia(TARGET, REFERENCES, TARGET, REFERENCES, 2, 1));
        assertThrows(IllegalArgumentException.class, () -> MembershipStatistic.rmia(TARGET, REFERENCES, TARGET, REFERENCES, 1, Double.NaN));
        assertThrows(IllegalArgumentException.class, () -> MembershipStatistic.meanReference(new double[0][]));
        assertThrows(IllegalArgumentException.class, () -> MembershipStatistic.lowestMean(new double[] {1}, 0));
        assertThrows(IllegalArgumentException.class,
                () -> MembershipStatistic.standardised(new double[] {1}, new double[] {1}, new double[] {0}));
    }
}
