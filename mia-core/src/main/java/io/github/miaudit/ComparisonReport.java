package io.github.miaudit;

import io.github.miaudit.evaluation.AuditResults;
import io.github.miaudit.report.ComparisonDocument;
import io.github.miaudit.report.StatedUtilities;
import io.github.miaudit.report.Subject;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a comparison of several targets found, as it may be told: an audit of each against each reference, and whether they differ. */
public final class ComparisonReport extends Report<ComparisonDocument, Map<ComparisonReport.Pair, AuditResults>> {

    /**
     * One target against one reference.
     *
     * @param target    the target's name
     * @param reference the reference's name
     */
    public record Pair(String target, String reference) {
    }

    private ComparisonReport(ComparisonDocument document, Optional<Map<Pair, AuditResults>> results) {
        super(document, results);
    }

    static ComparisonReport of(ComparisonDocument document, Map<Pair, AuditResults> results) {
        return new ComparisonReport(document, Optional.of(Collections.unmodifiableMap(new LinkedHashMap<>(results))));
    }

    /** The report with what it is about, for whoever files it. */
    public ComparisonReport withSubject(Subject subject) {
        return new ComparisonReport(document().withSubject(subject), results());
    }

    /** The report with the options of the command that made it, by name with their values, for its provenance. */
    public ComparisonReport withOptions(Map<String, List<String>> options) {
        return new ComparisonReport(document().withOptions(options), results());
    }

    /**
     * The report with how useful each target is, as whoever compares them measured it, beside what it leaks.
     *
     * @throws IllegalArgumentException if that is not stated of all targets, or of another
     */
    public ComparisonReport withUtilities(StatedUtilities stated) {
        return new ComparisonReport(document().withUtilities(stated), results());
    }

    /**
     * Reads a report that was written before, as {@link AuditReport#read} does.
     *
     * @param file as {@link #writeJson} wrote it, by any version of MIAudit with the same schema version
     * @throws io.github.miaudit.io.InvalidFileException if it can't be read, is of another schema version, or is no such report
     */
    public static ComparisonReport read(Path file) {
        return new ComparisonReport(ComparisonDocument.read(file), Optional.empty());
    }

    /** What {@link #toJson()} returns, as JSON Schema (draft 2020-12); it refers to {@link AuditReport#jsonSchema()}. */
    public static String jsonSchema() {
        return ComparisonDocument.jsonSchema();
    }

    /** The names; no figure. */
    @Override
    public String toString() {
        return "ComparisonReport[" + document().targets() + " against " + document().references() + "]";
    }
}
