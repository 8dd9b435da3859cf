package io.github.miaudit.likelihood;

import java.util.List;
import java.util.Optional;

/**
 * Says how likely candidates are in the places of sentences, by one masked language model. A score depends on the sentence, the place,
 * the candidate, the model and the reading alone, beyond float noise. Thread-safe unless it says otherwise.
 */
public interface BlankScorer {

    /** Which model this is; the same at every call. */
    ModelIdentity model();

    /**
     * Scores candidates. Those of one blank share what they can: the forward pass where the rest of the sentence has the same tokens, and
     * the probabilities of a hidden token, of which each candidate reads one.
     *
     * @param blanks   may be empty
     * @param reading  how the tokens of a candidate are read
     * @param listener is told of progress
     * @return for each blank one log-likelihood a candidate, in order: nats, the sum over the tokens that hold any of its characters
     * @throws io.github.miaudit.io.AuditException if a sentence with a candidate is longer than the model takes, or a log-likelihood is not
     *                                             finite; the message names the sentence's id
     */
    List<double[]> fill(List<Blank> blanks, BlankReading reading, ScoringListener listener);

    /**
     * The same model for whole sentences, by which is checked whether it works as a language model at all. It is closed by whoever opened
     * it. Empty, as here, if it scores none: then nobody checks that, and an audit says so.
     */
    default Optional<SequenceScorer> sentences() {
        return Optional.empty();
    }

    /** What the same model would write in blanks itself; empty if it can't be asked for that. */
    default Optional<BlankFiller> filler() {
        return Optional.empty();
    }
}
