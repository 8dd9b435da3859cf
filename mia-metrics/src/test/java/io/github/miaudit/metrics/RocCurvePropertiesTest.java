package io.github.miaudit.metrics;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.DoubleStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.DoubleRange;
import org.apache.commons.math3.stat.inference.MannWhitneyUTest;

/** Laws of the curve, and the fast code against naive oracles. Scores are halves between -4 and 4, so ties abound. */
class RocCurvePropertiesTest {

    private static final double TOLERANCE = 1e-12;

    @Property
    void exchangingTheClassesMirrorsTheArea(@ForAll("scores") double[] members, @ForAll("scores") double[] nonMembers) {
        assertEquals(1, RocCurve.of(members, nonMembers).areaUnderCurve() + RocCurve.of(nonMembers, members).areaUnderCurve(), TOLERANCE);
    }

    @Property
    void increasingMapsChangeNothing(@ForAll("scores") double[] members, @ForAll("scores") double[] nonMembers,
            @ForAll("increasing") DoubleUnaryOperator map) {
        RocCurve before = RocCurve.of(members, nonMembers);
        RocCurve after = RocCurve.of(DoubleStream.of(members).map(map).toArray(), DoubleStream.of(nonMembers).map(map).toArray());
        assertSameCounts(before, after);
    }

    @Property
    void orderChangesNothing(@ForAll("scores") double[] members, @ForAll("scores") double[] nonMembers, @ForAll long seed) {
        assertSameCounts(RocCurve.of(members, nonMembers), RocCurve.of(shuffled(members, seed), shuffled(nonMembers, seed)));
    }

    @Property
    void theAreaIsTheShareOfRightlyOrderedPairs(@ForAll("scores") double[] members, @ForAll("scores") double[] nonMembers) {
        double right = 0;
        for (double member : members) {
            for (double nonMember : nonMembers) {
                right += member > nonMember ? 1 : member == nonMember ? 0.5 : 0;
            }
        }
        assertEquals(right / members.length / nonMembers.length, RocCurve.of(members, nonMembers).areaUnderCurve(), TOLERANCE);
    }

    /** An outside oracle. Commons Math returns the larger of the two U statistics. */
    @Property
    void theAreaIsMannWhitneysStatistic(@ForAll("scores") double[] members, @ForAll("scores") double[] nonMembers) {
        double area = RocCurve.of(members, nonMembers).areaUnderCurve();
        double u = new MannWhitneyUTest().mannWhitneyU(members, nonMembers);
        assertEquals(u / members.length / nonMembers.length, Math.max(area, 1 - area), TOLERANCE);
    }

    @Property
    void theCurveRisesFromNobodyToEverybody(@ForAll("scores") double[] members, @ForAll("scores") double[] nonMembers) {
        RocCurve curve = RocCurve.of(members, nonMembers);
        assertEquals(new RocPoint(Double.POSITIVE_INFINITY, new ConfusionMatrix(0, members.length, 0, nonMembers.length)), curve.point(0));
        assertEquals(new ConfusionMatrix(members.length, 0, nonMembers.length, 0), curve.point(curve.size() - 1).confusion());
        for (int index = 0; index < curve.size(); index++) {
            RocPoint point = curve.point(index);
            assertEquals(ConfusionMatrix.atThreshold(members, nonMembers, point.threshold()), point.confusion());
            if (index > 0) {
                assertTrue(point.threshold() < curve.point(index - 1).threshold());
            }
        }
    }

    @Property
    void theBestPointIsThatOfAFullSearch(@ForAll("scores") double[] members, @ForAll("scores") double[] nonMembers,
            @ForAll @DoubleRange(min = 0, max = 1) double rate) {
        RocPoint best = RocCurve.of(members, nonMembers).bestAtFalsePositiveRate(rate);
        double highest = DoubleStream.concat(DoubleStream.of(members), DoubleStream.of(nonMembers))
                .mapToObj(threshold -> ConfusionMatrix.atThreshold(members, nonMembers, threshold))
                .filter(confusion -> confusion.falsePositiveRate() <= rate)
                .mapToDouble(ConfusionMatrix::truePositiveRate).max().orElse(0);
        assertEquals(highest, best.truePositiveRate());
        assertTrue(best.falsePositiveRate() <= rate);
    }

    @Property
    void theThresholdKeepsTheRateAndNoSmallerOneDoes(@ForAll("scores") double[] nonMembers,
            @ForAll @DoubleRange(min = 0, max = 1) double rate) {
        double threshold = DecisionThreshold.atFalsePositiveRate(nonMembers, rate);
        assertTrue(share(nonMembers, threshold) <= rate);
        assertTrue(threshold == Double.NEGATIVE_INFINITY || share(nonMembers, Math.nextDown(threshold)) > rate);
    }

    @Property
    void exchangingTargetAndReferenceNegatesTheRatio(@ForAll("scores") double[] target) {
        double[] reference = shuffled(target, 3);
        double[] ratio = MembershipStatistic.likelihoodRatio(target, reference);
        double[] exchanged = MembershipStatistic.likelihoodRatio(reference, target);
        assertArrayEquals(ratio, DoubleStream.of(exchanged).map(value -> 0 - value).toArray());
    }

    @Property
    void inputsStayAsTheyAre(@ForAll("scores") double[] members, @ForAll("scores") double[] nonMembers) {
        double[] membersBefore = members.clone();
        double[] nonMembersBefore = nonMembers.clone();
        RocCurve.of(members, nonMembers);
        DecisionThreshold.atFalsePositiveRate(nonMembers, 0.1);
        assertArrayEquals(membersBefore, members);
        assertArrayEquals(nonMembersBefore, nonMembers);
    }

    @Provide
    Arbitrary<double[]> scores() {
        return Arbitraries.integers().between(-8, 8).map(half -> half / 2.0).array(double[].class).ofMinSize(1).ofMaxSize(40);
    }

    @Provide
    Arbitrary<DoubleUnaryOperator> increasing() {
        return Arbitraries.of(List.of(x -> 3 * x + 7, Math::exp, x -> x * x * x, Math::atan, x -> -Math.exp(-x)));
    }

    private static void assertSameCounts(RocCurve expected, RocCurve actual) {
        assertEquals(expected.size(), actual.size());
        for (int index = 0; index < expected.size(); index++) {
            assertEquals(expected.point(index).confusion(), actual.point(index).confusion());
        }
    }

    private static double[] shuffled(double[] values, long seed) {
        List<Double> list = Arrays.asList(DoubleStream.of(values).boxed().toArray(Double[]::new));
        Collections.shuffle(list, new Random(seed));
        return list.stream().mapToDouble(Double::doubleValue).toArray();
    }

    private static double share(double[] scores, double threshold) {
        return (double) DoubleStream.of(scores).filter(score -> score >= threshold).count() / scores.length;
    }
}
