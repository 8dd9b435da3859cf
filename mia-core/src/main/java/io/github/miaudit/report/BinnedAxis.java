package io.github.miaudit.report;

import java.util.stream.DoubleStream;

/**
 * Bins of equal width; those at the ends hold what lies beyond.
 *
 * @param from  where the first begins
 * @param width of each, above 0
 * @param bins  how many
 */
record BinnedAxis(double from, double width, int bins) {

    private static final double BEYOND = 0.001; // lest one outlier squeeze all others into a bin

    /** An axis for values, of which a thousandth at each end lies beyond. */
    static BinnedAxis of(DoubleStream values, int bins) {
        double[] ascending = values.sorted().toArray();
        double least = ascending[(int) (BEYOND * (ascending.length - 1))];
        double most = ascending[(int) Math.ceil((1 - BEYOND) * (ascending.length - 1))];
        return most > least ? new BinnedAxis(least, (most - least) / bins, bins) : new BinnedAxis(least - 0.5, 1.0 / bins, bins);
    }

    int bin(double value) {
        return Math.max(0, Math.min(bins - 1, (int) Math.floor((value - from) / width)));
    }
}
