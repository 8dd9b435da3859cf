package io.github.miaudit.likelihood;

import java.util.Locale;

/** What a scorer does with a sentence that is longer than its model. */
public enum LengthPolicy {

    /**
     * Score it in consecutive windows as long as the model takes, overlapping by half, so that each token is scored
     * exactly once, with at least a quarter of a window before and after it where the sentence has that much.
     */
    WINDOW,

    /** Score the first tokens that fit, and nothing of the rest. */
    TRUNCATE,

    /** Don't score it; say so. */
    REJECT;

    /** The name in options and reports. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
