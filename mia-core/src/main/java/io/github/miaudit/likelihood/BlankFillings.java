package io.github.miaudit.likelihood;

import java.util.List;

/**
 * What a model would write in a {@link Blank}, and how it would write the candidates, so that the two can be compared. As confidential as
 * the sentence: its texts may be what stands there.
 *
 * @param likeliest  different texts by rank, of these the likeliest first; may be fewer than were asked for, and none
 * @param candidates the blank's, in order, as the model would write them there
 */
public record BlankFillings(List<Filling> likeliest, List<Reading> candidates) {

    /** Copies the lists. */
    public BlankFillings {
        likeliest = List.copyOf(likeliest);
        candidates = List.copyOf(candidates);
    }
}
