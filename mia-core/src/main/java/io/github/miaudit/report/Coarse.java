package io.github.miaudit.report;

import io.github.miaudit.metrics.Interval;
import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * Areas under a ROC curve rounded to the digits that their interval warrants, away from 0.5; and where counts are hidden to the nearest of
 * so wide steps that no count of few follows from them. An area is a sum of ranks; with its last digit it would tell of single patients.
 * And where few members stand above the others, an area near 0 is hardly more than their number; where all but few do, one near 1.
 *
 * @param step areas are told as multiples of it: where counts are hidden the least of 1, 2 or 5 times a power of ten that is no less than
 *             {@code 2 c / (m n)}, at most 0.1, for m patients against n and the smallest count c, which counts as 5 if it is less; so
 *             {@code 2 c} ranks or more are told as one
 * @param low  all areas between 0 and this are told as the middle; 0, or {@code c / m} where few are found, at most 0.25
 * @param high all areas between this and 1 are told as the middle; 1, or {@code 1 - c / m} where all but few are found, at least 0.75
 * @param end  areas are told no nearer to 0 and 1: the step where counts are hidden, else 0
 */
record Coarse(BigDecimal step, double low, double high, double end) {

    /** Fewer ranks would leave too little room even where hardly any count is hidden. */
    static final int LEAST_COUNT = 5;

    private static final double WIDEST = 0.1;
    private static final double MOST_CUT = 0.25;
    private static final BigDecimal WIDER_STEPS = new BigDecimal("0.05");

    /** Where counts are hidden. */
    static Coarse of(int members, int others, int smallestCount, boolean findsFew, boolean findsAllButFew) {
        BigDecimal step = Digits.upToRound(Math.min(WIDEST, 2.0 * Math.max(LEAST_COUNT, smallestCount) / members / others));
        double cut = Math.min(MOST_CUT, (double) smallestCount / members);
        return new Coarse(step, findsFew ? cut : 0, findsAllButFew ? 1 - cut : 1, step.doubleValue());
    }

    /** Where none is. */
    static Coarse of(Digits digits) {
        return new Coarse(digits.step(), 0, 1, 0);
    }

    Coarse noFinerThan(Digits digits) {
        BigDecimal wider = step.max(digits.step());
        return new Coarse(wider, low, high, end == 0 ? 0 : wider.doubleValue());
    }

    /** For the difference of two areas: no finer than what either is told as, lest with the one it tells the other. */
    Coarse ofDifference(double one, double other) {
        double widest = Math.max(Math.min(one, other) < low ? low : 0, Math.max(one, other) > high ? 1 - high : 0);
        double wider = Digits.multiple(widest, WIDER_STEPS, RoundingMode.CEILING);
        return wider <= step.doubleValue() ? this : new Coarse(BigDecimal.valueOf(wider), low, high, end);
    }

    double area(double exact) {
        double inner = exact < low ? low / 2 : exact > high ? (1 + high) / 2 : exact;
        RoundingMode rounding = end > 0 ? RoundingMode.HALF_EVEN : inner > 0.5 ? RoundingMode.CEILING : RoundingMode.FLOOR;
        return Digits.multiple(Math.max(end, Math.min(1 - end, inner)), step, rounding);
    }

    /** The interval, no narrower, around the rounded area. */
    Interval area(Interval exact) {
        double lower = Math.min(exact.lower(), exact.lower() < low ? 0 : high);
        double upper = Math.max(exact.upper(), exact.upper() > high ? 1 : low);
        return new Interval(Digits.multiple(lower, step, RoundingMode.FLOOR), Math.min(1, Digits.multiple(upper, step,
                RoundingMode.CEILING)), exact.level(), exact.method());
    }

    /** A difference of two areas, away from 0, so that it keeps its sign. */
    double difference(double exact) {
        return Digits.multiple(exact, step, RoundingMode.UP);
    }

    /** The interval of a difference of two areas, no narrower. */
    Interval difference(Interval exact) {
        return new Interval(Digits.multiple(exact.lower(), step, RoundingMode.FLOOR),
                Digits.multiple(exact.upper(), step, RoundingMode.CEILING), exact.level(), exact.method());
    }

    /** A standardised partial area up to a rate, upwards; its ranks weigh {@code 1 / (2 rate)} times as much. */
    double partialArea(double exact, double rate) {
        BigDecimal wider = Digits.upToRound(Math.min(WIDEST, Math.max(step.doubleValue(), step.doubleValue() / 2 / rate)));
        return Math.max(0, Math.min(1, Digits.multiple(exact, wider, RoundingMode.CEILING)));
    }
}
