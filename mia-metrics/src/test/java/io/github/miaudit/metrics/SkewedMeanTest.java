package io.github.miaudit.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SkewedMeanTest {

    private static final double[] NEARLY_EVEN = {0.31, -0.12, 0.45, 0.08, 0.27, -0.03, 0.5};
    private static final double[] FEW_GAIN = {-2.1, 0.2, 0.31, 0.12, 0.35, 0.18, 0.27, 0.22};

    /** By SciPy, Hall's ends found by search: {@code golden/make_skewed_mean.py}. */
    @ParameterizedTest
    @CsvSource({"nearly even, 0.9, 0.023918341907700744, 0.38306799616339504, 0.07186624479866975",
            "nearly even, 0.95, -0.0269282385812293, 0.42830282637651285, 0.07186624479866975",
            "few gain, 0.9, -1.850750769474092, 0.49908338520554685, 0.8532664779334868",
            "few gain, 0.95, -1.9697539065809684, 0.6368618016683025, 0.8532664779334868"})
    void intervalAndPValueAreSciPys(String values, double level, double lower, double upper, double pValue) {
        SkewedMean found = SkewedMean.of(values.equals("few gain") ? FEW_GAIN : NEARLY_EVEN, level);
        assertEquals(lower, found.interval().lower(), 1e-12);
        assertEquals(upper, found.interval().upper(), 1e-12);
        assertEquals(level, found.interval().level());
        assertEquals(Interval.Method.HALL, found.interval().method());
        assertEquals(pValue, found.pValue(), 1e-12);
    }

    /** By SciPy's {@code ttest_1samp} too: without skewness Hall's is Student's. */
    @Test
    void ofEvenNumbersItIsStudents() {
        SkewedMean found = SkewedMean.of(new double[] {1, 2, 3}, 0.95);
        assertEquals(-0.4841377117503298, found.interval().lower(), 1e-9);
        assertEquals(4.48413771175033, found.interval().upper(), 1e-9);
        assertEquals(0.07417990022744855, found.pValue(), 1e-12);
    }

    @Test
    void ofEqualOnesItIsWithoutWidth() {
        SkewedMean equal = SkewedMean.of(new double[] {0.25, 0.25, 0.25}, 0.95);
        assertEquals(new Interval(0.25, 0.25, 0.95, Interval.Method.HALL), equal.interval());
        assertEquals(0, equal.pValue());
        assertEquals(1, SkewedMean.of(new double[3], 0.95).pValue());
    }

    /** What is said of some numbers is said of them in another unit, of the other sign, and by the p-value of any level. */
    @Property(tries = 500)
    void unitsAndSignsDoNotMatter(@ForAll @Size(min = 3, max = 30) List<@DoubleRange(min = -3, max = 5) Double> drawn,
            @ForAll @DoubleRange(min = 0.5, max = 0.99) double level) {
        double[] values = drawn.stream().mapToDouble(Double::doubleValue).toArray();
        SkewedMean found = SkewedMean.of(values, level);
        SkewedMean turned = SkewedMean.of(Arrays.stream(values).map(value -> -4 * value).toArray(), level);
        assertEquals(-4 * found.interval().upper(), turned.interval().lower(), 1e-9);
        assertEquals(-4 * found.interval().lower(), turned.interval().upper(), 1e-9);
        assertEquals(found.pValue(), turned.pValue(), 1e-9);
        assertTrue(found.interval().contains(found.mean()));
        if (Math.abs(found.pValue() - (1 - level)) > 1e-9) {
            assertEquals(found.pValue() < 1 - level, !found.interval().contains(0), found.toString());
        }
    }

    /** 4000 draws of 6 normals: at a true level of 0.9 the share varies by 0.005, of which 4 are allowed; more are held than that. */
    @Test
    void itHoldsTheMeanAsOftenAsItsLevel() {
        double held = held(6, 0.9, Random::nextGaussian, 0);
        assertTrue(held > 0.88 && held < 0.94, "share " + held);
    }

    /** 4000 draws of 30 numbers whose mean is 1; Student's interval alone holds it in 0.927 of cases (0.004). */
    @Test
    void itHoldsTheMeanOfSkewedOnesNearlyAsOften() {
        double held = held(30, 0.95, random -> -Math.log(1 - random.nextDouble()), 1);
        assertTrue(held > 0.945, "share " + held);
    }

    private static double held(int count, double level, ToDoubleFunction<Random> draw, double mean) {
        Random random = new Random(5);
        return IntStream.range(0, 4000)
                .filter(ignored -> SkewedMean.of(IntStream.range(0, count).mapToDouble(each -> draw.applyAsDouble(random)).toArray(), level)
                        .interval().contains(mean))
                .count() / 4000.0;
    }

    @Test
    void refusesWhatHasNoInterval() {
        assertThrows(IllegalArgumentException.class, () -> SkewedMean.of(new double[] {1, 2}, 0.95));
        assertThrows(IllegalArgumentException.class, () -> SkewedMean.of(new double[] {1, 2, Double.NaN}, 0.95));
        assertThrows(IllegalArgumentException.class, () -> SkewedMean.of(NEARLY_EVEN, 1));
    }
}
