package io.github.miaudit;

import io.github.miaudit.data.AttackDataset;
import io.github.miaudit.data.Patient;
import io.github.miaudit.data.Population;
import io.github.miaudit.data.Sample;
import io.github.miaudit.data.SentenceDigest;
import io.github.miaudit.data.Strata;
import io.github.miaudit.evaluation.AuditResults;
import io.github.miaudit.evaluation.Evaluation;
import io.github.miaudit.evaluation.Exclusion;
import io.github.miaudit.evaluation.PatientSets;
import io.github.miaudit.io.AuditException;
import io.github.miaudit.io.UnorderedDigest;
import io.github.miaudit.likelihood.MaskingRule;
import io.github.miaudit.likelihood.ModelIdentity;
import io.github.miaudit.likelihood.ModelScores;
import io.github.miaudit.likelihood.ScoreTable;
import io.github.miaudit.likelihood.SequenceScore;
import io.github.miaudit.likelihood.TextMeasures;
import io.github.miaudit.membership.AttackScores;
import io.github.miaudit.membership.MembershipAttack;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A membership inference audit of scores that were made somewhere, such as by many machines: as {@link Audit} of the same models and
 * sentences, with the same figures, but no model is asked anything. Checks that take the model are made where it was asked when it
 * {@linkplain ModelScores#probe() scored}; checks that take texts, where the dataset is given. What can't be checked is said and never
 * passes. Immutable: every {@code with…} returns a copy, and nothing is computed before {@link #run()}.
 *
 * <p>By default the attacks are {@link io.github.miaudit.membership.NamedAttack#standard()}.
 */
public final class ScoreAudit {

    private static final Logger LOG = LoggerFactory.getLogger(ScoreAudit.class);

    private final ScoreTable scores;
    private final List<MembershipAttack> attacks;
    private final Evaluation evaluation;
    private final Optional<AttackDataset> dataset;
    private final Optional<Strata> strata;

    private ScoreAudit(ScoreTable scores, List<MembershipAttack> attacks, Evaluation evaluation, Optional<AttackDataset> dataset,
            Optional<Strata> strata) {
        this.scores = scores;
        this.attacks = attacks;
        this.evaluation = evaluation;
        this.dataset = dataset;
        this.strata = strata;
    }

    /**
     * An audit of scores, not yet run.
     *
     * @param scores of target, references and perhaps a control
     */
    public static ScoreAudit of(ScoreTable scores) {
        return new ScoreAudit(Objects.requireNonNull(scores, "scores"), AuditPlan.DEFAULT_ATTACKS, Evaluation.withDefaults(),
                Optional.empty(), Optional.empty());
    }

    /**
     * The audit with the texts of the sentences, for the blind checks.
     *
     * @param other the sentences that were scored, in the order of the scores
     */
    public ScoreAudit withDataset(AttackDataset other) {
        return new ScoreAudit(scores, attacks, evaluation, Optional.of(other), strata);
    }

    /**
     * The audit with other attacks, in the order of the report.
     *
     * @param others at least one, of different names
     * @throws IllegalArgumentException if there is none or two share a name
     */
    public ScoreAudit withAttacks(MembershipAttack... others) {
        return new ScoreAudit(scores, AuditPlan.distinct(others), evaluation, dataset, strata);
    }

    /** The audit evaluated in another way: false positive rates, level of the intervals, bootstrap. */
    public ScoreAudit withEvaluation(Evaluation other) {
        return new ScoreAudit(scores, attacks, Objects.requireNonNull(other, "evaluation"), dataset, strata);
    }

    /** The audit with figures by stratum; see {@link Audit#withStrata}. */
    public ScoreAudit withStrata(Strata other) {
        return new ScoreAudit(scores, attacks, evaluation, dataset, Optional.of(other));
    }

    /**
     * Names all mistakes that show without an attack, with the calls that mend them; {@link #run()} begins with it.
     *
     * @throws MistakesException if members or non-members are missing, sets share patients and may not, two models are one, an attack does
     *                           not fit the models or takes what the scores lack (a rule, tokens, moments, rewritings), there are fewer
     *                           canaries than guesses, patients are not known whose strata are, or the dataset is of other sentences
     */
    public void requireSound() {
        Mistakes mistakes = new Mistakes();
        for (Population population : List.of(Population.MEMBERS, Population.NON_MEMBERS)) {
            mistakes.require(!scores.rows(population).isEmpty(), "0 " + population.words() + "; at least 1 sentence is needed",
                    "ScoredSentences.of(…)");
        }
        PatientSets sets = PatientSets.of(scores.patients());
        mistakes.look(() -> sets.requireApart(evaluation.sharedPatients()),
                "withEvaluation(….withSharedPatients(SharedPatients.ALLOWED))");
        AuditedModel.requireDifferentDigests(Stream.of(
                Stream.of(Map.entry("target " + scores.target().model().name(), scores.target().model())),
                scores.control().stream().map(model -> Map.entry("control " + model.model().name(), model.model())),
                scores.references().stream().map(model -> Map.entry("reference " + model.model().name(), model.model())))
                .flatMap(Function.identity()).toList(), mistakes);
        List<ModelIdentity> references = scores.references().stream().map(ModelScores::model).toList();
        Stream.of(Stream.of(scores.target()), scores.control().stream()).flatMap(each -> each).forEach(
                model -> attacks.forEach(attack -> mistakes.look(() -> requireApplicable(attack, model, references),
                        "withAttacks(…)")));
        int canaries = scores.rows(Population.MEMBERS).size() + scores.rows(Population.NON_MEMBERS).size();
        mistakes.require(evaluation.canaryGuesses().orElse(0) <= canaries,
                evaluation.canaryGuesses().orElse(0) + " canary guesses, but only " + canaries + " canaries; guess at most as many",
                "withEvaluation(….withCanaryGuesses(…))");
        strata.ifPresent(each -> mistakes.look(() -> sets.requireStrata(each), "without withStrata(…)"));
        dataset.ifPresent(data -> mistakes.look(() -> requireSameSentences(data), "withDataset(…)"));
        mistakes.tell();
    }

    /** Scores and texts that don't belong together would be compared row by row without anybody noticing. */
    private void requireSameSentences(AttackDataset data) {
        UnorderedDigest texts = UnorderedDigest.NONE;
        for (Population population : Population.values()) {
            List<ScoreTable.Row> rows = scores.rows(population);
            if (data.samples(population).size() != rows.size()) {
                throw new AuditException(rows.size() + " " + population.words() + " were scored, but the dataset has "
                        + data.samples(population).size() + "; give the dataset that was scored");
            }
            List<SequenceScore> scored = scores.target().scores(scores.target().mainRule(), population);
            List<Sample> samples = data.samples(population);
            AtomicInteger other = new AtomicInteger(rows.size());
            texts = texts.plus(IntStream.range(0, rows.size()).parallel().mapToObj(row -> {
                Sample sample = samples.get(row); // read once
                if (!isSame(sample, rows.get(row), scored.get(row).measures())) {
                    other.accumulateAndGet(row, Math::min);
                }
                return scores.input().isPresent() ? UnorderedDigest.NONE.plus(SentenceDigest.of(population, sample)) : UnorderedDigest.NONE;
            }).reduce(UnorderedDigest.NONE, UnorderedDigest::plus));
            if (other.get() < rows.size()) {
                tellApart(population, other.get(), samples.get(other.get()), rows.get(other.get()));
            }
        }
        if (scores.input().isPresent() && !scores.input().get().equals(texts)) {
            throw new AuditException("the dataset has other texts than those that were scored, though of the same ids; give"
                    + " the dataset that was scored");
        }
    }

    private static boolean isSame(Sample sample, ScoreTable.Row row, TextMeasures measures) {
        return row.id().equals(sample.id()) && isOfSamePatient(sample, row) && (!measures.isKnown() || measures.mayBeOf(sample.text()));
    }

    private static boolean isOfSamePatient(Sample sample, ScoreTable.Row row) {
        return row.group().equals(sample.group())
                || sample.patient().isKnown() && sample.patient().equals(Patient.of(row.group()));
    }

    private static void tellApart(Population population, int row, Sample sample, ScoreTable.Row scored) {
        if (!scored.id().equals(sample.id())) {
            throw new AuditException("sentence " + (row + 1) + " of the " + population.words() + " is " + sample.id()
                    + " in the dataset, but " + scored.id() + " in the scores; give the dataset that was scored, in the same order");
        }
        if (!isOfSamePatient(sample, scored)) {
            throw new AuditException("sentence " + sample.id() + " of the " + population.words() + " is of another patient in the dataset"
                    + " than where it was scored; give the dataset that was scored");
        }
        throw new AuditException("sentence " + sample.id() + " of the " + population.words() + " has another text in the dataset than where"
                + " it was scored, by its length; give the dataset that was scored");
    }

    private void requireApplicable(MembershipAttack attack, ModelScores target, List<ModelIdentity> references) {
        attack.requireApplicable(target.model(), references);
        if (!attack.referenceRules().isEmpty() && references.isEmpty()) {
            throw new AuditException("attack " + attack.name() + " needs scores of a reference; give some, or leave the attack out");
        }
        if (!attack.targetRewritings().isEmpty()) {
            throw new AuditException("attack " + attack.name() + " needs scores of rewritten sentences, which files of scores don't hold;"
                    + " leave it out, or audit with the models");
        }
        requireScored(attack, target, attack.targetRules());
        scores.references().forEach(reference -> requireScored(attack, reference, attack.referenceRules()));
    }

    private static void requireScored(MembershipAttack attack, ModelScores model, Set<MaskingRule> rules) {
        for (MaskingRule rule : rules) {
            if (!model.rules().contains(rule)) {
                throw new AuditException("model " + model.model().name() + " was not scored by rule " + rule.label() + ", which attack "
                        + attack.name() + " needs, but by " + model.rules().stream().map(MaskingRule::label)
                                .collect(Collectors.joining(", "))
                        + "; score it by that rule too, or leave the attack out");
            }
            if (attack.needsTokenScores() && !allScored(model, rule, SequenceScore::hasTokens)) {
                throw new AuditException("attack " + attack.name() + " looks at single tokens, but of the scores of model "
                        + model.model().name() + " by rule " + rule.label()
                        + " only sums are there; keep tokens when scoring and reading, or choose attacks on whole sentences, such as"
                        + " likelihood-ratio and loss");
            }
            if (attack.needsVocabularyMoments() && !allScored(model, rule, score -> score.moments().isPresent())) {
                throw new AuditException("attack " + attack.name() + " needs what the model expects of each token, which the scores of"
                        + " model " + model.model().name() + " lack; score with --moments (withVocabularyMoments()), or leave it out");
            }
        }
    }

    private static boolean allScored(ModelScores model, MaskingRule rule, Predicate<SequenceScore> holds) {
        return Stream.of(Population.values()).flatMap(population -> model.scores(rule, population).stream())
                .filter(score -> score.status().isScored()).allMatch(holds);
    }

    /**
     * Attacks and evaluates. Sentences that some model could not score are left out of all attacks and named in the report.
     *
     * @throws MistakesException as {@link #requireSound()}
     * @throws AuditException    if no member or no non-member was scored, or an attack fails
     */
    public AuditReport run() {
        requireSound();
        ScoreTable scored = scores.withoutUnscored();
        List<Exclusion> exclusions = Exclusion.of(List.of(scores));
        if (!exclusions.isEmpty()) {
            LOG.warn("{} sentences could not be scored and are left out; the report names them", exclusions.size());
        }
        AuditResults results = dataset
                .map(data -> AuditResults.of(data, scores, scored, exclusions, attacks, evaluation))
                .orElseGet(() -> AuditResults.ofScores(scores, scored, exclusions, attacks, evaluation));
        results.warnings().forEach(LOG::warn);
        AuditPlan.warnOf(scores.target().model().name(), results.targetChecks().stream());
        return AuditReport.of(strata.map(each -> results.withStrata(each, scored.ofControl()
                .map(control -> AttackScores.withRefits(attacks.get(0), control)))).orElse(results));
    }
}
