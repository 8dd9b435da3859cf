package io.github.miaudit.report;

/** What may be told: a tree of records that is the JSON, member by member; what is {@code null} there is empty here. Immutable. */
public sealed interface Document permits AuditedDocument, IdentifierDocument {

    /** The document for people: plain text of several lines, ending with a line break. */
    String toText();

    /** The document for programs: a JSON object, indented. */
    default String toJson() {
        return DocumentJson.write((Record) this);
    }
}
