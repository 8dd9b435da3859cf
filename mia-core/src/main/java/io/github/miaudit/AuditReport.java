package io.github.miaudit;

import io.github.miaudit.data.AttackDataset;
import io.github.miaudit.data.PatientDigests;
import io.github.miaudit.data.Population;
import io.github.miaudit.evaluation.BlindChecks;
import io.github.miaudit.evaluation.Comparison;
import io.github.miaudit.evaluation.Conclusion;
import io.github.miaudit.evaluation.Evaluation;
import io.github.miaudit.evaluation.Excerpt;
import io.github.miaudit.evaluation.Exclusion;
import io.github.miaudit.evaluation.ExposedPatient;
import io.github.miaudit.evaluation.LikelihoodScatter;
import io.github.miaudit.evaluation.ModelSummary;
import io.github.miaudit.evaluation.Provenance;
import io.github.miaudit.evaluation.ScoreHistogram;
import io.github.miaudit.io.AtomicFile;
import io.github.miaudit.io.AuditException;
import io.github.miaudit.io.InvalidFileException;
import io.github.miaudit.io.Sha256;
import io.github.miaudit.io.SoftwareVersions;
import io.github.miaudit.likelihood.MaskingRule;
import io.github.miaudit.likelihood.ModelScores;
import io.github.miaudit.likelihood.ScoreTable;
import io.github.miaudit.membership.AttackScores;
import io.github.miaudit.membership.LossFile;
import io.github.miaudit.membership.MembershipAttack;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What an audit found: for each comparison and attack AUC, TPR at low FPR, the best advantage; pictures of the scores; what was
 * left out; and what the figures were computed from. Every number that any report prints is here. Contains ids of sentences
 * that were left out and digests of patients; a text only if the audit was asked for excerpts.
 *
 * @param comparisons the members against the non-members, and against the externals if there are any
 * @param histograms  one an attack, in the audit's order
 * @param likelihoods what target and first reference say of each sentence; empty without a reference, or where the two
 *                    were not scored by a common rule
 * @param mostExposed the patients whom the first attack tells most plainly; empty where patients are not known
 * @param excerpts    what leaks, in words; empty unless asked for
 * @param models      how each model read the data, the target first; empty if the scores were computed elsewhere
 * @param warnings    what makes the figures doubtful, a sentence each
 * @param exclusions  sentences that no attack looked at
 * @param datasheet   how the dataset was prepared, as {@code datasheet.json} says; empty if it was not
 * @param evaluation  how the attacks were evaluated
 * @param provenance  models, data, rules and versions
 */
public record AuditReport(List<Comparison> comparisons, List<ScoreHistogram> histograms, Optional<LikelihoodScatter> likelihoods,
        List<ExposedPatient> mostExposed, List<Excerpt> excerpts, List<ModelSummary> models, List<String> warnings, List<Exclusion> exclusions,
        Optional<String> datasheet, Evaluation evaluation, Provenance provenance) {

    /**
     * Copies the lists.
     *
     * @param comparisons copied
     * @param histograms  copied
     * @param likelihoods kept
     * @param mostExposed copied
     * @param excerpts    copied
     * @param models      copied
     * @param warnings    copied
     * @param exclusions  copied
     * @param datasheet   kept
     * @param evaluation  kept
     * @param provenance  kept
     */
    public AuditReport {
        comparisons = List.copyOf(comparisons);
        histograms = List.copyOf(histograms);
        mostExposed = List.copyOf(mostExposed);
        excerpts = List.copyOf(excerpts);
        models = List.copyOf(models);
        warnings = List.copyOf(warnings);
        exclusions = List.copyOf(exclusions);
    }

    /**
     * Makes attacks and evaluates them.
     *
     * @param dataset    the sentences
     * @param scored     what the models say of them; every sentence scored
     * @param attacks    at least one
     * @param evaluation rates to report, level of the intervals
     * @return the report, without notes
     * @throws AuditException if an attack fails
     */
    public static AuditReport of(AttackDataset dataset, ScoreTable scored, List<MembershipAttack> attacks, Evaluation evaluation) {
        Provenance provenance = new Provenance(dataset.digest(), Optional.of(scored.target().model()),
                scored.references().stream().map(ModelScores::model).toList(), scored.target().rules().stream().map(MaskingRule::label).toList(),
                OptionalLong.of(evaluation.seed()), SoftwareVersions.current());
        return of(attacks.stream().map(attack -> AttackScores.of(attack, scored)).toList(), BlindChecks.of(dataset, scored, evaluation.seed()),
                evaluation, PatientDigests.of(dataset), provenance)
                .withLikelihoods(LikelihoodScatter.of(scored, evaluation.smallestCount()))
                .withDatasheet(dataset.datasheet());
    }

    /** Evaluates attacks that were made on the same sentences. */
    static AuditReport of(List<AttackScores> attacks, BlindChecks blind, Evaluation evaluation, PatientDigests patients, Provenance provenance) {
        List<Comparison> comparisons = Stream.of(Population.NON_MEMBERS, Population.EXTERNALS)
                .filter(population -> population == Population.NON_MEMBERS || attacks.get(0).scores(population).length > 0)
                .map(population -> Comparison.of(population, attacks, blind, evaluation))
                .toList();
        return new AuditReport(comparisons,
                attacks.stream().map(scores -> ScoreHistogram.of(scores, evaluation.smallestCount())).toList(), Optional.empty(),
                ExposedPatient.of(attacks.get(0), comparisons.get(0).attacks().get(0), evaluation, patients),
                List.of(), List.of(), List.of(), List.of(), Optional.empty(), evaluation, provenance);
    }

    /**
     * Evaluates losses that were computed elsewhere; see {@link LossFile}.
     *
     * @param file       a CSV file of losses
     * @param names      which of {@link LossFile#ATTACKS}, in the order of the report; at least one
     * @param evaluation rates to report, level of the intervals
     * @return the report
     * @throws InvalidFileException     if the file is missing or malformed
     * @throws IllegalArgumentException if there is no name or one is unknown
     */
    public static AuditReport ofLosses(Path file, List<String> names, Evaluation evaluation) {
        if (names.isEmpty() || !LossFile.ATTACKS.containsAll(names)) {
            throw new IllegalArgumentException("attacks are " + names + "; at least one of " + LossFile.ATTACKS + " is needed, and no other");
        }
        LossFile losses = LossFile.read(file);
        Map<String, AttackScores> made = losses.attacks().stream().collect(Collectors.toMap(AttackScores::name, attack -> attack));
        List<AttackScores> attacks = names.stream().map(made::get).toList();
        Provenance provenance = new Provenance(Sha256.ofFiles(file), Optional.empty(), List.of(), List.of(),
                OptionalLong.of(evaluation.seed()), SoftwareVersions.current());
        return of(attacks, BlindChecks.ofReference(losses.referenceOnly()), evaluation, PatientDigests.of(file), provenance)
                .withLikelihoods(Optional.of(LikelihoodScatter.of(losses.reference(), losses.target(), evaluation.smallestCount())));
    }

    private AuditReport withLikelihoods(Optional<LikelihoodScatter> scatter) {
        return new AuditReport(comparisons, histograms, scatter, mostExposed, excerpts, models, warnings, exclusions, datasheet, evaluation, provenance);
    }

    /**
     * The report with what leaks, in words.
     *
     * @param texts as confidential as the notes
     * @return a copy
     */
    public AuditReport withExcerpts(List<Excerpt> texts) {
        return new AuditReport(comparisons, histograms, likelihoods, mostExposed, texts, models, warnings, exclusions, datasheet, evaluation, provenance);
    }

    /**
     * The report with what is to be said of the models: how they read the data, what makes the figures doubtful.
     *
     * @param scores  of all sentences, scored or not
     * @param leftOut sentences that no attack looked at
     * @return a copy
     */
    public AuditReport withNotes(ScoreTable scores, List<Exclusion> leftOut) {
        List<ModelSummary> summaries = scores.models().map(ModelSummary::of).toList();
        return new AuditReport(comparisons, histograms, likelihoods, mostExposed, excerpts, summaries, Warnings.of(scores, summaries), leftOut, datasheet,
                evaluation, provenance);
    }

    private AuditReport withDatasheet(Optional<String> sheet) {
        return new AuditReport(comparisons, histograms, likelihoods, mostExposed, excerpts, models, warnings, exclusions, sheet, evaluation, provenance);
    }

    /**
     * The answer to the question of the audit, from the comparison with the non-members.
     *
     * @return the answer
     */
    public Conclusion conclusion() {
        return Conclusion.of(comparisons.get(0));
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
     * What {@link #toJson()} returns, as JSON Schema (draft 2020-12): every member with its type, its bounds and what it
     * means. The schema's version is the {@code schemaVersion} of the JSON.
     *
     * @return the schema {@code urn:miaudit:audit:1}, a JSON object
     */
    public static String jsonSchema() {
        return JsonOutput.schema("audit.schema.json");
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
