package io.github.miaudit.evaluation;

import io.github.miaudit.data.AttackDataset;
import io.github.miaudit.data.PatientContents;
import io.github.miaudit.data.PatientDigests;
import io.github.miaudit.data.PerPopulation;
import io.github.miaudit.data.Population;
import io.github.miaudit.data.Strata;
import io.github.miaudit.io.InvalidFileException;
import io.github.miaudit.io.Sha256;
import io.github.miaudit.likelihood.LogLikelihood;
import io.github.miaudit.likelihood.MaskingRule;
import io.github.miaudit.likelihood.ModelScores;
import io.github.miaudit.likelihood.ScoreTable;
import io.github.miaudit.membership.AttackScores;
import io.github.miaudit.membership.AttackTable;
import io.github.miaudit.membership.LossFile;
import io.github.miaudit.membership.MembershipAttack;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Everything that an audit found, nothing left out: counts of few patients, who they are by digest, every score. For who may read
 * the notes; what may be told to others is the document that is made of it. Immutable.
 *
 * @param comparisons the members against the non-members, and against the externals if there are any
 * @param targetChecks whether the target is a working model
 * @param likelihoods what target and first reference say of each sentence; empty without a reference, or where the two
 *                    were not scored by a common rule
 * @param patients    among the members, by what the first attack makes of them, the highest score first; empty where patients are
 *                    not known on both sides
 * @param excerpts    what leaks, in words; empty unless asked for
 * @param models      how each model read the data, the target first, then the control if there is one; empty if the scores were computed
 *                    elsewhere
 * @param warnings    what makes the figures doubtful, a sentence each
 * @param exclusions  sentences that no attack looked at
 * @param datasheet   how the dataset was prepared, as {@code datasheet.json} says; empty if it was not
 * @param evaluation  how the attacks were evaluated
 * @param dataDigest  SHA-256 of the data: the dataset's digest, or that of the file of scores
 * @param sketches    of the sets, those that have one; none if the scores were computed elsewhere
 * @param rules       the masking rules scored, with their parameters; none if the scores were computed elsewhere
 * @param sentences   what every attack makes of each sentence that was compared; empty if the scores were computed elsewhere
 * @param strata      the first attack's scores by stratum; empty unless asked for
 */
public record AuditResults(List<ComparisonResult> comparisons, List<TargetCheck> targetChecks, Optional<Likelihoods> likelihoods,
        List<ScoredPatient> patients,
        List<Excerpt> excerpts, List<ModelSummary> models, List<String> warnings, List<Exclusion> exclusions, Optional<String> datasheet,
        Evaluation evaluation, String dataDigest, Map<Population, PatientContents.Sketch> sketches, List<String> rules,
        Optional<AttackTable> sentences, Optional<StratifiedScores> strata) {

    private static final Logger LOG = LoggerFactory.getLogger(AuditResults.class);

    /**
     * Log-likelihoods of the same sentences by two models, as scores.
     *
     * @param reference the reference's, higher = likelier
     * @param target    the target's
     */
    public record Likelihoods(AttackScores reference, AttackScores target) {
    }

    /** Copies the lists. */
    public AuditResults {
        comparisons = List.copyOf(comparisons);
        targetChecks = List.copyOf(targetChecks);
        patients = List.copyOf(patients);
        excerpts = List.copyOf(excerpts);
        models = List.copyOf(models);
        warnings = List.copyOf(warnings);
        exclusions = List.copyOf(exclusions);
        sketches = Map.copyOf(sketches);
        rules = List.copyOf(rules);
    }

    /**
     * Makes attacks and evaluates them.
     *
     * @param dataset    the sentences
     * @param scores     what the models say of them, scored or not
     * @param scored     the same of the sentences to compare, all of them scored
     * @param exclusions the others
     * @param attacks    at least one
     * @param evaluation rates to report, level of the intervals
     * @return the results, without excerpts
     * @throws io.github.miaudit.io.AuditException if an attack fails, or sets share patients and may not
     */
    public static AuditResults of(AttackDataset dataset, ScoreTable scores, ScoreTable scored, List<Exclusion> exclusions,
            List<MembershipAttack> attacks, Evaluation evaluation) {
        return of(AuditedData.of(dataset, scores), scores, scored, exclusions, attacks, evaluation);
    }

    /**
     * Makes attacks on sentences whose texts are not known, and evaluates them; see
     * {@link #of(AttackDataset, ScoreTable, ScoreTable, List, List, Evaluation)}. What takes texts is not checked, and that is said.
     */
    public static AuditResults ofScores(ScoreTable scores, ScoreTable scored, List<Exclusion> exclusions, List<MembershipAttack> attacks,
            Evaluation evaluation) {
        return of(AuditedData.of(scores), scores, scored, exclusions, attacks, evaluation);
    }

    private static AuditResults of(AuditedData data, ScoreTable scores, ScoreTable scored, List<Exclusion> exclusions,
            List<MembershipAttack> attacks, Evaluation evaluation) {
        data.sets().requireApart(evaluation.sharedPatients());
        AttackTable sentences = AttackTable.of(attacks, scored);
        List<AttackScores> made = sentences.attacks();
        List<AttackScores> ofControl = scored.ofControl().map(table -> AttackTable.of(attacks, table).attacks()).orElse(List.of());
        List<TargetCheck> checks = TargetChecks.of(data.dataset(), scored);
        List<ComparisonResult> comparisons = comparisons(made, ofControl, checks,
                BlindChecks.of(data.dataset(), scored, attacks, evaluation),
                evaluation);
        List<ModelSummary> models = Stream.of(Stream.of(ModelSummary.of(ModelSummary.Role.TARGET, scores.target())),
                scores.control().stream().map(model -> ModelSummary.of(ModelSummary.Role.CONTROL, model)),
                scores.references().stream().map(model -> ModelSummary.of(ModelSummary.Role.REFERENCE, model))).flatMap(each -> each)
                .toList();
        return new AuditResults(comparisons, checks,
                scored.commonRule().map(
                        rule -> new Likelihoods(means(scored, scored.references().get(0), rule), means(scored, scored.target(), rule))),
                ScoredPatient.of(made.get(0), comparisons.get(0).attacks().get(0), evaluation, data.digests()), List.of(),
                models, Warnings.of(data, scores, models, attacks, evaluation), exclusions, data.datasheet(), evaluation, data.digest(),
                data.sketches(), scored.target().rules().stream().map(MaskingRule::label).toList(), Optional.of(sentences),
                Optional.empty());
    }

    /**
     * Evaluates losses that were computed elsewhere, without strata; see {@link #ofLosses(Path, List, Evaluation, Optional)}.
     */
    public static AuditResults ofLosses(Path file, List<String> names, Evaluation evaluation) {
        return ofLosses(file, names, evaluation, Optional.empty());
    }

    /**
     * Evaluates losses that were computed elsewhere; see {@link LossFile}.
     *
     * @param file       a CSV file of losses
     * @param names      which of {@link LossFile#ATTACKS}, in the order of the report; at least one
     * @param evaluation rates to report, level of the intervals
     * @param strata     of the patients, as the file names them; empty for none
     * @throws InvalidFileException                if the file is missing or malformed
     * @throws io.github.miaudit.io.AuditException if sets share patients and may not, or strata are of others than the file's patients
     * @throws IllegalArgumentException            if there is no name or one is unknown
     */
    public static AuditResults ofLosses(Path file, List<String> names, Evaluation evaluation, Optional<Strata> strata) {
        if (names.isEmpty() || !LossFile.ATTACKS.containsAll(names)) {
            throw new IllegalArgumentException(
                    "attacks are " + names + "; at least one of " + LossFile.ATTACKS + " is needed, and no other");
        }
        LossFile losses = LossFile.read(file);
        PatientSets sets = PatientSets.of(PerPopulation.of(losses.target()::patients));
        sets.requireApart(evaluation.sharedPatients());
        List<String> warnings = Stream.concat(losses.caveats().stream(), sets.warnings(evaluation).stream()).toList();
        warnings.forEach(LOG::warn);
        Map<String, AttackScores> byName = losses.attacks().stream().collect(Collectors.toMap(AttackScores::name, Function.identity()));
        List<AttackScores> made = names.stream().map(byName::get).toList();
        Map<String, AttackScores> ofControl = losses.controlAttacks().stream()
                .collect(Collectors.toMap(AttackScores::name, Function.identity()));
        List<TargetCheck> checks = TargetChecks.of(losses);
        List<ComparisonResult> comparisons = comparisons(made,
                names.stream().flatMap(name -> Stream.ofNullable(ofControl.get(name))).toList(),
                checks, BlindChecks.ofReference(losses.referenceOnly()), evaluation);
        AuditResults results = new AuditResults(comparisons, checks, Optional.of(new Likelihoods(losses.reference(), losses.target())),
                ScoredPatient.of(made.get(0), comparisons.get(0).attacks().get(0), evaluation, PatientDigests.of(file)), List.of(),
                List.of(), warnings, List.of(), Optional.empty(), evaluation, Sha256.ofFiles(file), Map.of(), List.of(), Optional.empty(),
                Optional.empty());
        return strata.map(each -> results.withStrata(each, Optional.ofNullable(ofControl.get(names.get(0))))).orElse(results);
    }

    /**
     * The results with what leaks, in words.
     *
     * @param texts as confidential as the notes
     */
    public AuditResults withExcerpts(List<Excerpt> texts) {
        return new AuditResults(comparisons, targetChecks, likelihoods, patients, texts, models, warnings, exclusions, datasheet,
                evaluation,
                dataDigest, sketches, rules, sentences, strata);
    }

    /**
     * The results with figures by stratum.
     *
     * @param other   of the patients compared
     * @param control the first attack's scores with the control in the place of the target, where the comparisons have one
     * @throws io.github.miaudit.io.AuditException if patients are not known on both sides, or none of those with a stratum is among them
     * @throws IllegalArgumentException            if the comparisons have a control and its scores are not given
     */
    public AuditResults withStrata(Strata other, Optional<AttackScores> control) {
        ComparisonResult main = comparisons.get(0);
        if (control.isEmpty() && main.attacks().get(0).control().isPresent()) {
            throw new IllegalArgumentException("the attacks were compared with a control, whose scores strata need too");
        }
        return new AuditResults(comparisons, targetChecks, likelihoods, patients, excerpts, models, warnings, exclusions, datasheet,
                evaluation, dataDigest, sketches, rules, sentences,
                Optional.of(StratifiedScores.of(main, control, other, evaluation)));
    }

    private static List<ComparisonResult> comparisons(List<AttackScores> attacks, List<AttackScores> ofControl, List<TargetCheck> checks,
            BlindChecks blind,
            Evaluation evaluation) {
        return Stream.of(Population.NON_MEMBERS, Population.EXTERNALS)
                .filter(population -> population == Population.NON_MEMBERS || attacks.get(0).scores(population).length > 0)
                .map(population -> ComparisonResult.of(population, attacks, ofControl, checks, blind, evaluation)).toList();
    }

    static AttackScores means(ScoreTable table, ModelScores model, MaskingRule rule) {
        LogLikelihood mean = LogLikelihood.mean(rule);
        return new AttackScores(model.model().name(), "ll = " + mean.label(), PerPopulation.of(population -> mean.of(model, population)),
                table.patients());
    }

    /** Nothing of what they hold: a log line must not tell it. */
    @Override
    public String toString() {
        return "AuditResults (confidential)";
    }
}
