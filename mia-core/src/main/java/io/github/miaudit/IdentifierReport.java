package io.github.miaudit;

import io.github.miaudit.exposure.ExtractionResults;
import io.github.miaudit.exposure.IdentifierResults;
import io.github.miaudit.report.IdentifierDocument;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What an audit of identifiers found, as it may be told; who is exposed is in the confidential results. */
public final class IdentifierReport extends Report<IdentifierDocument, IdentifierResults> {

    private final Optional<ExtractionResults> extraction;

    private IdentifierReport(IdentifierDocument document, IdentifierResults results, Optional<ExtractionResults> extraction) {
        super(document, Optional.of(results));
        this.extraction = extraction;
    }

    static IdentifierReport of(IdentifierDocument document, IdentifierResults results, Optional<ExtractionResults> extraction) {
        return new IdentifierReport(document, results, extraction);
    }

    /** The report with the options of the command that made it, by name with their values, for its provenance. */
    public IdentifierReport withOptions(Map<String, List<String>> options) {
        return new IdentifierReport(document().withOptions(options), confidential(), extraction);
    }

    /** What models write themselves, exactly, if they were asked; as confidential as the notes. */
    public Optional<ExtractionResults> confidentialExtraction() {
        return extraction;
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
