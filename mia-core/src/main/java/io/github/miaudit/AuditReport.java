package io.github.miaudit;

import io.github.miaudit.evaluation.AuditResults;
import io.github.miaudit.evaluation.Evaluation;
import io.github.miaudit.io.AtomicFile;
import io.github.miaudit.membership.LossFile;
import io.github.miaudit.report.AuditDocument;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What an audit found, as it may be told: a {@linkplain #document() document}, its text and its JSON. Counts of few patients, and
 * what they follow from, are in none of them; they are in the {@linkplain #confidential() results}, which are for who may read the
 * notes. Two reports are equal if their documents are. Immutable.
 */
public final class AuditReport {

    private final AuditDocument document;
    private final Optional<AuditResults> results;

    private AuditReport(AuditDocument document, Optional<AuditResults> results) {
        this.document = document;
        this.results = results;
    }

    /**
     * The report of results.
     *
     * @param results all that was found
     * @return what may be told of them
     */
    public static AuditReport of(AuditResults results) {
        return new AuditReport(AuditDocument.of(results), Optional.of(results));
    }

    /**
     * Evaluates losses that were computed elsewhere; see {@link LossFile}.
     *
     * @param file       a CSV file of losses
     * @param names      which of {@link LossFile#ATTACKS}, in the order of the report; at least one
     * @param evaluation rates to report, level of the intervals
     * @return the report
     * @throws io.github.miaudit.io.InvalidFileException if the file is missing or malformed
     * @throws IllegalArgumentException                  if there is no name or one is unknown
     */
    public static AuditReport ofLosses(Path file, List<String> names, Evaluation evaluation) {
        return of(AuditResults.ofLosses(file, names, evaluation));
    }

    /**
     * Reads a report that was written before, such as to render it anew.
     *
     * @param file as {@link #writeJson} wrote it, by any version of MIAudit with the same schema version
     * @return a report equal to the one that was written, without its confidential results
     * @throws io.github.miaudit.io.InvalidFileException if it can't be read, is of another schema version, or is no such report
     */
    public static AuditReport read(Path file) {
        return new AuditReport(AuditDocument.read(file), Optional.empty());
    }

    /**
     * What may be told: the JSON, member by member.
     *
     * @return the document
     */
    public AuditDocument document() {
        return document;
    }

    /**
     * Everything that was found, nothing left out: counts of few patients, scores, who is exposed. Not to be printed, logged or
     * passed on where the notes may not be.
     *
     * @return the results that the document was made of
     * @throws IllegalStateException if the report was read from a file, which holds none of this
     */
    public AuditResults confidential() {
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
     * What {@link #toJson()} returns, as JSON Schema; see {@link AuditDocument#jsonSchema()}.
     *
     * @return the schema, a JSON object
     */
    public static String jsonSchema() {
        return AuditDocument.jsonSchema();
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
        return other instanceof AuditReport report && document.equals(report.document);
    }

    @Override
    public int hashCode() {
        return document.hashCode();
    }

    /** The answer and what it is of; no figure. */
    @Override
    public String toString() {
        return "AuditReport[" + document.conclusion() + ", data " + document.provenance().dataDigest() + "]";
    }
}
