package io.github.miaudit.exposure;

import io.github.miaudit.io.AuditException;
import io.github.miaudit.likelihood.BlankFiller;
import io.github.miaudit.likelihood.BlankScorer;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The models of an audit of identifiers.
 *
 * @param target     the audited one
 * @param references at least one, none of which saw the notes; the mean of their log-likelihoods counts
 * @param control    made as the target was, of other patients of the same source, if there is one
 */
public record IdentifierModels(BlankScorer target, List<BlankScorer> references, Optional<BlankScorer> control) {

    /**
     * Copies the list.
     *
     * @throws IllegalArgumentException if there is no reference
     */
    public IdentifierModels {
        references = List.copyOf(references);
        if (references.isEmpty()) {
            throw new IllegalArgumentException("0 references; at least 1 is needed, a model that never saw the notes");
        }
    }

    /** All of them, the target first. */
    public List<BlankScorer> all() {
        return Stream.of(Stream.of(target), references.stream(), control.stream()).flatMap(models -> models).toList();
    }

    /**
     * Makes sure that all of them can be asked what they would write.
     *
     * @throws AuditException if one can't
     */
    public void requireFillers() {
        all().forEach(IdentifierModels::filler);
    }

    static BlankFiller filler(BlankScorer model) {
        return model.filler().orElseThrow(() -> new AuditException("model " + model.model().name()
                + " can't be asked what it would write in a blank; audit it without extraction"));
    }
}
