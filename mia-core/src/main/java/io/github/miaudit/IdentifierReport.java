package io.github.miaudit;

import io.github.miaudit.exposure.IdentifierResults;
import io.github.miaudit.report.IdentifierDocument;
import java.util.Optional;

/** What an audit of identifiers found, as it may be told; who is exposed is in the confidential results. */
public final class IdentifierReport extends Report<IdentifierDocument, IdentifierResults> {

    private IdentifierReport(IdentifierDocument document, IdentifierResults results) {
        super(document, Optional.of(results));
    }

    static IdentifierReport of(IdentifierDocument document, IdentifierResults results) {
        return new IdentifierReport(document, results);
    }

    /** What {@link #toJson()} returns, as JSON Schema (draft 2020-12). */
    public static String jsonSchema() {
        return IdentifierDocument.jsonSchema();
    }

    /** The conclusion; no figure. */
    @Override
    public String toString() {
        return "IdentifierReport[" + document().preference() + "]";
    }
}
