package io.github.miaudit.exposure;

import io.github.miaudit.identifiers.PlannedMention;
import io.github.miaudit.likelihood.Blank;
import java.util.List;
import java.util.stream.Stream;

/**
 * A mention that is audited.
 *
 * @param planned  where it stands, and its surrogates
 * @param identity what is mentioned
 * @param patient  whose the sentence is, equal for sentences of one patient
 */
record AuditedMention(PlannedMention planned, AuditedIdentity identity, Object patient) {

    /** The question to a model: the true one first, then its surrogates. */
    Blank blank() {
        List<String> candidates = Stream.concat(Stream.of(planned.identifier()), planned.surrogates().stream()).toList();
        return new Blank(planned.sample(), planned.mention().start(), planned.mention().end(), candidates);
    }
}
