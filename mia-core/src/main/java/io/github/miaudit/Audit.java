package io.github.miaudit;

import io.github.miaudit.data.AttackDataset;
import io.github.miaudit.data.Population;
import io.github.miaudit.data.Strata;
import io.github.miaudit.evaluation.AuditResults;
import io.github.miaudit.evaluation.Evaluation;
import io.github.miaudit.evaluation.Excerpts;
import io.github.miaudit.evaluation.Exclusion;
import io.github.miaudit.evaluation.PatientSets;
import io.github.miaudit.io.AuditException;
import io.github.miaudit.likelihood.ModelIdentity;
import io.github.miaudit.likelihood.ScoreTable;
import io.github.miaudit.likelihood.ScoringListener;
import io.github.miaudit.likelihood.SequenceScorer;
import io.github.miaudit.membership.AttackScores;
import io.github.miaudit.membership.MembershipAttack;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A membership inference audit of one target model. Immutable: every {@code with…} returns a copy, and nothing is
 * computed before {@link #run()}.
 *
 * <p>By default the attacks are {@link io.github.miaudit.membership.NamedAttack#standard()}, of which all but the loss need a reference,
 * and the false positive rates 0.1, 0.01 and 0.001. The audit closes no scorer. An instance may be shared between threads as far as its
 * scorers may.
 */
public final class Audit {

    private static final Logger LOG = LoggerFactory.getLogger(Audit.class);

    private final AuditPlan plan;
    private final SequenceScorer target;
    private final List<SequenceScorer> references;
    private final Optional<SequenceScorer> control;
    private final Optional<IdentifierAudit> identifiers;
    private final Optional<Strata> strata;
    private final int excerpts;

    private Audit(AuditPlan plan, SequenceScorer target, List<SequenceScorer> references, Optional<SequenceScorer> control,
            Optional<IdentifierAudit> identifiers, Optional<Strata> strata, int excerpts) {
        this.plan = plan;
        this.target = target;
        this.references = references;
        this.control = control;
        this.identifiers = identifiers;
        this.strata = strata;
        this.excerpts = excerpts;
    }

    /**
     * An audit with the default attacks, not yet run.
     *
     * @param dataset members, non-members and possibly externals
     * @param target  the model to audit
     */
    public static Audit of(AttackDataset dataset, SequenceScorer target) {
        return new Audit(AuditPlan.of(dataset), Objects.requireNonNull(target, "target"), List.of(), Optional.empty(), Optional.empty(),
                Optional.empty(), 0);
    }

    /** The audit with one more reference, a model that never saw the members. */
    public Audit withReference(SequenceScorer reference) {
        return new Audit(plan, target,
                Stream.concat(references.stream(), Stream.of(Objects.requireNonNull(reference, "reference"))).toList(), control,
                identifiers,
                strata, excerpts);
    }

    /**
     * The audit with a control: a model made as the target was, of other patients of the same source, that never saw the members. Then
     * what the target does beyond the control is memory, and a difference between the sets, which both have, is not.
     */
    public Audit withControl(SequenceScorer model) {
        return new Audit(plan, target, references, Optional.of(Objects.requireNonNull(model, "control")), identifiers, strata, excerpts);
    }

    /**
     * The audit with one of the identifiers in the members, which is told in the same report. It is evaluated as this audit is, watched by
     * the same listener, and has no verdict where this audit's target fails a check.
     *
     * @param other of the same target and the same members, and of the same non-members or none
     */
    public Audit withIdentifiers(IdentifierAudit other) {
        return new Audit(plan, target, references, control, Optional.of(Objects.requireNonNull(other, "identifiers")), strata, excerpts);
    }

    /**
     * The audit with figures by stratum, so that an average hides no rare disease: of the first attack, against the non-members.
     *
     * @param other of patients as the dataset names them
     */
    public Audit withStrata(Strata other) {
        return new Audit(plan, target, references, control, identifiers, Optional.of(Objects.requireNonNull(other, "strata")), excerpts);
    }

    /**
     * The audit with other attacks, in the order of the report.
     *
     * @param others at least one, of different names
     * @throws IllegalArgumentException if there is none or two share a name
     */
    public Audit withAttacks(MembershipAttack... others) {
        return with(plan.withAttacks(others));
    }

    /**
     * The audit at other false positive rates, in the order of the report.
     *
     * @param rates in [0, 1]
     * @throws IllegalArgumentException if a rate is not in [0, 1]
     */
    public Audit atFalsePositiveRates(double... rates) {
        return withEvaluation(plan.evaluation().withFalsePositiveRates(rates));
    }

    /** The audit evaluated in another way: false positive rates, level of the intervals, bootstrap. */
    public Audit withEvaluation(Evaluation other) {
        return with(plan.withEvaluation(other));
    }

    /** The audit with somebody watching its progress. */
    public Audit withListener(ScoringListener other) {
        return with(plan.withListener(other));
    }

    /**
     * The audit with texts in the report: those of the members that the first attack tells most plainly, token by token. Such
     * a report is as confidential as the notes.
     *
     * @param count of sentences; at least 0
     * @throws IllegalArgumentException if it is below 0
     */
    public Audit withExcerpts(int count) {
        if (count < 0) {
            throw new IllegalArgumentException("excerpts are " + count + "; at least 0 is needed");
        }
        return new Audit(plan, target, references, control, identifiers, strata, count);
    }

    private Audit with(AuditPlan other) {
        return new Audit(other, target, references, control, identifiers, strata, excerpts);
    }

    /**
     * Scores, attacks and evaluates: {@code evaluate(score())}.
     *
     * @throws AuditException if an attack does not fit the models, a sentence can't be scored, or nothing is left
     *                        to compare
     */
    public AuditReport run() {
        return evaluate(score());
    }

    /**
     * The expensive step: every model scores every sentence by every rule that some attack needs; references that no
     * attack needs by the target's first rule, for the validity checks; and the target is probed on some sentences.
     *
     * @throws AuditException before any scoring as {@link #requireSound()} does, of all mistakes at once; or if a sentence can't be scored
     */
    public ScoreTable score() {
        requireSound();
        plan.warn(references.stream().map(SequenceScorer::model).toList());
        ScoreTable scores = ScoreTable.of(plan.dataset(), plan.target(target), references.stream().map(plan::reference).toList());
        return control.map(model -> scores.withControl(plan.control(model))).orElse(scores);
    }

    /**
     * Names all mistakes that show without scoring, with the calls that mend them; {@link #score()} begins with it.
     *
     * @throws MistakesException if members or non-members are missing, sets share patients and may not
     *                           ({@link Evaluation#withSharedPatients}), two models are one, a model is known to have been trained on what
     *                           it must not have seen, an attack does not fit the models or the sentences, there are fewer canaries than
     *                           guesses, patients are not known whose strata are, or identifiers are audited of another target or other
     *                           sentences, or without permutations
     */
    public void requireSound() {
        Mistakes mistakes = new Mistakes();
        List<ModelIdentity> models = references.stream().map(SequenceScorer::model).toList();
        control.map(scorer -> new AuditedModel("control " + scorer.model().name(), scorer)).ifPresent(model -> mistakes
                .look(() -> model.requireControlBeside(plan.dataset().samples(Population.NON_MEMBERS)), "withControl(…)"));
        plan.look(List.of(new AuditedModel("target " + target.model().name(), target)),
                Stream.concat(control.stream().map(scorer -> new AuditedModel("control " + scorer.model().name(), scorer)),
                        references.stream().map(scorer -> new AuditedModel("reference " + scorer.model().name(), scorer))).toList(),
                mistakes);
        Stream.concat(Stream.of(target), control.stream()).forEach(model -> plan.lookAtAttacks(model.model(), models, mistakes));
        mistakes.look(this::requireEnoughCanaries, "withEvaluation(….withCanaryGuesses(…))");
        strata.ifPresent(each -> mistakes.look(() -> PatientSets.of(plan.dataset()).requireStrata(each), "without withStrata(…)"));
        identifiers.ifPresent(audit -> {
            mistakes.look(this::identifiers, "withEvaluation(….withPermutations(…))");
            audit.lookAsPartOf(plan.dataset(), target.model(), mistakes);
        });
        mistakes.tell();
    }

    private Optional<IdentifierAudit> identifiers() {
        return identifiers.map(audit -> audit.withEvaluation(plan.evaluation()).withListener(plan.listener()));
    }

    /**
     * The cheap step: attacks and figures from scores; but identifiers, if they are audited, are asked for here. Sentences that some
     * model could not score are left out of
     * all attacks and named in the report.
     *
     * @param scores this audit's scores, from {@link #score()} now or earlier
     * @throws AuditException if no member or no non-member was scored, or an attack fails
     */
    public AuditReport evaluate(ScoreTable scores) {
        ScoreTable scored = scores.withoutUnscored();
        List<Exclusion> exclusions = Exclusion.of(List.of(scores));
        if (!exclusions.isEmpty()) {
            LOG.warn("{} sentences could not be scored and are left out; the report names them", exclusions.size());
        }
        AuditResults results = AuditResults.of(plan.dataset(), scores, scored, exclusions, plan.attacks(), plan.evaluation());
        AuditPlan.warnOf(target.model().name(), results.targetChecks().stream());
        AuditResults byStratum = strata.map(each -> results.withStrata(each, scored.ofControl()
                .map(control -> AttackScores.withRefits(plan.attacks().get(0), control)))).orElse(results);
        AuditResults told = excerpts == 0 ? byStratum
                : byStratum.withExcerpts(Excerpts.of(excerpts, plan.attacks().get(0), plan.dataset(), scored, target));
        return identifiers().map(audit -> AuditReport.of(told, audit.run(results.targetChecks()))).orElseGet(() -> AuditReport.of(told));
    }

    private void requireEnoughCanaries() {
        int canaries = plan.dataset().samples(Population.MEMBERS).size() + plan.dataset().samples(Population.NON_MEMBERS).size();
        if (plan.evaluation().canaryGuesses().orElse(0) > canaries) {
            throw new AuditException(plan.evaluation().canaryGuesses().getAsInt() + " canary guesses, but only " + canaries
                    + " canaries; guess at most as many");
        }
    }
}
