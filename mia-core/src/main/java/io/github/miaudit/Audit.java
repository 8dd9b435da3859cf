package io.github.miaudit;

import io.github.miaudit.data.AttackDataset;
import io.github.miaudit.data.PatientDigests;
import io.github.miaudit.data.Population;
import io.github.miaudit.data.Rewriting;
import io.github.miaudit.likelihood.MaskingRule;
import io.github.miaudit.likelihood.ModelIdentity;
import io.github.miaudit.likelihood.ModelScores;
import io.github.miaudit.likelihood.ScoreTable;
import io.github.miaudit.likelihood.ScoringListener;
import io.github.miaudit.likelihood.SequenceScore;
import io.github.miaudit.likelihood.SequenceScorer;
import io.github.miaudit.membership.AttackScores;
import io.github.miaudit.membership.LikelihoodRatioAttack;
import io.github.miaudit.membership.LossAttack;
import io.github.miaudit.membership.MembershipAttack;
import io.github.miaudit.report.BlindChecks;
import io.github.miaudit.report.Evaluation;
import io.github.miaudit.report.Excerpts;
import io.github.miaudit.report.Exclusion;
import io.github.miaudit.report.LikelihoodScatter;
import io.github.miaudit.report.ModelSummary;
import io.github.miaudit.report.Provenance;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A membership inference audit of one target model. Immutable: every {@code with…} returns a copy, and nothing is
 * computed before {@link #run()}.
 *
 * <p>By default the attacks are the likelihood ratio (which needs a reference) and the loss, and the false positive
 * rates 0.1, 0.01 and 0.001. The audit closes no scorer. An instance may be shared between threads as far as its
 * scorers may.
 */
public final class Audit {

    private static final Logger LOG = LoggerFactory.getLogger(Audit.class);

    private final AttackDataset dataset;
    private final SequenceScorer target;
    private final List<SequenceScorer> references;
    private final List<MembershipAttack> attacks;
    private final Evaluation evaluation;
    private final ScoringListener listener;
    private final int excerpts;

    private Audit(AttackDataset dataset, SequenceScorer target, List<SequenceScorer> references,
            List<MembershipAttack> attacks, Evaluation evaluation, ScoringListener listener, int excerpts) {
        this.dataset = dataset;
        this.target = target;
        this.references = references;
        this.attacks = attacks;
        this.evaluation = evaluation;
        this.listener = listener;
        this.excerpts = excerpts;
    }

    /**
     * An audit with the default attacks.
     *
     * @param dataset members, non-members and possibly externals
     * @param target  the model to audit
     * @return the audit, not yet run
     */
    public static Audit of(AttackDataset dataset, SequenceScorer target) {
        return new Audit(dataset, target, List.of(),
                List.of(LikelihoodRatioAttack.withDefaults(), LossAttack.withDefaults()),
                Evaluation.withDefaults(), ScoringListener.NONE, 0);
    }

    /**
     * The audit with one more reference model.
     *
     * @param reference a model that never saw the members
     * @return a copy
     */
    public Audit withReference(SequenceScorer reference) {
        return new Audit(dataset, target, Stream.concat(references.stream(), Stream.of(reference)).toList(),
                attacks, evaluation, listener, excerpts);
    }

    /**
     * The audit with other attacks, in the order of the report.
     *
     * @param others at least one, of different names
     * @return a copy
     * @throws IllegalArgumentException if there is none or two share a name
     */
    public Audit withAttacks(MembershipAttack... others) {
        Set<String> names = new HashSet<>();
        for (MembershipAttack attack : others) {
            if (!names.add(attack.name())) {
                throw new IllegalArgumentException("two attacks are named " + attack.name() + "; names must differ");
            }
        }
        if (others.length == 0) {
            throw new IllegalArgumentException("0 attacks; at least 1 is needed");
        }
        return new Audit(dataset, target, references, List.of(others), evaluation, listener, excerpts);
    }

    /**
     * The audit at other false positive rates, in the order of the report.
     *
     * @param rates in [0, 1]
     * @return a copy
     * @throws IllegalArgumentException if a rate is not in [0, 1]
     */
    public Audit atFalsePositiveRates(double... rates) {
        return withEvaluation(evaluation.withFalsePositiveRates(rates));
    }

    /**
     * The audit evaluated in another way: false positive rates, level of the intervals, bootstrap.
     *
     * @param other the evaluation
     * @return a copy
     */
    public Audit withEvaluation(Evaluation other) {
        return new Audit(dataset, target, references, attacks, other, listener, excerpts);
    }

    /**
     * The audit with somebody watching.
     *
     * @param other is told of progress
     * @return a copy
     */
    public Audit withListener(ScoringListener other) {
        return new Audit(dataset, target, references, attacks, evaluation, other, excerpts);
    }

    /**
     * The audit with texts in the report: those of the members that the first attack tells most plainly, token by token. Such
     * a report is as confidential as the notes.
     *
     * @param count of sentences; at least 0
     * @return a copy
     * @throws IllegalArgumentException if it is below 0
     */
    public Audit withExcerpts(int count) {
        if (count < 0) {
            throw new IllegalArgumentException("excerpts are " + count + "; at least 0 is needed");
        }
        return new Audit(dataset, target, references, attacks, evaluation, listener, count);
    }

    /**
     * Scores, attacks and evaluates: {@code evaluate(score())}.
     *
     * @return the report
     * @throws AuditException if an attack does not fit the models, a sentence can't be scored, or nothing is left
     *                        to compare
     */
    public AuditReport run() {
        return evaluate(score());
    }

    /**
     * The expensive step: every model scores every sentence by every rule that some attack needs; references that no
     * attack needs by the target's first rule, for the validity checks.
     *
     * @return the scores
     * @throws AuditException if an attack does not fit the models or there are fewer canaries than guesses (said before
     *                        any scoring), or a sentence can't be scored
     */
    public ScoreTable score() {
        List<ModelIdentity> models = references.stream().map(SequenceScorer::model).toList();
        attacks.forEach(attack -> attack.requireApplicable(target.model(), models));
        requireEnoughCanaries();
        Set<MaskingRule> targetRules = rules(MembershipAttack::targetRules);
        Set<MaskingRule> needed = rules(MembershipAttack::referenceRules);
        Set<MaskingRule> referenceRules = needed.isEmpty() ? Set.of(targetRules.iterator().next()) : needed;
        return ScoreTable.of(dataset,
                targetScores(targetRules),
                references.stream().map(reference -> ModelScores.of(reference, dataset, referenceRules, listener)).toList());
    }

    /**
     * The cheap step: attacks and figures from scores. Sentences that some model could not score are left out of
     * all attacks and named in the report.
     *
     * @param scores this audit's scores, from {@link #score()} now or earlier
     * @return the report
     * @throws AuditException if no member or no non-member was scored, or an attack fails
     */
    public AuditReport evaluate(ScoreTable scores) {
        List<Exclusion> exclusions = Stream.of(Population.values())
                .flatMap(population -> scores.unscored(population).entrySet().stream()
                        .map(row -> new Exclusion(population, row.getKey().id(), row.getValue().name())))
                .toList();
        if (!exclusions.isEmpty()) {
            LOG.warn("{} sentences could not be scored and are left out; the report names them", exclusions.size());
        }
        ScoreTable scored = scores.withoutUnscored();
        List<AttackScores> attackScores = attacks.stream().map(attack -> AttackScores.of(attack, scored)).toList();
        List<ModelSummary> models = scores.models().map(ModelSummary::of).toList();
        PatientDigests patients = PatientDigests.of(dataset);
        return AuditReport.of(attackScores, BlindChecks.of(dataset, scored, evaluation.seed()), evaluation, patients, provenance(scores))
                .withLikelihoods(LikelihoodScatter.of(scored, evaluation.smallestCount()))
                .withExcerpts(Excerpts.of(excerpts, attackScores.get(0), dataset, scored, target, patients))
                .withNotes(models, warnings(models), exclusions, dataset.datasheet());
    }

    private void requireEnoughCanaries() {
        int canaries = dataset.samples(Population.MEMBERS).size() + dataset.samples(Population.NON_MEMBERS).size();
        if (evaluation.canaryGuesses().orElse(0) > canaries) {
            throw new AuditException(evaluation.canaryGuesses().getAsInt() + " canary guesses, but only " + canaries + " canaries; guess at most as many");
        }
    }

    private ModelScores targetScores(Set<MaskingRule> rules) {
        Map<Rewriting, Set<MaskingRule>> rewritings = new LinkedHashMap<>();
        for (MembershipAttack attack : attacks) {
            attack.targetRewritings().forEach((rewriting, needed) -> rewritings.computeIfAbsent(rewriting, first -> new LinkedHashSet<>()).addAll(needed));
        }
        ModelScores scores = ModelScores.of(target, dataset, rules, listener);
        for (Map.Entry<Rewriting, Set<MaskingRule>> rewriting : rewritings.entrySet()) {
            scores = scores.withRewritten(target, dataset, rewriting.getKey(), rewriting.getValue(), listener);
        }
        return scores;
    }

    private List<String> warnings(List<ModelSummary> models) {
        List<String> warnings = new ArrayList<>();
        Set<MaskingRule> rules = rules(MembershipAttack::targetRules);
        rules.addAll(rules(MembershipAttack::referenceRules));
        rules.forEach(rule -> rule.caveat().ifPresent(caveat -> warnings.add("rule " + rule.label() + " " + caveat)));
        boolean sameTokens = models.stream().map(summary -> summary.model().tokenizerDigest()).distinct().count() == 1;
        if (!sameTokens && rules(MembershipAttack::referenceRules).stream().anyMatch(rule -> rule.seed().isPresent())) {
            warnings.add("target and reference have different tokenizers, so their random masks hide different parts of a sentence");
        }
        for (ModelSummary summary : models) {
            if (summary.specialLiterals() > 0) {
                warnings.add(summary.specialLiterals() + " sentences contain a special token of model " + summary.model().name()
                        + " as text, which was read as that token");
            }
            long truncated = summary.statuses().getOrDefault(SequenceScore.Status.TRUNCATED, 0L);
            if (truncated > 0) {
                warnings.add(truncated + " sentences are longer than model " + summary.model().name() + " and were cut");
            }
        }
        return warnings;
    }

    /** The rules of all attacks, in a stable order. */
    private Set<MaskingRule> rules(Function<MembershipAttack, Set<MaskingRule>> needed) {
        Set<MaskingRule> rules = new LinkedHashSet<>();
        attacks.forEach(attack -> rules.addAll(needed.apply(attack)));
        return rules;
    }

    private Provenance provenance(ScoreTable scores) {
        return new Provenance(dataset.digest(),
                Optional.of(scores.target().model()),
                scores.references().stream().map(ModelScores::model).toList(),
                scores.target().rules().stream().map(MaskingRule::label).toList(),
                OptionalLong.of(evaluation.seed()),
                SoftwareVersions.current());
    }
}
