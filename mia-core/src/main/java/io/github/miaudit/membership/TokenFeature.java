package io.github.miaudit.membership;

import io.github.miaudit.metrics.TokenGapStatistic;
import java.util.Locale;

/** What {@link CombinedAttack} knows of a sentence by one rule. A gap is the target's log-likelihood of a token less the reference's. */
enum TokenFeature {

    /** The mean gap, as {@link LikelihoodRatioAttack}. */
    MEAN_GAP {
        @Override
        double of(PairedTokens tokens) {
            return mean(tokens.target()) - mean(tokens.reference());
        }
    },

    /** The mean gap times the number of tokens. */
    GAP_SUM {
        @Override
        double of(PairedTokens tokens) {
            return MEAN_GAP.of(tokens) * tokens.tokenCount();
        }
    },

    /** The target's mean log-likelihood, as {@link LossAttack}. */
    MEAN {
        @Override
        double of(PairedTokens tokens) {
            return mean(tokens.target());
        }
    },

    /** The share of the gaps that are above 0, those of 0 counting half. */
    POSITIVE_SHARE {
        @Override
        double of(PairedTokens tokens) {
            int tokenCount = tokens.target().length;
            int surplus = 0; // of gaps above 0 over those below
            for (int token = 0; token < tokenCount; token++) {
                double gap = gap(tokens, token);
                surplus += (gap > 0 ? 1 : 0) - (gap < 0 ? 1 : 0);
            }
            return (tokenCount + surplus) / (2.0 * tokenCount);
        }
    },

    /** As {@link EzMiaAttack} with its defaults. */
    GAINS_OVER_LOSSES {
        @Override
        double of(PairedTokens tokens) {
            return TokenGapStatistic.gainsOverLosses(tokens.target(), tokens.reference(), 1);
        }
    },

    /** As {@link SurprisalWeightedAttack}. */
    SURPRISAL_WEIGHTED {
        @Override
        double of(PairedTokens tokens) {
            return TokenGapStatistic.surprisalWeighted(tokens.target(), tokens.reference());
        }
    },

    /** The least gap. */
    LEAST_GAP {
        @Override
        double of(PairedTokens tokens) {
            double least = gap(tokens, 0);
            for (int token = 1; token < tokens.target().length; token++) {
                least = Math.min(least, gap(tokens, token));
            }
            return least;
        }
    };

    /** Of a sentence of at least one token. */
    abstract double of(PairedTokens tokens);

    /** In lower case, words joined by hyphens. */
    String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static double mean(double[] values) {
        double sum = 0;
        for (double value : values) {
            sum += value;
        }
        return sum / values.length;
    }

    private static double gap(PairedTokens tokens, int token) {
        return tokens.target()[token] - tokens.reference()[token];
    }
}
