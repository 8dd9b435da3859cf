package io.github.miaudit.likelihood;

/** How the tokens of a candidate are read in a {@link Blank}. */
public enum BlankReading {

    /**
     * All of its tokens are hidden at once: {@code sum over its tokens i of log P(w_i | the sentence with all of them masked)}. One row
     * for all candidates of as many tokens.
     */
    WHOLE,

    /**
     * From left to right, so that a token may follow from those before it: {@code sum over its tokens i of log P(w_i | the sentence with i
     * and all later ones masked)}. As many rows as a candidate has tokens, of which those that begin alike share theirs.
     */
    LEFT_TO_RIGHT
}
