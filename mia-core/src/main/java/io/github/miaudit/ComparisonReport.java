package io.github.miaudit;

import io.github.miaudit.evaluation.TargetComparison;
import io.github.miaudit.io.AtomicFile;
import io.github.miaudit.io.InvalidFileException;
import java.nio.file.Path;
import java.util.List;

/**
 * What a comparison of several targets found: an audit of each against each reference, and whether they differ.
 *
 * @param targets     their names, the baseline first
 * @param references  their names
 * @param cells       reference after reference, each with all targets in order; all on the same sentences
 * @param comparison each other target beside the baseline, attack by attack
 */
public record ComparisonReport(List<String> targets, List<String> references, List<Cell> cells, TargetComparison comparison) {

    /**
     * One target against one reference.
     *
     * @param target    the target's name
     * @param reference the reference's name
     * @param report    their audit
     */
    public record Cell(String target, String reference, AuditReport report) {
    }

    /**
     * Copies the lists.
     *
     * @param targets     copied
     * @param references  copied
     * @param cells       copied
     * @param comparison kept
     */
    public ComparisonReport {
        targets = List.copyOf(targets);
        references = List.copyOf(references);
        cells = List.copyOf(cells);
    }

    /**
     * The report for people, as plain text.
     *
     * @return several lines, ending with a line break
     */
    public String toText() {
        return ComparisonReportText.of(this);
    }

    /**
     * The report for programs.
     *
     * @return a JSON object, indented
     */
    public String toJson() {
        return ComparisonReportJson.of(this);
    }

    /**
     * What {@link #toJson()} returns, as JSON Schema (draft 2020-12); it refers to {@link AuditReport#jsonSchema()}.
     *
     * @return the schema {@code urn:miaudit:comparison:1}, a JSON object
     */
    public static String jsonSchema() {
        return JsonOutput.schema("comparison.schema.json");
    }

    /**
     * Writes {@link #toJson()} to a file, whole or not at all.
     *
     * @param file the file to make or replace; missing folders are created
     * @throws InvalidFileException if it can't be written
     */
    public void writeJson(Path file) {
        AtomicFile.write(file, writer -> writer.write(toJson()));
    }
}
