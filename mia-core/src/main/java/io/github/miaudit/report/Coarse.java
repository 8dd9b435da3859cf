package io.github.miaudit.report;

import io.github.miaudit.metrics.Interval;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/**
 * Areas under a ROC curve rounded so that no count of few follows from them. An area is a sum of ranks; with its last digit it would
 * tell of single patients. And where few members stand above the others, an area near 0 is hardly more than their number; where all but
 * few do, one near 1.
 *
 * @param step areas are told as multiples of it, those beside 0 and 1 too: the least of 1, 2 or 5 times a power of ten that is no less
 *             than {@code 2 c / (m n)}, at most 0.1, for m patients against n and the smallest count c, which counts as 5 if it is less;
 *             so {@code 2 c} ranks or more are told as one
 * @param low  all areas between 0 and this are told as the middle; 0, or {@code c / m} where few are found, at most 0.25
 * @param high all areas between this and 1 are told as the middle; 1, or {@code 1 - c / m} where all but few are found, at least 0.75
 */
record Coarse(BigDecimal step, double low, double high) {

    /** Fewer ranks would leave too little room even where hardly any count is hidden. */
    static final int LEAST_COUNT = 5;

    private static final double WIDEST = 0.1;
    private static final double MOST_CUT = 0.25;

    static Coarse of(int members, int others, int smallestCount, boolean findsFew, boolean findsAllButFew) {
        BigDecimal step = upToRound(Math.min(WIDEST, 2.0 * Math.max(LEAST_COUNT, smallestCount) / members / others));
        double cut = Math.min(MOST_CUT, (double) smallestCount / members);
        return new Coarse(step, findsFew ? cut : 0, findsAllButFew ? 1 - cut : 1);
    }

    double area(double exact) {
        double inner = exact < low ? low / 2 : exact > high ? (1 + high) / 2 : exact;
        return multiple(Math.max(step.doubleValue(), Math.min(1 - step.doubleValue(), inner)), step, RoundingMode.HALF_EVEN);
    }

    /** The interval, no narrower, around the rounded area. */
    Interval area(Interval exact) {
        return new Interval(multiple(Math.min(exact.lower(), exact.lower() < low ? 0 : high), step, RoundingMode.FLOOR),
                Math.min(1, multiple(Math.max(exact.upper(), exact.upper() > high ? 1 : low), step, RoundingMode.CEILING)), exact.level(),
                exact.method());
    }

    /** A difference of two areas, away from 0, so that it keeps its sign. */
    double difference(double exact) {
        return multiple(exact, step, RoundingMode.UP);
    }

    /** The interval of a difference of two areas, no narrower. */
    Interval difference(Interval exact) {
        return new Interval(multiple(exact.lower(), step, RoundingMode.FLOOR), multiple(exact.upper(), step, RoundingMode.CEILING),
                exact.level(), exact.method());
    }

    /** A standardised partial area up to a rate, whose ranks weigh {@code 1 / (2 rate)} times as much. */
    double partialArea(double exact, double rate) {
        BigDecimal wider = upToRound(Math.min(WIDEST, step.doubleValue() / 2 / rate));
        return Math.max(0, Math.min(1, multiple(exact, wider, RoundingMode.HALF_EVEN)));
    }

    /** A p-value or standard error, no less than the exact one and at most 1, in one digit. */
    static double upToOneDigit(double exact) {
        return exact == 0 ? 0 : Math.min(1, BigDecimal.valueOf(exact).round(new MathContext(1, RoundingMode.CEILING)).doubleValue());
    }

    private static double multiple(double exact, BigDecimal of, RoundingMode rounding) {
        return BigDecimal.valueOf(exact).divide(of, 0, rounding).multiply(of).doubleValue();
    }

    /** The least of 1, 2 and 5 times a power of ten that is no less. */
    private static BigDecimal upToRound(double value) {
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
