package io.github.miaudit.likelihood;

/**
 * How a model is searched for what it would write in a {@link Blank}. How many tokens that has nobody tells it, so every number of
 * them is tried.
 *
 * @param width   how many beginnings are followed of each number of tokens, and how many fillings of it are told
 * @param longest the most tokens that are tried
 */
public record FillingSettings(int width, int longest) {

    /** The most of either; a beam is a small part of a vocabulary, and a name no sentence. */
    private static final int MOST = 1000;

    /**
     * Checks the parts.
     *
     * @throws IllegalArgumentException unless both are from 1 to 1000
     */
    public FillingSettings {
        require("width", width);
        require("longest filling", longest);
    }

    /**
     * At most so many rows go through the model for a blank: for n tokens one for the first and {@code width} for each other, so with the
     * longest N and the width W together {@code N + W N (N - 1) / 2}.
     */
    public long rowsPerBlank() {
        return longest + (long) width * longest * (longest - 1) / 2;
    }

    private static void require(String what, int value) {
        if (value < 1 || value > MOST) {
            throw new IllegalArgumentException(what + " is " + value + "; expected 1 to " + MOST);
        }
    }
}
