package io.github.miaudit.metrics;

/**
 * A two-sided confidence interval.
 *
 * @param lower  its lower end
 * @param upper  its upper end
 * @param level  how often such intervals cover the truth, such as 0.95
 * @param method how it was made
 */
public record Interval(double lower, double upper, double level, Method method) {

    /** How an interval is made. */
    public enum Method {

        /** AUC of independent scores, normal approximation (DeLong, DeLong and Clarke-Pearson 1988). */
        DELONG("delong"),

        /** Percentiles over resampled groups. */
        CLUSTER_BOOTSTRAP("cluster-bootstrap"),

        /** Percentiles over resampled groups, corrected for bias and skewness (Efron 1987). */
        CLUSTER_BOOTSTRAP_BCA("cluster-bootstrap-bca"),

        /** A share of independent trials, exact (Clopper and Pearson 1934). */
        CLOPPER_PEARSON("clopper-pearson"),

        /** A share of independent trials, from the score test (Wilson 1927). */
        WILSON("wilson"),

        /** A share of trials that come in groups: Clopper and Pearson's of fewer, independent ones (Korn and Graubard 1998). */
        KORN_GRAUBARD("korn-graubard");

        private final String label;

        Method(String label) {
            this.label = label;
        }

        /**
         * The name in reports.
         *
         * @return lower case, words joined by hyphens
         */
        public String label() {
            return label;
        }
    }

    /**
     * Checks the ends.
     *
     * @param lower  at most {@code upper}
     * @param upper  at least {@code lower}
     * @param level  in (0, 1)
     * @param method how it was made
     * @throws IllegalArgumentException if the ends are not in order or the level is not in (0, 1)
     */
    public Interval {
        if (!(lower <= upper)) {
            throw new IllegalArgumentException("interval from " + lower + " to " + upper + "; the lower end must not exceed the upper");
        }
        Arguments.requireLevel(level);
    }

    /**
     * Whether a value lies in the interval, ends included.
     *
     * @param value any number
     * @return whether it does
     */
    public boolean contains(double value) {
        return value >= lower && value <= upper;
    }
}
