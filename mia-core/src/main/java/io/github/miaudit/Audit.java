package io.github.miaudit;

import io.github.miaudit.data.AttackDataset;
import io.github.miaudit.data.Population;
import io.github.miaudit.evaluation.AuditResults;
import io.github.miaudit.evaluation.Evaluation;
import io.github.miaudit.evaluation.Excerpts;
import io.github.miaudit.evaluation.Exclusion;
import io.github.miaudit.io.AuditException;
import io.github.miaudit.likelihood.ModelIdentity;
import io.github.miaudit.likelihood.ScoreTable;
import io.github.miaudit.likelihood.ScoringListener;
import io.github.miaudit.likelihood.SequenceScorer;
import io.github.miaudit.membership.LikelihoodRatioAttack;
import io.github.miaudit.membership.LossAttack;
import io.github.miaudit.membership.MembershipAttack;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
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
        return new Audit(dataset, target, references, checked(others), evaluation, listener, excerpts);
    }

    static List<MembershipAttack> checked(MembershipAttack... others) {
        Set<String> names = new HashSet<>();
        for (MembershipAttack attack : others) {
            if (!names.add(attack.name())) {
                throw new IllegalArgumentException("two attacks are named " + attack.name() + "; names must differ");
            }
        }
        if (others.length == 0) {
            throw new IllegalArgumentException("0 attacks; at least 1 is needed");
        }
        return List.of(others);
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
        Scoring scoring = new Scoring(dataset, attacks, listener);
        return ScoreTable.of(dataset, scoring.target(target), references.stream().map(scoring::reference).toList());
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
        ScoreTable scored = scores.withoutUnscored();
        List<Exclusion> exclusions = Exclusion.of(List.of(scores));
        if (!exclusions.isEmpty()) {
            LOG.warn("{} sentences could not be scored and are left out; the report names them", exclusions.size());
        }
        AuditResults results = AuditResults.of(dataset, scores, scored, exclusions, attacks, evaluation);
        return AuditReport.of(excerpts == 0 ? results : results.withExcerpts(Excerpts.of(excerpts, attacks.get(0), dataset, scored, target)));
    }

    private void requireEnoughCanaries() {
        int canaries = dataset.samples(Population.MEMBERS).size() + dataset.samples(Population.NON_MEMBERS).size();
        if (evaluation.canaryGuesses().orElse(0) > canaries) {
            throw new AuditException(evaluation.canaryGuesses().getAsInt() + " canary guesses, but only " + canaries + " canaries; guess at most as many");
        }
    }
}
