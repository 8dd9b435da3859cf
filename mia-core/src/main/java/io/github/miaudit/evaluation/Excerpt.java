package io.github.miaudit.evaluation;

import java.util.List;
import java.util.Optional;

/**
 * A member that the target gives away, with its text: what leaks. Made only if asked for, and as confidential as the notes.
 *
 * @param id      the sentence's
 * @param patient digest of the patient, if known
 * @param score   by the first attack
 * @param text    the sentence
 * @param tokens  its tokens with what each contributes; empty if the scorer can't tell them or the models cut it differently
 */
public record Excerpt(String id, Optional<String> patient, double score, String text, List<Token> tokens) {

    /**
     * A token.
     *
     * @param text as it stands in the sentence
     * @param gap  the target's log-likelihood minus the reference's, in nats; empty without a reference
     */
    public record Token(String text, Optional<Double> gap) {
    }

    /** Copies the list. */
    public Excerpt {
        tokens = List.copyOf(tokens);
    }

    /** The id, never the text. */
    @Override
    public String toString() {
        return "Excerpt[" + id + "]";
    }
}
