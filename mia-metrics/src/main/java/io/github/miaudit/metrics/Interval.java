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
}
