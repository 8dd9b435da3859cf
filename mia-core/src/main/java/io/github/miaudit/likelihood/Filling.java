package io.github.miaudit.likelihood;

import java.util.Objects;

/**
 * What a model would write in a {@link Blank}.
 *
 * @param reading       the text
 * @param rank          its place among those of as many tokens, from 1
 * @param logLikelihood {@code sum over its tokens i of log P(w_i | the sentence with i and all later ones masked)}, in nats, as
 *                      {@link BlankReading#LEFT_TO_RIGHT} says, given how many tokens it has
 */
public record Filling(Reading reading, int rank, double logLikelihood) {

    /**
     * Checks the parts.
     *
     * @throws IllegalArgumentException if the rank is below 1 or the log-likelihood no number
     */
    public Filling {
        Objects.requireNonNull(reading, "reading");
        if (rank < 1) {
            throw new IllegalArgumentException("rank of a filling is " + rank + "; it must be at least 1");
        }
        if (Double.isNaN(logLikelihood)) {
            throw new IllegalArgumentException("log-likelihood of a filling of " + reading.tokens() + " tokens is NaN");
        }
    }
}
