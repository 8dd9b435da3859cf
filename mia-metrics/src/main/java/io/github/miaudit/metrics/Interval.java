package io.github.miaudit.metrics;

import java.util.Locale;
import org.apache.commons.math3.distribution.NormalDistribution;

/** A two-sided confidence interval; such intervals cover the truth as often as their level, in (0, 1), such as 0.95. */
public record Interval(double lower, double upper, double level, Method method) {

    static final NormalDistribution NORMAL = new NormalDistribution(null, 0, 1, 1e-14);

    /** How an interval is made. */
    public enum Method {

        /** {@link DeLong#interval}. */
        SCORE,

        /** {@link DeLong#minus}. */
        STUDENT,

        /** {@link SkewedMean#of}. */
        HALL,

        /** {@link ClusterBootstrap#truePositiveRates}. */
        CLUSTER_BOOTSTRAP,

        /** {@link BinomialInterval#of}. */
        CLOPPER_PEARSON,

        /** {@link BinomialInterval#clustered} and {@link BinomialInterval#ofGroups}. */
        KORN_GRAUBARD,

        /** {@link MeanExposure#of} and {@link TopShare#of}. */
        GAFFKE;

        /** The name in reports: the constant's in lower case, words joined by hyphens. */
        public String label() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /** Throws an {@link IllegalArgumentException} if the ends are not in order or the level is not in (0, 1). */
    public Interval {
        if (!(lower <= upper)) {
            throw new IllegalArgumentException("interval from " + lower + " to " + upper + "; the lower end must not exceed the upper");
        }
        Arguments.requireLevel(level);
    }

    /** Whether a value lies in the interval, ends included. */
    public boolean contains(double value) {
        return value >= lower && value <= upper;
    }

    /**
     * The interval of a share that was chosen because it is the largest of several, which mostly is the luckiest too. The lower end is
     * moved away from what was found by {@code z(1 - a / 2m) / z(1 - a / 2)}, with a = 1 - level and m the number of shares (Bonferroni),
     * on the scale of {@code asin(sqrt(share))}, on which a share varies as much wherever it lies; the choice does no harm to the upper
     * end. With m = 1, and where the lower end is 0, nothing changes.
     *
     * @param found  the largest share; where it lies below the lower end, that stays
     * @param number of shares, at least 1
     * @throws IllegalArgumentException if the share or an end is not in [0, 1], or the number is below 1
     */
    public Interval ofLargest(double found, int number) {
        Arguments.requireRate("share", found);
        Arguments.requireRate("lower end", lower);
        Arguments.requireRate("upper end", upper);
        Arguments.requireAtLeast("number of shares", number, 1);
        double tail = (1 - level) / 2;
        double wider = NORMAL.inverseCumulativeProbability(tail / number) / NORMAL.inverseCumulativeProbability(tail);
        double moved = Math.max(0, angle(lower) - (wider - 1) * Math.max(0, angle(found) - angle(lower)));
        return new Interval(Math.min(lower, Math.pow(StrictMath.sin(moved), 2)), upper, level, method);
    }

    private static double angle(double share) {
        return StrictMath.asin(Math.sqrt(share));
    }
}
