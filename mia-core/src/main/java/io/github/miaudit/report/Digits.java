package io.github.miaudit.report;

import io.github.miaudit.metrics.Interval;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Optional;

/**
 * To how many digits a figure is told: to two of the half width of its 95 % interval, or of the interval that it has. What lies beyond
 * is chance, and could be one person. Figures are rounded in the attack's favour, so that none looks safer than it is; intervals outwards,
 * and bounds so that they still hold.
 *
 * @param step a power of ten; figures are told as multiples of it
 */
record Digits(BigDecimal step) {

    /** Of losses, in nats. */
    static final Digits HUNDREDTHS = new Digits(new BigDecimal("0.01"));

    private static final int DIGITS = 2;
    /** Beyond these decimals a figure's digits are those of its computation: 0.1 + 0.2 is not above 0.3. */
    private static final int COMPUTED_DECIMALS = 12;

    /** Of a figure with an interval; where that has no width, as of a share of so many patients, or sentences. */
    static Digits of(Optional<Interval> interval, int units) {
        return interval.filter(ends -> ends.upper() > ends.lower()).map(Digits::of).orElseGet(() -> ofUnits(units));
    }

    static Digits of(Interval interval) {
        double halfWidth = (interval.upper() - interval.lower()) / 2;
        return halfWidth > 0 ? ofHalfWidth(halfWidth) : ofUnits(1);
    }

    /** Of a share of so many patients, or sentences, whose 95 % interval reaches {@code 1 / sqrt(units)} up and down at most. */
    static Digits ofUnits(int units) {
        return ofHalfWidth(1 / Math.sqrt(units));
    }

    private static Digits ofHalfWidth(double halfWidth) {
        BigDecimal exact = BigDecimal.valueOf(halfWidth).round(new MathContext(COMPUTED_DECIMALS)).stripTrailingZeros();
        return new Digits(BigDecimal.ONE.scaleByPowerOfTen(exact.precision() - exact.scale() - DIGITS));
    }

    double up(double exact) {
        return multiple(exact, step, RoundingMode.CEILING);
    }

    double down(double exact) {
        return multiple(exact, step, RoundingMode.FLOOR);
    }

    /** A difference keeps its sign. */
    double awayFromZero(double exact) {
        return multiple(exact, step, RoundingMode.UP);
    }

    /** The interval, no narrower. */
    Interval outward(Interval exact) {
        return new Interval(down(exact.lower()), up(exact.upper()), exact.level(), exact.method());
    }

    /** A p-value, a standard error or a bound from above, no less than the exact one, in so many digits; at most 1 if that was. */
    static double up(double exact, int digits) {
        if (exact == 0) {
            return 0;
        }
        double rounded = BigDecimal.valueOf(exact).round(new MathContext(digits, RoundingMode.CEILING)).doubleValue();
        return exact <= 1 ? Math.min(1, rounded) : rounded;
    }

    /** A p-value, or a bound from above, in two digits. */
    static double upToTwo(double exact) {
        return up(exact, DIGITS);
    }

    /** A loss or a difference of losses in nats, to 0.01. */
    static double toHundredth(double exact) {
        return multiple(exact, HUNDREDTHS.step(), RoundingMode.HALF_EVEN);
    }

    /** A bound from below in nats, to 0.001. */
    static double downToThousandth(double bound) {
        return multiple(bound, new BigDecimal("0.001"), RoundingMode.FLOOR);
    }

    /** The multiple of a step beside a figure. */
    static double multiple(double exact, BigDecimal of, RoundingMode rounding) {
        BigDecimal computed = BigDecimal.valueOf(exact);
        if (computed.scale() > COMPUTED_DECIMALS) {
            computed = computed.setScale(COMPUTED_DECIMALS, RoundingMode.HALF_EVEN);
        }
        return computed.divide(of, 0, rounding).multiply(of).doubleValue();
    }

    /** The least of 1, 2 and 5 times a power of ten that is no less than a number above 0. */
    static BigDecimal upToRound(double value) {
        BigDecimal exact = BigDecimal.valueOf(value);
        BigDecimal power = BigDecimal.ONE.scaleByPowerOfTen(exact.precision() - exact.scale() - 1);
        for (int times : new int[] {1, 2, 5}) {
            BigDecimal candidate = power.multiply(BigDecimal.valueOf(times));
            if (candidate.compareTo(exact) >= 0) {
                return candidate;
            }
        }
        return power.scaleByPowerOfTen(1);
    }
}
