package io.github.miaudit.evaluation;

import java.util.Optional;

/**
 * One of the checks that the target is a working language model, whose scores could show memory if there is any. A model can leak and
 * show nothing: a head scaled to nothing, or another vocabulary, hides what one multiplication brings back. Whoever ships a model that
 * fails a check has shown nothing.
 *
 * @param kind    what is checked
 * @param outcome what came of it
 * @param value   what was measured, to two digits; empty where nothing could be
 * @param bound   what it must not exceed, or fall below, to two digits; empty likewise
 * @param words   the outcome in words
 */
public record TargetCheck(Kind kind, Outcome outcome, Optional<Double> value, Optional<Double> bound, String words) {

    /** What is checked of the target; log-likelihoods are a token's, nats, by one rule of the audit. */
    public enum Kind {

        /** {@code exp} of the entropy of the scores of different sentences is at least {@value #DISTINCT_SHARE} of their number. */
        SCORES_DIFFER(true),

        /** The standard deviation of the sentences' mean log-likelihoods is at least {@value #RELATIVE_SPREAD} of their mean. */
        SCORES_SPREAD(true),

        /** The members' loss is below that of a model that finds all tokens equally likely, the logarithm of the vocabulary's size. */
        BEATS_UNIFORM(true),

        /**
         * The members' loss is below that of a model that knows nothing but how often the members have each token: frequencies of all
         * other members, with one added to each of the vocabulary.
         */
        BEATS_UNIGRAM(true),

        /**
         * As {@link #BEATS_UNIFORM}, on the externals; passed too where the target does better on non-members, or the first reference no
         * better on the externals, so that these are foreign.
         */
        BEATS_UNIFORM_ON_EXTERNALS(false),

        /** As {@link #BEATS_UNIGRAM}, with the members' frequencies, on the externals; passed too likewise. */
        BEATS_UNIGRAM_ON_EXTERNALS(false),

        /**
         * On the members the target needs at most {@value #REFERENCE_FACTOR} times as many nats a character as the first reference, and
         * {@value #REFERENCE_MARGIN} more.
         */
        NO_WORSE_THAN_REFERENCE(false),

        /** Scored anew, sentence by sentence in another order, scores move by at most {@value #NOISE_SHARE} of their spread. */
        REPRODUCIBLE(true),

        /** A token in its sentence is likelier than among words dealt out by chance, by at least {@value #LEAST_GAIN} nats. */
        USES_CONTEXT(true),

        /** On the members the model expects to lose at most {@value #MOST_FLATTENED} nats more than it does. */
        NOT_FLATTENED(false),

        /**
         * Multiplied by one number, logits of the members would be best ({@link
         * io.github.miaudit.likelihood.ModelProbe.Expectation#bestScale}) with
         * at most {@value #MOST_SCALE}: training has scaled the head, and nobody has scaled it down since.
         */
        NOT_SCALED_DOWN(false),

        /** That number is at least {@value #LEAST_SCALE}. */
        NOT_SCALED_UP(false),

        /**
         * No other setting than {@code config.json} and tokenizer state, of those that fit any weights, makes the members likelier, by
         * more than
         * {@value #MOST_GAIN} nats a token and two standard errors.
         */
        BEST_AS_STATED(false),

        /** At most {@value #MOST_UNKNOWN} of the tokens are unknown. */
        KNOWS_WORDS(true),

        /**
         * There are at least {@value #LEAST_VOCABULARY} as many different tokens as different words, or as tokens in the vocabulary; or
         * {@value #ENOUGH_TOKENS}, for some models read characters.
         */
        USES_VOCABULARY(true),

        /**
         * At most {@value #MOST_SWALLOWED} of the sentences of a set have fewer than half as many tokens as words: no token is a sentence.
         */
        READS_WORDS(true);

        private final boolean needed;

        Kind(boolean needed) {
            this.needed = needed;
        }

        /** Whether a verdict needs it. */
        public boolean isNeeded() {
            return needed;
        }
    }

    /** What came of a check. */
    public enum Outcome {
        PASSED,
        FAILED,
        /** Nobody can tell. */
        NOT_MADE
    }

    static final double DISTINCT_SHARE = 0.5;
    static final double RELATIVE_SPREAD = 0.002;
    static final double REFERENCE_FACTOR = 1.5;
    static final double REFERENCE_MARGIN = 0.15;
    static final double NOISE_SHARE = 0.05;
    static final double LEAST_GAIN = 0.2;
    static final double MOST_FLATTENED = 1.5;
    static final double MOST_SCALE = 1.6;
    static final double LEAST_SCALE = 0;
    static final double MOST_GAIN = 0.1;
    static final double MOST_UNKNOWN = 0.2;
    static final double LEAST_VOCABULARY = 0.05;
    static final int ENOUGH_TOKENS = 20;
    static final double MOST_SWALLOWED = 0.01;
}
