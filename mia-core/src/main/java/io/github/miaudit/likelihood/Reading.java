package io.github.miaudit.likelihood;

import java.util.Objects;

/**
 * A text as a model would write it: its tokens, put together again. A model without upper case writes "smith" for "Smith", and what its
 * vocabulary lacks it can't write. {@link #toString()} leaves the text out.
 *
 * @param text   without white space at its ends
 * @param tokens how many tokens it has
 */
public record Reading(String text, int tokens) {

    /** Checks that there is a text. */
    public Reading {
        Objects.requireNonNull(text, "text");
    }

    /** The number of tokens. */
    @Override
    public String toString() {
        return "Reading[tokens=" + tokens + "]";
    }
}
