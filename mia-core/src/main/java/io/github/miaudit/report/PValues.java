package io.github.miaudit.report;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * How p-values are written, everywhere: in four decimals, or in fewer where they are told to fewer, and upwards, so that none looks
 * smaller than it is; one below 0.0001 as "&lt; 0.0001", never as 0.
 */
public final class PValues {

    private static final int DECIMALS = 4;
    private static final BigDecimal SMALLEST = BigDecimal.ONE.movePointLeft(DECIMALS);

    private PValues() {
    }

    /**
     * Such as "0.03" or "&lt; 0.0001".
     *
     * @param pValue in [0, 1]
     */
    public static String figure(double pValue) {
        BigDecimal exact = new BigDecimal(Double.toString(pValue)).stripTrailingZeros();
        return exact.compareTo(SMALLEST) < 0 ? "< " + SMALLEST.toPlainString()
                : exact.setScale(DECIMALS, RoundingMode.CEILING).stripTrailingZeros().toPlainString();
    }

    /**
     * Such as "p = 0.03" or "p &lt; 0.0001".
     *
     * @param pValue in [0, 1]
     */
    public static String equation(double pValue) {
        String figure = figure(pValue);
        return figure.startsWith("<") ? "p " + figure : "p = " + figure;
    }
}
