package io.github.miaudit.djl;

import io.github.miaudit.likelihood.TokenSequence;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A row to be passed through the network, and what to do with its values when they are there. */
final class PlannedRow {

    /** A token that is scored counts as so many: its logits over the vocabulary take that much more memory. */
    static final int SCORED_TOKEN_WEIGHT = 4;

    private final String sentence;
    private final TokenSequence tokens;
    private final int[] masked;
    private final int[] targets;
    private final int @Nullable [][] asked; // null where each target's own token is
    private final Runnable done;
    private float @Nullable [] values; // as soon as the network has computed them

    /**
     * Asks for the log-probability of each target's own token. The arrays are kept as they are: there are as many rows as tokens, and
     * nobody changes them.
     */
    PlannedRow(String sentence, TokenSequence tokens, int[] masked, int[] targets, Runnable done) {
        this(sentence, tokens, masked, targets, null, done);
    }

    /** Asks, for each target, for the log-probabilities of some tokens, at least one, in its place. */
    PlannedRow(String sentence, TokenSequence tokens, int[] masked, int[] targets, int @Nullable [][] asked, Runnable done) {
        this.sentence = sentence;
        this.tokens = tokens;
        this.masked = masked;
        this.targets = targets;
        this.asked = asked;
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

    /** How many tokens are asked for at the target that has most. */
    int width() {
        int width = 1;
        if (asked != null) {
            for (int[] ids : asked) {
                width = Math.max(width, ids.length);
            }
        }
        return width;
    }

    /** A token that is asked for at a target; where that has fewer, one of its own again. */
    int asked(int target, int rank) {
        return asked == null ? tokens.id(targets[target]) : asked[target][Math.min(rank, asked[target].length - 1)];
    }

    /** How many kinds of values it wants of those that there are: where it is told what to ask for, the others are for wider rows. */
    int wanted(int kinds) {
        return asked == null ? kinds : width();
    }

    /** How many tokens it counts as in a token budget. */
    long weight() {
        return Math.max(tokens.length(), (long) SCORED_TOKEN_WEIGHT * targets.length);
    }

    /** Takes the network's values: for each kind those of all targets. */
    void accept(float[] computed) {
        values = computed;
        done.run();
    }

    /**
     * A kind of value of a target: 0 log-probability, 1 mean, 2 deviation; or, where the row is told what to ask for, the log-probability
     * of the token of that rank.
     */
    float value(int kind, int target) {
        return Objects.requireNonNull(values)[kind * targets.length + target];
    }
}
