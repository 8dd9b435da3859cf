package io.github.miaudit;

import io.github.miaudit.data.AtomicFile;
import io.github.miaudit.data.Population;
import io.github.miaudit.data.Sha256;
import io.github.miaudit.membership.AttackScores;
import io.github.miaudit.membership.LossFile;
import io.github.miaudit.report.BlindChecks;
import io.github.miaudit.report.Comparison;
import io.github.miaudit.report.Evaluation;
import io.github.miaudit.report.Exclusion;
import io.github.miaudit.report.ModelSummary;
import io.github.miaudit.report.Provenance;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What an audit found: for each comparison and attack AUC, TPR at low FPR, the best advantage; what was left out;
 * and what the figures were computed from. Contains ids of sentences that were left out, never a text.
 *
 * @param comparisons the members against the non-members, and against the externals if there are any
 * @param models      how each model read the data, the target first; empty if the scores were computed elsewhere
 * @param warnings    what makes the figures doubtful, a sentence each
 * @param exclusions  sentences that no attack looked at
 * @param provenance  models, data, rules and versions
 */
public record AuditReport(List<Comparison> comparisons, List<ModelSummary> models, List<String> warnings,
        List<Exclusion> exclusions, Provenance provenance) {

    /**
     * Copies the lists.
     *
     * @param comparisons copied
     * @param models      copied
     * @param warnings    copied
     * @param exclusions  copied
     * @param provenance  kept
     */
    public AuditReport {
        comparisons = List.copyOf(comparisons);
        models = List.copyOf(models);
        warnings = List.copyOf(warnings);
        exclusions = List.copyOf(exclusions);
    }

    /**
     * Evaluates attacks that were made on the same sentences.
     *
     * @param attacks    membership scores; at least one attack
     * @param blind      scores that never look at the target
     * @param evaluation rates to report, level of the intervals
     * @param models     how each model read the data
     * @param warnings   what makes the figures doubtful
     * @param exclusions sentences that were left out
     * @param provenance what the scores were computed from
     * @return the report
     * @throws IllegalArgumentException if members or non-members are empty
     */
    public static AuditReport of(List<AttackScores> attacks, BlindChecks blind, Evaluation evaluation, List<ModelSummary> models,
            List<String> warnings, List<Exclusion> exclusions, Provenance provenance) {
        List<Comparison> comparisons = Stream.of(Population.NON_MEMBERS, Population.EXTERNALS)
                .filter(population -> population == Population.NON_MEMBERS || attacks.get(0).scores(population).length > 0)
                .map(population -> Comparison.of(population, attacks, blind, evaluation))
                .toList();
        return new AuditReport(comparisons, models, warnings, exclusions, provenance);
    }

    /**
     * Evaluates losses that were computed elsewhere; see {@link LossFile}.
     *
     * @param losses     a CSV file of losses
     * @param names      which of {@link LossFile#ATTACKS}, in the order of the report; at least one
     * @param evaluation rates to report, level of the intervals
     * @return the report
     * @throws InvalidFileException     if the file is missing or malformed
     * @throws IllegalArgumentException if there is no name or one is unknown
     */
    public static AuditReport ofLosses(Path losses, List<String> names, Evaluation evaluation) {
        if (names.isEmpty() || !LossFile.ATTACKS.containsAll(names)) {
            throw new IllegalArgumentException("attacks are " + names + "; at least one of " + LossFile.ATTACKS + " is needed, and no other");
        }
        Map<String, AttackScores> made = LossFile.read(losses).stream().collect(Collectors.toMap(AttackScores::name, attack -> attack));
        List<AttackScores> attacks = names.stream().map(made::get).toList();
        Provenance provenance = new Provenance(Sha256.ofFiles(losses), Optional.empty(), List.of(), List.of(),
                OptionalLong.of(evaluation.seed()), SoftwareVersions.current());
        return of(attacks, BlindChecks.ofReference(LossFile.readReference(losses)), evaluation, List.of(), List.of(), List.of(), provenance);
    }

    /**
     * The version of this library, as reports state it.
     *
     * @return such as {@code 0.1.0}
     */
    public static String softwareVersion() {
        return SoftwareVersions.miaudit();
    }

    /**
     * The report for people, as plain text.
     *
     * @return several lines, ending with a line break
     */
    public String toText() {
        return AuditReportText.of(this);
    }

    /**
     * The report for programs.
     *
     * @return a JSON object, indented
     */
    public String toJson() {
        return AuditReportJson.of(this);
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
