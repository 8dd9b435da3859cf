package io.github.miaudit;

import io.github.miaudit.exposure.ExtractionResults;
import io.github.miaudit.exposure.IdentifierResults;
import io.github.miaudit.io.AtomicFile;
import io.github.miaudit.report.IdentifierDocument;
import java.nio.file.Path;
import java.util.Optional;

/** What an audit of identifiers found: what may be told, and the exact results, which are confidential. Immutable. */
public final class IdentifierReport {

    private final IdentifierDocument document;
    private final IdentifierResults results;
    private final Optional<ExtractionResults> extraction;

    private IdentifierReport(IdentifierDocument document, IdentifierResults results, Optional<ExtractionResults> extraction) {
        this.document = document;
        this.results = results;
        this.extraction = extraction;
    }

    static IdentifierReport of(IdentifierDocument document, IdentifierResults results, Optional<ExtractionResults> extraction) {
        return new IdentifierReport(document, results, extraction);
    }

    /** What may be told. */
    public IdentifierDocument document() {
        return document;
    }

    /** The exact figures, with the patients that are exposed; as confidential as the notes. */
    public IdentifierResults confidential() {
        return results;
    }

    /** What models write themselves, exactly, if they were asked; as confidential as the notes. */
    public Optional<ExtractionResults> confidentialExtraction() {
        return extraction;
    }

    /** For people: plain text of several lines. */
    public String toText() {
        return document.toText();
    }

    /** For programs; see {@link #jsonSchema()}. */
    public String toJson() {
        return document.toJson();
    }

    /**
     * Writes {@link #toJson()}, whole or not at all.
     *
     * @throws io.github.miaudit.io.InvalidFileException if it can't be written
     */
    public void writeJson(Path file) {
        AtomicFile.write(file, writer -> writer.write(toJson()));
    }

    /** What {@link #toJson()} returns, as JSON Schema (draft 2020-12). */
    public static String jsonSchema() {
        return IdentifierDocument.jsonSchema();
    }

    /** The conclusion; no figure. */
    @Override
    public String toString() {
        return "IdentifierReport[" + document.preference() + "]";
    }
}
