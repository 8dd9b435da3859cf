package io.github.miaudit.membership;

import io.github.miaudit.metrics.MembershipStatistic;

/** How several references' log-likelihoods of a sentence become one. With one reference both are that reference's. */
public enum ReferenceMean {

    /** Their mean, {@code 1/K sum_k ll_k}. */
    ARITHMETIC("mean_k ll_Rk") {
        @Override
        double[] of(double[][] logLikelihoods) {
            return MembershipStatistic.meanReference(logLikelihoods);
        }
    },

    /** The logarithm of their mean likelihood, {@code log(1/K sum_k exp(ll_k))}; only for sums over a sentence. */
    LOG_MEAN_EXP("log mean_k exp(ll_Rk)") {
        @Override
        double[] of(double[][] logLikelihoods) {
            return MembershipStatistic.logMeanExpReference(logLikelihoods);
        }
    };

    private final String formula;

    ReferenceMean(String formula) {
        this.formula = formula;
    }

    String formula() {
        return formula;
    }

    abstract double[] of(double[][] logLikelihoods);
}
