package io.github.miaudit.likelihood;

/** What is known of a sentence's tokens. */
sealed interface TokenScores {

    /**
     * Each of them.
     *
     * @param ids            of the tokens; never changed
     * @param logLikelihoods in nats, one each
     */
    record Each(int[] ids, PackedNumbers logLikelihoods) implements TokenScores {
    }

    /**
     * No more than what they add up to.
     *
     * @param sum of the log-likelihoods in nats, each token scored once
     */
    record SumOnly(double sum) implements TokenScores {
    }
}
