package io.github.miaudit.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.miaudit.metrics.Interval;
import java.math.BigDecimal;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DigitsTest {

    private static Interval interval(double lower, double upper) {
        return new Interval(lower, upper, 0.95, Interval.Method.SCORE);
    }

    /** The half widths are 0.0985, 0.1, 0.0099, 0.004 and 0.3: two digits of them are told. */
    @ParameterizedTest
    @CsvSource({"0.601, 0.798, 0.001", "0.5, 0.7, 0.01", "0.5, 0.5198, 0.0001", "0, 0.008, 0.0001", "0.2, 0.8, 0.01"})
    void asManyDigitsAsTwoOfTheHalfWidth(double lower, double upper, BigDecimal step) {
        assertEquals(0, step.compareTo(Digits.of(interval(lower, upper)).step()));
    }

    /** 1 / sqrt(n): 0.1 of 100, 0.0316 of 1000. */
    @ParameterizedTest
    @CsvSource({"100, 0.01", "1000, 0.001", "10000, 0.001", "10001, 0.0001", "10, 0.01"})
    void withoutAnIntervalAsOfAShareOfSoMany(int units, BigDecimal step) {
        assertEquals(0, step.compareTo(Digits.ofUnits(units).step()));
        assertEquals(Digits.ofUnits(units), Digits.of(Optional.empty(), units));
        assertEquals(Digits.ofUnits(units), Digits.of(Optional.of(interval(1, 1)), units));
    }

    @Property
    void anIntervalIsNoNarrowerAndHoldsItsFigure(@ForAll @DoubleRange(min = 0, max = 1) double one,
            @ForAll @DoubleRange(min = 0, max = 1) double other, @ForAll @DoubleRange(min = 0, max = 1) double between) {
        Interval exact = interval(Math.min(one, other), Math.max(one, other));
        double figure = exact.lower() + between * (exact.upper() - exact.lower());
        Digits digits = Digits.of(exact);
        Interval told = digits.outward(exact);
        double noise = 1e-12;
        assertTrue(told.lower() <= exact.lower() + noise && told.upper() >= exact.upper() - noise, told + " around " + exact);
        assertTrue(told.lower() >= 0 && told.upper() <= 1);
        assertTrue(told.lower() <= digits.down(figure) && told.upper() >= digits.up(figure), told + " holds " + figure);
        assertTrue(told.upper() - told.lower() <= 1.2 * (exact.upper() - exact.lower()) + noise || digits.step().doubleValue() > 0.09,
                told + " for " + exact);
    }

    @Test
    void whatWasReckonedIsNotTakenToBeMore() {
        Digits digits = new Digits(new BigDecimal("0.1"));
        assertEquals(0.3, digits.up(0.1 + 0.2));
        assertEquals(0.4, digits.up(0.3001));
        assertEquals(0.3, digits.down(0.3999));
        assertEquals(-0.4, digits.awayFromZero(-0.31));
        assertEquals(0, digits.awayFromZero(0));
    }

    /** A p-value becomes no smaller; in one digit ranks can't be reckoned from it. */
    @Test
    void pValuesAreRoundedUp() {
        assertEquals(0.4, Digits.up(0.301, 1));
        assertEquals(0.05, Digits.up(0.0499, 1));
        assertEquals(0.06, Digits.up(0.0501, 1));
        assertEquals(0.0002, Digits.up(1.5e-4, 1));
        assertEquals(0.00013, Digits.upToTwo(1.234e-4));
        assertEquals(1, Digits.up(0.97, 1));
        assertEquals(0, Digits.upToTwo(0));
        assertEquals(13, Digits.upToTwo(12.3));
    }

    /** A bound from below stays one. */
    @Test
    void boundsHold() {
        assertEquals(0.123, Digits.downToThousandth(0.12399));
        assertEquals(0, Digits.downToThousandth(0));
    }
}
