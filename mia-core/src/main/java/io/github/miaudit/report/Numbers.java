package io.github.miaudit.report;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Locale;

/** How numbers are written, in all that people read. Thread-safe. */
public final class Numbers {

    private static final MathContext FOUR_DIGITS = new MathContext(4);

    private Numbers() {
    }

    /** 0.001 as "0.001", 1.0E-5 as "0.00001", 3.0 as "3". */
    public static String plain(double value) {
        return Double.isFinite(value) ? exact(value).stripTrailingZeros().toPlainString() : Double.toString(value);
    }

    /** A measured value in four digits, or in all of them where rounding would put it on the other side of the bound. */
    public static String besideBound(double value, double bound) {
        if (!Double.isFinite(value)) {
            return Double.toString(value);
        }
        double rounded = exact(value).round(FOUR_DIGITS).doubleValue();
        return plain(rounded <= bound == value <= bound ? rounded : value);
    }

    /** A measured value with so many decimals; with fewer if it is told to fewer. */
    public static String rounded(double value, int decimals) {
        int told = Math.max(0, exact(value).stripTrailingZeros().scale());
        return exact(value).setScale(Math.min(decimals, told), RoundingMode.HALF_UP).toPlainString();
    }

    /** 0.8487 as "84.9 %". */
    public static String percent(double share) {
        return String.format(Locale.ROOT, "%.1f %%", 100 * share);
    }

    /** A rate or level that somebody chose, not rounded: 0.01 as "1 %". */
    public static String wholePercent(double share) {
        return exact(share).movePointRight(2).stripTrailingZeros().toPlainString() + " %";
    }

    /** 0.8487152 as "0.8487", 0.85 as "0.85". */
    public static String figure(double value) {
        return rounded(value, 4);
    }

    /** How many it takes until a rate allows one of them; the rate is above 0. */
    public static String neededFor(double rate) {
        return BigDecimal.ONE.divide(exact(rate), 0, RoundingMode.CEILING).toPlainString();
    }

    private static BigDecimal exact(double value) {
        return new BigDecimal(Double.toString(value));
    }
}
