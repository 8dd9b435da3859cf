package io.github.miaudit.metrics;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MetricsTest {

    private static final double[] MEMBERS = {0.9, 0.8, 0.4, 0.4};
    private static final double[] NON_MEMBERS = {0.8, 0.3, 0.2};

    /**
     * By hand; scikit-learn says the same:
     * {@code y=[1,1,1,1,0,0,0]; p=[s>=.4 for s in [.9,.8,.4,.4,.8,.3,.2]];
     * precision_score(y,p), recall_score(y,p), accuracy_score(y,p)}.
     */
    @Test
    void aThresholdAcceptsWhatReachesIt() {
        ConfusionMatrix confusion = ConfusionMatrix.atThreshold(MEMBERS, NON_MEMBERS, 0.4);
        assertEquals(new ConfusionMatrix(4, 0, 1, 2), confusion);
        assertEquals(0.8, confusion.precision().getAsDouble());
        assertEquals(1.0, confusion.truePositiveRate());
        assertEquals(6.0 / 7, confusion.accuracy());
        assertEquals(1.0 / 3, confusion.falsePositiveRate());
        assertEquals(2.0 / 3, confusion.advantage(), 1e-15);
    }

    @Test
    void acceptingNobodyHasNoPrecision() {
        assertEquals(OptionalDouble.empty(), ConfusionMatrix.atThreshold(MEMBERS, NON_MEMBERS, Double.POSITIVE_INFINITY).precision());
    }

    @Test
    void zeroAndMinusZeroAreTied() {
        assertEquals(0.5, RocCurve.of(new double[] {0.0}, new double[] {-0.0}).areaUnderCurve());
        assertEquals(2, RocCurve.of(new double[] {-0.0, 0.0}, new double[] {0.0, -0.0}).size());
    }

    @Test
    void neighbouringDoublesAreNotTied() {
        assertEquals(1.0, RocCurve.of(new double[] {Math.nextUp(1.0)}, new double[] {1.0}).areaUnderCurve());
    }

    @Test
    void thresholdsSurviveRoundedProducts() {
        double[] scores = new double[100];
        for (int index = 0; index < 100; index++) {
            scores[index] = index;
        }
        // 0.29 * 100 is 28.999999999999996, yet 29 of 100 are allowed.
        assertEquals(Math.nextUp(70.0), DecisionThreshold.atFalsePositiveRate(scores, 0.29));
        assertEquals(Double.NEGATIVE_INFINITY, DecisionThreshold.atFalsePositiveRate(scores, 1));
        assertEquals(Math.nextUp(99.0), DecisionThreshold.atFalsePositiveRate(scores, 0));
    }

    @Test
    void statisticsAreLogLikelihoodsAndTheirDifferences() {
        assertArrayEquals(new double[] {-1, -2}, MembershipStatistic.loss(new double[] {-1, -2}));
        assertArrayEquals(new double[] {2, -1.5}, MembershipStatistic.likelihoodRatio(new double[] {-1, -2}, new double[] {-3, -0.5}));
    }

    @Test
    void manyTiesDoNotOverflowTheArea() {
        double[] many = new double[100_000];
        assertEquals(0.5, RocCurve.of(many, many).areaUnderCurve());
    }

    @Test
    void badScoresAreRefusedByClassIndexAndValue() {
        assertRefused("0 member scores; at least 1 is needed", () -> RocCurve.of(new double[0], NON_MEMBERS));
        assertRefused("0 non-member scores; at least 1 is needed", () -> RocCurve.of(MEMBERS, new double[0]));
        assertRefused("member value 1 is NaN; it must be finite", () -> RocCurve.of(new double[] {0, Double.NaN}, NON_MEMBERS));
        assertRefused("non-member value 0 is -Infinity; it must be finite",
                () -> RocCurve.of(MEMBERS, new double[] {Double.NEGATIVE_INFINITY}));
        assertRefused("0 non-member scores; at least 1 is needed", () -> DecisionThreshold.atFalsePositiveRate(new double[0], 0.1));
        assertRefused("0 member scores; at least 1 is needed", () -> ConfusionMatrix.atThreshold(new double[0], NON_MEMBERS, 0));
        assertRefused("target log-likelihood value 0 is Infinity; it must be finite",
                () -> MembershipStatistic.loss(new double[] {Double.POSITIVE_INFINITY}));
        assertRefused("reference log-likelihood value 0 is NaN; it must be finite",
                () -> MembershipStatistic.likelihoodRatio(new double[] {0}, new double[] {Double.NaN}));
        assertRefused("1 target but 2 reference log-likelihoods; the lengths must be equal",
                () -> MembershipStatistic.likelihoodRatio(new double[1], new double[2]));
    }

    @Test
    void badRatesThresholdsAndCountsAreRefusedByValue() {
        RocCurve curve = RocCurve.of(MEMBERS, NON_MEMBERS);
        assertRefused("maximum false positive rate is NaN; it must lie in [0, 1]", () -> curve.bestAtFalsePositiveRate(Double.NaN));
        assertRefused("maximum false positive rate is 1.5; it must lie in [0, 1]", () -> curve.bestAtFalsePositiveRate(1.5));
        assertRefused("false positive rate is -0.1; it must lie in [0, 1]", () -> DecisionThreshold.atFalsePositiveRate(NON_MEMBERS, -0.1));
        assertRefused("threshold is NaN; it must be a number or infinity",
                () -> ConfusionMatrix.atThreshold(MEMBERS, NON_MEMBERS, Double.NaN));
        assertRefused("counts -1, 2, 0, 1 must not be negative", () -> new ConfusionMatrix(-1, 2, 0, 1));
        assertRefused("0 members and 1 non-members; at least 1 of each is needed", () -> new ConfusionMatrix(0, 0, 0, 1));
    }

    private static void assertRefused(String message, Executable call) {
        assertEquals(message, assertThrows(IllegalArgumentException.class, call).getMessage());
    }

    @Test
    void tenMillionEqualScoresTellNothing() {
        double[] half = new double[5_000_000];
        Arrays.fill(half, -2.5);
        RocCurve curve = RocCurve.of(half, half);
        assertEquals(2, curve.size());
        assertEquals(0.5, curve.areaUnderCurve());
        assertEquals(0, curve.bestAtFalsePositiveRate(0.5).truePositiveRate());
        Interval area = DeLong.of(half, half).interval(0.95);
        assertTrue(area.lower() > 0.499 && area.lower() < 0.5 && area.upper() > 0.5 && area.upper() < 0.501, area.toString());
        Interval rate = ClusterBootstrap.of(GroupedScores.ungrouped(half), GroupedScores.ungrouped(half)).withReplicates(100)
                .truePositiveRates(List.of(0.01), 0.95).get(0);
        assertEquals(BinomialInterval.of(0, half.length, 0.95).upper(), rate.upper());
    }

    /** SciPy: {@code c=norm.ppf(.025/m)/norm.ppf(.025); f=lambda x: asin(sqrt(x)); sin(f(l)-(c-1)*(f(p)-f(l)))**2}. */
    @Test
    void theLowerEndOfTheLargestOfSeveralIsFurtherDown() {
        Interval interval = new Interval(0.76, 0.96, 0.95, Interval.Method.CLUSTER_BOOTSTRAP);
        assertEquals(interval, interval.ofLargest(0.9, 1));
        assertEquals(0.7231404531223724, interval.ofLargest(0.9, 3).lower(), 1e-12);
        assertEquals(0.693111321873629, interval.ofLargest(0.9, 8).lower(), 1e-12);
        assertEquals(0.96, interval.ofLargest(0.9, 8).upper());
        assertEquals(0.76, interval.ofLargest(0.7, 8).lower()); // found below its own interval
        Interval ofAll = new Interval(0.9, 1, 0.95, Interval.Method.CLUSTER_BOOTSTRAP);
        assertEquals(0.8533410932337194, ofAll.ofLargest(1, 3).lower(), 1e-12);
        Interval ofFew = new Interval(0, 0.2, 0.95, Interval.Method.CLUSTER_BOOTSTRAP);
        assertEquals(ofFew, ofFew.ofLargest(0.1, 8));
        assertRefused("share is 1.1; it must lie in [0, 1]", () -> interval.ofLargest(1.1, 2));
        assertRefused("number of shares are 0; at least 1 is needed", () -> interval.ofLargest(0.9, 0));
    }

    /** Close to Clopper and Pearson's at the corrected level; SciPy: {@code beta.ppf(.025 / m, k, n - k + 1)}. */
    @ParameterizedTest
    @CsvSource({"36, 40, 3, 0.7313", "40, 40, 3, 0.8872", "12, 40, 8, 0.1269", "60, 300, 3, 0.1476", "150, 300, 8, 0.4200"})
    void theLowerEndOfTheLargestIsThatOfACorrectedLevel(int found, int of, int number, double expected) {
        assertEquals(expected, BinomialInterval.of(found, of, 0.95).ofLargest((double) found / of, number).lower(), 0.02);
    }
}
