package io.github.miaudit.djl;

import io.github.miaudit.likelihood.TokenSequence;

/** A row to be passed through the network, and what to do with its values when they are there. */
final class PlannedRow {

    /** A token that is scored counts as so many: its logits over the vocabulary take that much more memory. */
    static final int SCORED_TOKEN_WEIGHT = 4;

    private final String sentence;
    private final TokenSequence tokens;
    private final int[] masked;
    private final int[] targets;
    private final Runnable done;
    private float[] values;

    /** The arrays are kept as they are: there are as many rows as tokens, and nobody changes them. */
    PlannedRow(String sentence, TokenSequence tokens, int[] masked, int[] targets, Runnable done) {
        this.sentence = sentence;
        this.tokens = tokens;
        this.masked = masked;
        this.targets = targets;
        this.done = done;
    }

    /** What errors call the sentence that it is of: its id, where it has one. */
    String sentence() {
        return sentence;
    }

    TokenSequence tokens() {
        return tokens;
    }

    /**
     * Orders rows by their tokens with padding, without padding, and to score. Those of equal shape share a block. No number reaches
     * 2²¹: a text has not as many tokens.
     */
    long shape() {
        return (long) tokens.length() << 42 | (long) tokens.realLength() << 21 | targets.length;
    }

    int[] masked() {
        return masked;
    }

    int[] targets() {
        return targets;
    }

    /** How many tokens it counts as in a token budget. */
    long weight() {
        return Math.max(tokens.length(), (long) SCORED_TOKEN_WEIGHT * targets.length);
    }

    /** Takes the network's values: those of all targets, then their means, then their deviations. */
    void accept(float[] computed) {
        values = computed;
        done.run();
    }

    /** A kind of value (0 log-probability, 1 mean, 2 deviation) of a target. */
    float value(int kind, int target) {
        return values[kind * targets.length + target];
    }
}
