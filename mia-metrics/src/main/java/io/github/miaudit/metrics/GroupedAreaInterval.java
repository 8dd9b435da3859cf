package io.github.miaudit.metrics;

import java.util.Arrays;

/**
 * How an interval of the AUC is made of a {@link ClusterBootstrap}'s replicates. In the formulas
 * {@code z = sqrt(G / (G - 1)) t_{G-1}((1 + level) / 2)}, with G the smaller number of groups, is the normal quantile of the
 * level, wider for few groups, of which a plain quantile is too narrow (Hesterberg 2015).
 */
public enum GroupedAreaInterval implements Interval.Method {

    /**
     * Percentiles: the quantiles of the replicates at {@code Phi(±z)}, linear between neighbours; {@code (1 ± level) / 2} were
     * the groups many.
     *
     * @see <a href="https://doi.org/10.1080/00031305.2015.1089789">Hesterberg 2015</a>
     */
    CLUSTER_BOOTSTRAP {
        @Override
        Interval of(ClusterBootstrap bootstrap, double[] replicates, double level) {
            return bootstrap.percentiles(replicates, level);
        }
    },

    /**
     * Percentiles corrected for bias and skewness: the quantiles at {@code Phi(z0 + (z0 ± z) / (1 - a (z0 ± z)))}, where z0 is
     * the normal quantile of the share of replicates below the AUC (equals counting half) and a the acceleration from leaving
     * out one group at a time. Where all replicates lie on one side of the AUC, or so few groups are so skewed that
     * {@code a (z0 ± z)} reaches 1, that can't be corrected, and the interval is {@link #CLUSTER_BOOTSTRAP}'s, as its method
     * says.
     *
     * @see <a href="https://doi.org/10.1080/01621459.1987.10478410">Efron 1987</a>
     */
    CLUSTER_BOOTSTRAP_BCA {
        @Override
        Interval of(ClusterBootstrap bootstrap, double[] replicates, double level) {
            double observed = bootstrap.areaUnderCurve();
            double below = Arrays.stream(replicates).map(value -> value < observed ? 1 : value == observed ? 0.5 : 0).sum()
                    / replicates.length;
            if (!(below > 0 && below < 1)) {
                return bootstrap.percentiles(replicates, level);
            }
            double bias = Interval.NORMAL.inverseCumulativeProbability(below);
            double acceleration = bootstrap.acceleration(observed);
            double z = bootstrap.expanded(level);
            if (1 - Math.abs(acceleration) * (Math.abs(bias) + z) <= 0) { // beyond the pole of the correction
                return bootstrap.percentiles(replicates, level);
            }
            return ClusterBootstrap.percentiles(replicates, level, corrected(bias, acceleration, -z), corrected(bias, acceleration, z),
                    this);
        }
    };

    /**
     * The interval of the AUC.
     *
     * @throws IllegalArgumentException if the level is not in (0, 1)
     */
    public Interval of(ClusterBootstrap bootstrap, double level) {
        Arguments.requireLevel(level);
        return of(bootstrap, bootstrap.replicatedAreas(), level);
    }

    abstract Interval of(ClusterBootstrap bootstrap, double[] replicates, double level);

    private static double corrected(double bias, double acceleration, double z) {
        return Interval.NORMAL.cumulativeProbability(bias + (bias + z) / (1 - acceleration * (bias + z)));
    }
}
