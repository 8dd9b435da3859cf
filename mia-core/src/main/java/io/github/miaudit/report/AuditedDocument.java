package io.github.miaudit.report;

import io.github.miaudit.io.InvalidFileException;
import java.nio.file.Path;
import java.util.List;

/** What one audit may tell, {@code audit.json}, or several of the same sentences, {@code comparison.json}. Immutable. */
public sealed interface AuditedDocument extends Document permits AuditDocument, ComparisonDocument {

    /** The audits, at least one: of the same data with the same sentences left out, evaluated in the same way. */
    List<AuditDocument> audits();

    /**
     * Reads a file of either kind, by what it holds.
     *
     * @param file the file
     * @throws InvalidFileException if it can't be read, is of another schema version, or is neither
     */
    static AuditedDocument read(Path file) {
        String text = DocumentJson.text(file);
        return switch (DocumentJson.kind(file, text)) {
            case AUDIT -> DocumentJson.parse(file, text, AuditDocument.class, AuditDocument.SCHEMA_VERSION);
            case COMPARISON -> DocumentJson.parse(file, text, ComparisonDocument.class, ComparisonDocument.SCHEMA_VERSION);
            case DOSSIER -> throw new InvalidFileException(file, "is a dossier.json, which holds no figures of its own; name the audit.json"
                    + " of the same dossier");
            case OTHER -> throw new InvalidFileException(file, "is neither an audit.json nor a comparison.json; name one of these");
        };
    }
}
