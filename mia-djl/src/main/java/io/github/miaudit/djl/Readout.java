package io.github.miaudit.djl;

import java.util.Map;

/**
 * What the network computes of each scored token, beside the log-probabilities of the tokens that a row asks for there.
 *
 * @param moments    mean and deviation of log-probability over the vocabulary
 * @param candidates if not 0, the log-probabilities of so many likeliest tokens and then their ids
 */
record Readout(boolean moments, int candidates) {

    static final Readout PLAIN = new Readout(false, 0);
    static final Readout MOMENTS = new Readout(true, 0);

    static Readout candidates(int count) {
        return new Readout(false, count);
    }

    /** The attributes of the program. */
    Map<String, Object> attributes() {
        return Map.of("moments", moments, "candidates", candidates);
    }
}
