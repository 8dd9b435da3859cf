package io.github.miaudit.evaluation;

import io.github.miaudit.text.NearDuplicates;

/**
 * How many sentences of a population stand among the members too, so that they are members in truth.
 *
 * @param exact     the same but for case and white space
 * @param near      not the same, but at least {@value #SIMILARITY} similar to a member, as {@link NearDuplicates} says
 * @param nearAmong among how many sentences of the population near ones were looked for: all or, of very many, those of patients drawn at
 *                  random
 */
public record Overlap(int exact, int near, int nearAmong) {

    /** From which Jaccard similarity on two sentences are nearly the same. */
    public static final double SIMILARITY = 0.8;
}
