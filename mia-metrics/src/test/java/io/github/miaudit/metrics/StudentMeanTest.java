package io.github.miaudit.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StudentMeanTest {

    private static final double[] VALUES = {0.31, -0.12, 0.45, 0.08, 0.27, -0.03, 0.5};

    /** By SciPy's {@code ttest_1samp}: {@code golden/make_student_mean.py}. */
    @ParameterizedTest
    @CsvSource({"0.9, 0.034074860979461996, 0.38306799616339504", "0.95, -0.01115996923365567, 0.42830282637651285"})
    void theIntervalIsSciPys(double level, double lower, double upper) {
        Interval interval = StudentMean.interval(VALUES, level);
        assertEquals(lower, interval.lower(), 1e-12);
        assertEquals(upper, interval.upper(), 1e-12);
        assertEquals(level, interval.level());
        assertEquals(Interval.Method.STUDENT, interval.method());
    }

    @Test
    void ofTwoItIsWideAndOfEqualOnesWithoutWidth() {
        Interval two = StudentMean.interval(new double[] {1, 3}, 0.95);
        assertEquals(-10.706204736174694, two.lower(), 1e-9);
        assertEquals(14.706204736174694, two.upper(), 1e-9);
        Interval equal = StudentMean.interval(new double[] {0.25, 0.25, 0.25}, 0.95);
        assertEquals(0.25, equal.lower());
        assertEquals(0.25, equal.upper());
    }

    /** 4000 draws of 6 numbers: at a true level of 0.9 the share varies by 0.005, so 4 of those are allowed. */
    @Test
    void itHoldsTheMeanAsOftenAsItsLevel() {
        Random random = new Random(5);
        long held = IntStream.range(0, 4000)
                .filter(draw -> StudentMean.interval(random.doubles(6).map(ignored -> 2 + 3 * random.nextGaussian()).toArray(), 0.9)
                        .contains(2))
                .count();
        assertTrue(Math.abs(held / 4000.0 - 0.9) < 0.02, held + " of 4000");
    }

    @Test
    void refusesWhatHasNoInterval() {
        assertThrows(IllegalArgumentException.class, () -> StudentMean.interval(new double[] {1}, 0.95));
        assertThrows(IllegalArgumentException.class, () -> StudentMean.interval(new double[] {1, Double.NaN}, 0.95));
        assertThrows(IllegalArgumentException.class, () -> StudentMean.interval(VALUES, 1));
    }
}
