package io.github.miaudit.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.miaudit.metrics.Interval;
import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CoarseTest {

    @ParameterizedTest
    @CsvSource({"40, 40, 5, 0.01", "200, 200, 5, 0.0005", "200, 200, 1, 0.0005", "10, 10, 5, 0.1", "3, 3, 5, 0.1", "211, 211, 60, 0.005"})
    void aStepHoldsTwiceTheSmallestCountInRanks(int members, int others, int smallest, BigDecimal step) {
        assertEquals(0, step.compareTo(Coarse.of(members, others, smallest, false, false).step()));
    }

    @Test
    void areasAreMultiplesAndNeitherNoneNorAll() {
        Coarse coarse = Coarse.of(40, 40, 5, false, false);
        assertEquals(0.73, coarse.area(0.7349));
        assertEquals(0.99, coarse.area(1));
        assertEquals(0.01, coarse.area(0));
        assertEquals(0.5, coarse.area(0.5));
    }

    @Test
    void nearTheEndsAllAreToldAsOneWhereFewAreFoundOrLeft() {
        Coarse coarse = Coarse.of(40, 40, 5, true, true);
        assertEquals(coarse.area(0.88), coarse.area(0.999));
        assertEquals(coarse.area(0.001), coarse.area(0.12));
        assertEquals(0.87, coarse.area(0.87));
    }

    @Test
    void anIntervalIsNoNarrowerAndHoldsTheToldArea() {
        for (boolean few : new boolean[] {false, true}) {
            Coarse coarse = Coarse.of(40, 40, 5, few, few);
            for (double area = 0; area <= 1; area += 0.003) {
                Interval exact = new Interval(Math.max(0, area - 0.0123), Math.min(1, area + 0.0071), 0.95,
                        Interval.Method.CLOPPER_PEARSON);
                Interval told = coarse.area(exact);
                assertTrue(told.lower() <= exact.lower() && told.upper() >= exact.upper(), told + " around " + exact);
                assertTrue(told.contains(coarse.area(area)), told + " holds " + coarse.area(area) + " for " + area);
            }
        }
    }

    /** Rounding must not turn a model that leaks less into one that leaks more. */
    @Test
    void aDifferenceKeepsItsSignAndLiesInItsInterval() {
        Coarse coarse = Coarse.of(40, 40, 5, true, true);
        for (double difference = -0.5; difference <= 0.5; difference += 0.0017) {
            Interval told = coarse.difference(new Interval(difference - 0.0003, difference + 0.0004, 0.95, Interval.Method.STUDENT));
            assertEquals(Math.signum(difference), Math.signum(coarse.difference(difference)));
            assertTrue(told.contains(coarse.difference(difference)), told + " holds " + coarse.difference(difference));
        }
        assertEquals(0, coarse.difference(0));
    }

    /** What the interval warrants counts where that is less. */
    @Test
    void noFinerThanTheIntervalWarrants() {
        Coarse coarse = Coarse.of(200, 200, 5, false, false).noFinerThan(new Digits(new BigDecimal("0.001")));
        assertEquals(0.734, coarse.area(0.73426));
        assertEquals(0.734, Coarse.of(200, 200, 5, false, false).noFinerThan(new Digits(new BigDecimal("0.0001"))).area(0.73396));
        assertEquals(0.999, coarse.area(1));
        Coarse hidesNothing = Coarse.of(new Digits(new BigDecimal("0.01")));
        assertEquals(1, hidesNothing.area(0.9901));
        assertEquals(0.73, hidesNothing.area(0.7201));
        assertEquals(0.26, hidesNothing.area(0.2699));
        assertEquals(0, hidesNothing.area(0));
    }
}
