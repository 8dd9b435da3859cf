package io.github.miaudit.metrics;

import java.util.Locale;

/** What is counted of a rank r among K + 1 candidates, 1 = most preferred, when many are put together. */
public enum RankStatistic {

    /** The share of the others that the candidate beats, ties half, {@code 1 - (r - 1) / K}: moves most if all are preferred a little. */
    SHARE_BEATEN {
        @Override
        double value(double rank, int others) {
            return 1 - share(rank, others);
        }
    },

    /** {@code log2(K + 1) - log2(r)}, in bits: moves most if a few are preferred to nearly all. */
    EXPOSURE {
        @Override
        double value(double rank, int others) {
            return (Math.log(others + 1.0) - Math.log(rank)) / LN_2;
        }
    },

    /** Exposure from the other end, {@code log2(K + 1) - log2(K + 2 - r)}: moves most if nearly all are preferred to a few. */
    AVERSION {
        @Override
        double value(double rank, int others) {
            return EXPOSURE.value(others + 2 - rank, others);
        }
    },

    /** How far the rank is from the middle, {@code (2 (r - 1) / K - 1)²}: the true ones are at both ends, or in the middle. */
    EXTREMENESS {
        @Override
        double value(double rank, int others) {
            double fromMiddle = 2 * share(rank, others) - 1;
            return fromMiddle * fromMiddle;
        }
    };

    private static final double LN_2 = Math.log(2);

    abstract double value(double rank, int others);

    static double share(double rank, int others) {
        return (rank - 1) / others;
    }

    /** The name in reports: the constant's in lower case, words joined by hyphens. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
