package io.github.miaudit;

import io.github.miaudit.data.Strata;
import io.github.miaudit.evaluation.AuditResults;
import io.github.miaudit.evaluation.Evaluation;
import io.github.miaudit.exposure.IdentifierResults;
import io.github.miaudit.membership.LossFile;
import io.github.miaudit.report.AuditDocument;
import io.github.miaudit.report.Subject;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What an audit found, as it may be told. */
public final class AuditReport extends Report<AuditDocument, AuditResults> {

    private final Optional<IdentifierResults> identifiers;

    private AuditReport(AuditDocument document, Optional<AuditResults> results, Optional<IdentifierResults> identifiers) {
        super(document, results);
        this.identifiers = identifiers;
    }

    /** What may be told of results. */
    public static AuditReport of(AuditResults results) {
        return new AuditReport(AuditDocument.of(results), Optional.of(results), Optional.empty());
    }

    /** What may be told of results, and of identifiers in the same members. */
    static AuditReport of(AuditResults results, IdentifierReport identifiers) {
        return new AuditReport(AuditDocument.of(results).withIdentifiers(identifiers.document()), Optional.of(results),
                Optional.of(identifiers.confidential()));
    }

    /** What was found of identifiers, with the patients who are exposed; as confidential as the notes. Empty if that was not asked, or the
     * report was read from a file. */
    public Optional<IdentifierResults> confidentialIdentifiers() {
        return identifiers;
    }

    /** The report with what it is about, for whoever files it. */
    public AuditReport withSubject(Subject subject) {
        return new AuditReport(document().withSubject(subject), results(), identifiers);
    }

    /** The report with the options of the command that made it, by name with their values, for its provenance. */
    public AuditReport withOptions(Map<String, List<String>> options) {
        return new AuditReport(document().withOptions(options), results(), identifiers);
    }

    /**
     * Evaluates losses that were computed elsewhere, without strata; see {@link #ofLosses(Path, List, Evaluation, Optional)}.
     */
    public static AuditReport ofLosses(Path file, List<String> names, Evaluation evaluation) {
        return ofLosses(file, names, evaluation, Optional.empty());
    }

    /**
     * Evaluates losses that were computed elsewhere; see {@link LossFile}.
     *
     * @param file       a CSV file of losses
     * @param names      which of {@link LossFile#ATTACKS}, in the order of the report; at least one
     * @param evaluation rates to report, level of the intervals
     * @param strata     of the patients, as the file names them; empty for none
     * @throws io.github.miaudit.io.InvalidFileException if the file is missing or malformed
     * @throws io.github.miaudit.io.AuditException       if sets share patients and may not, or strata are of others than its patients
     * @throws IllegalArgumentException                  if there is no name or one is unknown
     */
    public static AuditReport ofLosses(Path file, List<String> names, Evaluation evaluation, Optional<Strata> strata) {
        return of(AuditResults.ofLosses(file, names, evaluation, strata));
    }

    /**
     * Reads a report that was written before, such as to render it anew: equal to the one that was written, without its
     * confidential results.
     *
     * @param file as {@link #writeJson} wrote it, by any version of MIAudit with the same schema version
     * @throws io.github.miaudit.io.InvalidFileException if it can't be read, is of another schema version, or is no such report
     */
    public static AuditReport read(Path file) {
        return new AuditReport(AuditDocument.read(file), Optional.empty(), Optional.empty());
    }

    /** What {@link #toJson()} returns, as JSON Schema (draft 2020-12): every member with its type, its bounds and what it means. */
    public static String jsonSchema() {
        return AuditDocument.jsonSchema();
    }

    /** The answer and what it is of; no figure. */
    @Override
    public String toString() {
        return "AuditReport[" + document().conclusion() + ", data " + document().provenance().dataDigest() + "]";
    }
}
