package io.github.miaudit.report.output;

import java.math.BigDecimal;
import java.util.Locale;

/** Numbers for people. */
final class Numbers {

    private Numbers() {
    }

    /** Rounded to so many decimals. */
    static String plain(double value, int decimals) {
        return String.format(Locale.ROOT, "%." + decimals + "f", value);
    }

    /** As percent with so many decimals. */
    static String percent(double share, int decimals) {
        return plain(100 * share, decimals) + " %";
    }

    /** A rate that somebody chose, exactly: 0.001 as "0.001", 1.0E-5 as "0.00001". */
    static String rate(double value) {
        return new BigDecimal(Double.toString(value)).stripTrailingZeros().toPlainString();
    }
}
