package io.github.miaudit.likelihood;

import java.util.List;
import java.util.Optional;

/**
 * Writes what is likeliest in the places of sentences, by one masked language model, as who holds the model and the rest of the sentence
 * could. What stands in the place is not looked at. Thread-safe unless it says otherwise.
 */
public interface BlankFiller {

    /** Which model this is; the same at every call. */
    ModelIdentity model();

    /**
     * Searches for the likeliest fillings. For each number of tokens n up to the longest, n masks stand in the place; from left to right
     * each is filled, and of all beginnings the {@link FillingSettings#width} likeliest are followed, equal ones by their lower token ids.
     * What is found for different n is not compared, since how likely each n is no model says: each has its own ranks, as if who asks were
     * told how many tokens there are. Special tokens are not put in, nor such as would lengthen the word before the place. Of a text that
     * is found in several ways that of the lowest rank counts, of these the likeliest.
     *
     * <p>A beam is no full search: a likelier filling with an unlikely beginning can be missed. Fillings that are equally likely but for
     * the noise of floats may change places.
     *
     * @param blanks   may be empty; the same fillings are found whatever their candidates are
     * @param settings how far to search
     * @param listener is told of progress
     * @return for each blank, in order, what was found; empty where the model's tokens don't end where the place does, so that nothing can
     *         be put in it alone
     * @throws io.github.miaudit.io.AuditException if a sentence with a filling is longer than the model takes, or a log-likelihood is not a
     *                                             number; the message names the sentence's id
     */
    List<Optional<BlankFillings>> fill(List<Blank> blanks, FillingSettings settings, ScoringListener listener);
}
