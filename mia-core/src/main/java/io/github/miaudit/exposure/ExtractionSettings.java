package io.github.miaudit.exposure;

import io.github.miaudit.likelihood.FillingSettings;

/**
 * How models are searched for identifiers. Immutable.
 *
 * @param search how far at each mention; the first filling of each number of tokens, and all, are looked at
 * @param budget rows that may go through each model, of all mentions; where they would take more, some mentions are drawn at random
 */
public record ExtractionSettings(FillingSettings search, long budget) {

    /**
     * Checks the parts.
     *
     * @throws IllegalArgumentException if the budget is below the rows of one mention
     */
    public ExtractionSettings {
        if (budget < search.rowsPerBlank()) {
            throw new IllegalArgumentException("budget is " + budget + " rows; a mention takes up to " + search.rowsPerBlank()
                    + " with beams of " + search.width() + " and fillings of up to " + search.longest() + " tokens");
        }
    }

    /** Beams of 10, fillings of up to 4 tokens, which take up to 64 rows a mention, and a million rows. */
    public static ExtractionSettings withDefaults() {
        return new ExtractionSettings(new FillingSettings(10, 4), 1_000_000);
    }

    /**
     * The settings with other beams.
     *
     * @throws IllegalArgumentException if a mention takes more rows than the budget
     */
    public ExtractionSettings withSearch(FillingSettings other) {
        return new ExtractionSettings(other, budget);
    }

    /**
     * The settings with another budget.
     *
     * @throws IllegalArgumentException if it is below the rows of one mention
     */
    public ExtractionSettings withBudget(long rows) {
        return new ExtractionSettings(search, rows);
    }

    /** How many of these mentions the budget allows. */
    long affordable(long mentions) {
        return Math.min(mentions, budget / search.rowsPerBlank());
    }
}
