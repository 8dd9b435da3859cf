package io.github.miaudit.djl;

import io.github.miaudit.likelihood.MaskedRow;
import io.github.miaudit.likelihood.TokenSequence;

/** A row to be passed through the network, and what to do with its values when they are there. */
final class PlannedRow {

    private final TokenSequence tokens;
    private final int[] masked;
    private final int[] targets;
    private final Runnable done;
    private float[] values;

    PlannedRow(TokenSequence tokens, MaskedRow mask, Runnable done) {
        this.tokens = tokens;
        this.masked = mask.masked();
        this.targets = mask.targets();
        this.done = done;
    }

    TokenSequence tokens() {
        return tokens;
    }

    int[] masked() {
        return masked;
    }

    int[] targets() {
        return targets;
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
