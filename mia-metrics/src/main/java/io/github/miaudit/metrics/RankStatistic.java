package io.github.miaudit.metrics;

import java.util.Locale;
import java.util.stream.IntStream;

/** What is counted of a rank r among K + 1 candidates, 1 = most preferred, when many are put together. */
public enum RankStatistic {

    /** The share of the others that the candidate beats, ties half, {@code 1 - (r - 1) / K}: moves most if all are preferred a little. */
    SHARE_BEATEN {
        @Override
        double value(int doubled, int others) {
            return 1 - share(doubled, others);
        }
    },

    /** {@code log2(K + 1) - log2(r)}, in bits: moves most if a few are preferred to nearly all. */
    EXPOSURE {
        @Override
        double value(int doubled, int others) {
            return log2(2 * others + 2) - log2(doubled);
        }
    },

    /** Exposure from the other end, {@code log2(K + 1) - log2(K + 2 - r)}: moves most if nearly all are preferred to a few. */
    AVERSION {
        @Override
        double value(int doubled, int others) {
            return EXPOSURE.value(2 * others + 4 - doubled, others);
        }
    },

    /** How far the rank is from the middle, {@code (2 (r - 1) / K - 1)²}: the true ones are at both ends, or in the middle. */
    EXTREMENESS {
        @Override
        double value(int doubled, int others) {
            double fromMiddle = 2 * share(doubled, others) - 1;
            return fromMiddle * fromMiddle;
        }
    };

    /** Of twice as many candidates as can be ranked, so that a rank costs no logarithm. */
    private static final double[] LOGARITHMS = IntStream.rangeClosed(0, 2 * CandidateRanks.MOST_SURROGATES + 2)
            .mapToDouble(RankStatistic::computed).toArray();

    /** Of twice a rank, which is whole where ties make the rank a half. */
    abstract double value(int doubled, int others);

    /** {@code (r - 1) / K}. */
    static double share(int doubled, int others) {
        return (doubled - 2) / (2.0 * others);
    }

    private static double log2(int number) {
        return number < LOGARITHMS.length ? LOGARITHMS[number] : computed(number);
    }

    private static double computed(int number) {
        return Math.log(number) / Math.log(2);
    }

    /** The name in reports: the constant's in lower case, words joined by hyphens. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
