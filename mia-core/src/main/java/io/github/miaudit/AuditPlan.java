package io.github.miaudit;

import io.github.miaudit.data.AttackDataset;
import io.github.miaudit.data.Population;
import io.github.miaudit.data.Rewriting;
import io.github.miaudit.evaluation.Evaluation;
import io.github.miaudit.evaluation.PatientSets;
import io.github.miaudit.evaluation.TargetCheck;
import io.github.miaudit.evaluation.Warnings;
import io.github.miaudit.io.AuditException;
import io.github.miaudit.likelihood.MaskingRule;
import io.github.miaudit.likelihood.ModelIdentity;
import io.github.miaudit.likelihood.ModelScores;
import io.github.miaudit.likelihood.ScoringListener;
import io.github.miaudit.likelihood.SequenceScorer;
import io.github.miaudit.membership.LikelihoodRatioAttack;
import io.github.miaudit.membership.LossAttack;
import io.github.miaudit.membership.MembershipAttack;
import io.github.miaudit.membership.ResidualAttack;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is to be done whichever models are audited.
 *
 * @param dataset    the sentences
 * @param attacks    at least one, in the order of the report
 * @param evaluation of the attacks
 * @param listener   is told of progress
 */
record AuditPlan(AttackDataset dataset, List<MembershipAttack> attacks, Evaluation evaluation, ScoringListener listener) {

    static final List<MembershipAttack> DEFAULT_ATTACKS = List.of(ResidualAttack.withDefaults(), LikelihoodRatioAttack.withDefaults(),
            LossAttack.withDefaults());
    private static final Logger LOG = LoggerFactory.getLogger(Audit.class);

    static AuditPlan of(AttackDataset dataset) {
        return new AuditPlan(Objects.requireNonNull(dataset, "dataset"),
                DEFAULT_ATTACKS,
                Evaluation.withDefaults(), ScoringListener.NONE);
    }

    AuditPlan withAttacks(MembershipAttack... others) {
        return new AuditPlan(dataset, distinct(others), evaluation, listener);
    }

    /** Attacks in their order; refuses none, and two of one name. */
    static List<MembershipAttack> distinct(MembershipAttack... others) {
        Set<String> names = new HashSet<>();
        for (MembershipAttack attack : others) {
            if (!names.add(Objects.requireNonNull(attack, "attack").name())) {
                throw new IllegalArgumentException("two attacks are named " + attack.name() + "; names must differ");
            }
        }
        if (others.length == 0) {
            throw new IllegalArgumentException("0 attacks; at least 1 is needed");
        }
        return List.of(others);
    }

    AuditPlan withEvaluation(Evaluation other) {
        return new AuditPlan(dataset, attacks, Objects.requireNonNull(other, "evaluation"), listener);
    }

    AuditPlan withListener(ScoringListener other) {
        return new AuditPlan(dataset, attacks, evaluation, Objects.requireNonNull(other, "listener"));
    }

    /** Looks for what is wrong with the sets, and with models beside them: sets that share patients and may not, models that are one. */
    void look(List<AuditedModel> targets, List<AuditedModel> references, Mistakes mistakes) {
        for (Population population : List.of(Population.MEMBERS, Population.NON_MEMBERS)) {
            mistakes.require(!dataset.samples(population).isEmpty(), "0 " + population.words() + "; at least 1 sentence is needed",
                    "AttackDataset.of(members, nonMembers)");
        }
        mistakes.look(() -> PatientSets.of(dataset).requireApart(evaluation.sharedPatients()),
                "withEvaluation(….withSharedPatients(SharedPatients.ALLOWED))");
        AuditedModel.requireDifferent(Stream.concat(targets.stream(), references.stream()).toList(), mistakes);
        targets.forEach(target -> mistakes.look(() -> target.requireTargetBeside(dataset.samples(Population.NON_MEMBERS)), ""));
        references.forEach(reference -> mistakes.look(() -> reference.requireReferenceOf(dataset.samples(Population.MEMBERS)), ""));
    }

    /** Looks for attacks that can't be made on these sentences, or of a target with references that they are made with at once. */
    void lookAtAttacks(ModelIdentity target, List<ModelIdentity> references, Mistakes mistakes) {
        for (MembershipAttack attack : attacks) {
            String withoutIt = "withAttacks(…)";
            mistakes.look(() -> attack.requireApplicable(target, references),
                    attack.referenceRules().isEmpty() ? withoutIt : "withReference(…) or " + withoutIt);
            mistakes.look(() -> attack.caveats(dataset, references), withoutIt);
        }
    }

    /**
     * Logs before any scoring what will make the figures doubtful.
     *
     * @param references the models that attacks are made with at once
     * @throws AuditException if an attack can't be made on these sentences
     */
    void warn(List<ModelIdentity> references) {
        Warnings.beforeScoring(dataset, attacks, references, evaluation).forEach(LOG::warn);
        int others = dataset.samples(Population.NON_MEMBERS).size();
        evaluation.falsePositiveRates().stream().filter(rate -> rate > 0 && rate * others < 1)
                .forEach(rate -> LOG.info("a false positive rate of {} is below that of one in {} non-members: figures there are those"
                        + " without a false positive", rate, others));
    }

    /**
     * Logs why a target is no working model, if it is none.
     *
     * @param target what it is called
     * @param checks of it; each reason is told once
     */
    static void warnOf(String target, Stream<TargetCheck> checks) {
        checks.filter(check -> check.outcome() == TargetCheck.Outcome.FAILED).map(TargetCheck::words).distinct()
                .forEach(words -> LOG.warn("target {} is no working model: {}", target, words));
    }

    /** The target's scores, and what it says when it is probed. */
    ModelScores target(SequenceScorer scorer) {
        return control(scorer).withProbe(scorer, dataset);
    }

    /** A control's scores: as the target's by all rules that some attack needs, and those of rewritings. */
    ModelScores control(SequenceScorer scorer) {
        Map<Rewriting, Set<MaskingRule>> rewritings = new LinkedHashMap<>();
        for (MembershipAttack attack : attacks) {
            attack.targetRewritings()
                    .forEach((rewriting, needed) -> rewritings.computeIfAbsent(rewriting, first -> new LinkedHashSet<>()).addAll(needed));
        }
        ModelScores scores = ModelScores.of(scorer, dataset, rules(MembershipAttack::targetRules), listener);
        for (Map.Entry<Rewriting, Set<MaskingRule>> rewriting : rewritings.entrySet()) {
            scores = scores.withRewritten(scorer, dataset, rewriting.getKey(), rewriting.getValue(), listener);
        }
        return scores;
    }

    /** A reference's scores by all rules that some attack needs; by the target's first rule, for the validity checks, if none does. */
    ModelScores reference(SequenceScorer scorer) {
        Set<MaskingRule> needed = rules(MembershipAttack::referenceRules);
        return ModelScores.of(scorer, dataset, needed.isEmpty() ? Set.of(rules(MembershipAttack::targetRules).iterator().next()) : needed,
                listener);
    }

    /** The rules of all attacks, in a stable order. */
    private Set<MaskingRule> rules(Function<MembershipAttack, Set<MaskingRule>> needed) {
        Set<MaskingRule> rules = new LinkedHashSet<>();
        attacks.forEach(attack -> rules.addAll(needed.apply(attack)));
        return rules;
    }
}
