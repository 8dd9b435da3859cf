package io.github.miaudit.report;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Arrays;

/**
 * Bins of equal width; those at the ends hold what lies beyond. They begin and end at round numbers, so that none is anybody's score.
 *
 * @param from  where the first begins, a multiple of the width
 * @param width of each, above 0: 1, 2 or 5 times a power of ten
 * @param bins  how many
 */
record BinnedAxis(double from, double width, int bins) {

    private static final double BEYOND = 0.001; // lest one outlier squeeze all others into a bin
    private static final double OF_ONE_VALUE = 0.01; // the width for it, relative to it

    /**
     * An axis for values, of which a thousandth at each end may lie beyond.
     *
     * @param bins about how many; there are at most one more, and hardly less than two fifths
     */
    static BinnedAxis of(double[] values, int bins) {
        double[] ascending = values.clone();
        Arrays.parallelSort(ascending);
        double least = ascending[(int) (BEYOND * (ascending.length - 1))];
        double most = ascending[(int) Math.ceil((1 - BEYOND) * (ascending.length - 1))];
        double exact = most / bins - least / bins;
        BigDecimal width = Digits
                .upToRound(exact > 0 ? exact : Math.abs(least) > 0 ? OF_ONE_VALUE * Math.abs(least) : OF_ONE_VALUE);
        BigDecimal from = BigDecimal.valueOf(least).divide(width, 0, RoundingMode.FLOOR).multiply(width);
        int needed = BigDecimal.valueOf(most).subtract(from).divide(width, 0, RoundingMode.FLOOR).intValue() + 1;
        return new BinnedAxis(from.doubleValue(), width.doubleValue(), needed);
    }

    int bin(double value) {
        return Math.max(0, Math.min(bins - 1, (int) Math.floor((value - from) / width)));
    }
}
