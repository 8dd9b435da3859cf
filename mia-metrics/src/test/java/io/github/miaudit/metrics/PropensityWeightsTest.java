package io.github.miaudit.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PropensityWeightsTest {

    private static final double SLOPE = 8.979212677817337;
    private static final List<Integer> PATIENTS = IntStream.range(0, 400).mapToObj(row -> row / 4).toList();

    /** A feature that tells nothing leaves all weights alike: members over others, and every patient counts. */
    @Test
    void withoutAShiftNothingIsWeighted() {
        GroupedScores same = GroupedScores.of(new double[400], PATIENTS);
        PropensityWeights weights = PropensityWeights.fit(List.of(same), List.of(same), 1);
        assertTrue(Arrays.stream(weights.weights()).allMatch(weight -> Math.abs(weight - 1) < 1e-9));
        assertEquals(100, weights.effectiveGroups(), 1e-9);
        double[] members = new Random(1).doubles(400).toArray();
        double[] others = new Random(2).doubles(400).toArray();
        assertEquals(RocCurve.of(members, others).areaUnderCurve(), weights.areaUnderCurve(members, others, 20).orElseThrow(), 1e-12);
    }

    /** Scores that only repeat the feature tell members before weighting, and hardly after. */
    @Test
    void whatTheFeatureExplainsIsTakenAway() {
        Random random = new Random(3);
        double[] ofMembers = random.doubles(400).map(value -> value + 0.4).toArray();
        double[] ofOthers = random.doubles(400).map(value -> value * 1.4).toArray();
        double[] members = Arrays.stream(ofMembers).map(value -> value + 0.3 * random.nextGaussian()).toArray();
        double[] others = Arrays.stream(ofOthers).map(value -> value + 0.3 * random.nextGaussian()).toArray();
        PropensityWeights weights = PropensityWeights.fit(List.of(GroupedScores.of(ofMembers, PATIENTS)),
                List.of(GroupedScores.of(ofOthers, PATIENTS)), 1);
        double plain = RocCurve.of(members, others).areaUnderCurve();
        double weighted = weights.areaUnderCurve(members, others, 20).orElseThrow();
        assertTrue(plain > 0.58 && Math.abs(weighted - 0.5) < 0.05, plain + " and " + weighted);
    }

    /** Pair by pair, with ties. */
    @Test
    void theAreaIsThatOfWeightedPairs() {
        Random random = new Random(4);
        double[] feature = random.doubles(400).toArray();
        PropensityWeights fitted = PropensityWeights.fit(List.of(GroupedScores.of(random.doubles(400).map(Math::sqrt).toArray(), PATIENTS)),
                List.of(GroupedScores.of(feature, PATIENTS)), 1);
        double[] members = random.ints(30, 0, 6).asDoubleStream().toArray();
        double[] others = random.ints(400, 0, 6).asDoubleStream().toArray();
        double[] weights = fitted.weights();
        double won = 0;
        for (double member : members) {
            for (int other = 0; other < 400; other++) {
                won += weights[other] * (member > others[other] ? 1 : member == others[other] ? 0.5 : 0);
            }
        }
        assertEquals(won / 30 / Arrays.stream(weights).sum(), fitted.areaUnderCurve(members, others, 20).orElseThrow(), 1e-12);
        assertEquals(OptionalDouble.empty(), fitted.areaUnderCurve(members, others, 101));
    }

    /**
     * {@code scipy.optimize.minimize} (SciPy 1.17.1, BFGS) of the penalised log-likelihood: the slope of a fit on all of these rows is
     * 8.979 a unit; each fold's, on four fifths of them, is near it, and odds rise with the feature.
     */
    @Test
    void oddsRiseWithTheFeature() {
        double[] low = IntStream.range(0, 400).mapToDouble(row -> row % 20 / 20.0).toArray();
        double[] high = Arrays.stream(low).map(value -> value + 0.7).toArray();
        double[] weights = PropensityWeights.fit(List.of(GroupedScores.of(high, PATIENTS)), List.of(GroupedScores.of(low, PATIENTS)), 1)
                .weights();
        double ratio = Math.log(weights[3] / weights[0]) / 0.15; // per unit of the feature, in one fold
        assertEquals(SLOPE, ratio, 0.08 * SLOPE);
    }

    @Test
    void tooFewPatientsAreRefused() {
        GroupedScores few = GroupedScores.of(new double[4], List.of(1, 2, 3, 4));
        assertThrows(IllegalArgumentException.class, () -> PropensityWeights.fit(List.of(few), List.of(few), 1));
        assertThrows(IllegalArgumentException.class, () -> PropensityWeights.fit(List.of(), List.of(), 1));
    }
}
