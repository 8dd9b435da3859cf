package io.github.miaudit;

import io.github.miaudit.evaluation.AuditResults;
import io.github.miaudit.io.AtomicFile;
import io.github.miaudit.report.ComparisonDocument;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What a comparison of several targets found, as it may be told: an audit of each against each reference, and whether they differ.
 * Two reports are equal if their documents are. Immutable.
 */
public final class ComparisonReport {

    /**
     * One target against one reference.
     *
     * @param target    the target's name
     * @param reference the reference's name
     */
    public record Pair(String target, String reference) {
    }

    private final ComparisonDocument document;
    private final Optional<Map<Pair, AuditResults>> results;

    private ComparisonReport(ComparisonDocument document, Optional<Map<Pair, AuditResults>> results) {
        this.document = document;
        this.results = results;
    }

    static ComparisonReport of(ComparisonDocument document, Map<Pair, AuditResults> results) {
        return new ComparisonReport(document, Optional.of(Collections.unmodifiableMap(new LinkedHashMap<>(results))));
    }

    /**
     * Reads a report that was written before, such as to render it anew.
     *
     * @param file as {@link #writeJson} wrote it, by any version of MIAudit with the same schema version
     * @return a report equal to the one that was written, without its confidential results
     * @throws io.github.miaudit.io.InvalidFileException if it can't be read, is of another schema version, or is no such report
     */
    public static ComparisonReport read(Path file) {
        return new ComparisonReport(ComparisonDocument.read(file), Optional.empty());
    }

    /**
     * What may be told: the JSON, member by member.
     *
     * @return the document
     */
    public ComparisonDocument document() {
        return document;
    }

    /**
     * Everything that was found, as {@link AuditReport#confidential()}.
     *
     * @return the results for each target and reference
     * @throws IllegalStateException if the report was read from a file, which holds none of this
     */
    public Map<Pair, AuditResults> confidential() {
        return results.orElseThrow(() -> new IllegalStateException("the report was read from a file, which holds what may be told and nothing else"));
    }

    /**
     * The report for people, as plain text.
     *
     * @return several lines, ending with a line break
     */
    public String toText() {
        return document.toText();
    }

    /**
     * The report for programs.
     *
     * @return a JSON object, indented, as {@link #jsonSchema()} describes it
     */
    public String toJson() {
        return document.toJson();
    }

    /**
     * What {@link #toJson()} returns, as JSON Schema; see {@link ComparisonDocument#jsonSchema()}.
     *
     * @return the schema, a JSON object
     */
    public static String jsonSchema() {
        return ComparisonDocument.jsonSchema();
    }

    /**
     * Writes {@link #toJson()} to a file, whole or not at all.
     *
     * @param file the file to make or replace; missing folders are created
     * @throws io.github.miaudit.io.InvalidFileException if it can't be written
     */
    public void writeJson(Path file) {
        AtomicFile.write(file, writer -> writer.write(toJson()));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ComparisonReport report && document.equals(report.document);
    }

    @Override
    public int hashCode() {
        return document.hashCode();
    }

    /** The names; no figure. */
    @Override
    public String toString() {
        return "ComparisonReport[" + document.targets() + " against " + document.references() + "]";
    }
}
