package io.github.miaudit;

import io.github.miaudit.data.AttackDataset;
import io.github.miaudit.data.Population;
import io.github.miaudit.evaluation.AuditResults;
import io.github.miaudit.evaluation.Evaluation;
import io.github.miaudit.evaluation.Exclusion;
import io.github.miaudit.evaluation.HeldOutLoss;
import io.github.miaudit.evaluation.TargetComparison;
import io.github.miaudit.io.AuditException;
import io.github.miaudit.likelihood.ModelScores;
import io.github.miaudit.likelihood.ScoreTable;
import io.github.miaudit.likelihood.ScoringListener;
import io.github.miaudit.likelihood.SequenceScorer;
import io.github.miaudit.membership.MembershipAttack;
import io.github.miaudit.report.AuditDocument;
import io.github.miaudit.report.ComparisonDocument;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * An audit of several versions of a target, such as before and after deduplication, each against each of several references,
 * all on the same sentences: which version leaks less? Immutable: every {@code with…} returns a copy, and nothing is computed
 * before {@link #run()}. The first target is the baseline. Each model scores the sentences once. Closes no scorer.
 */
public final class ComparativeAudit {

    private final AuditPlan plan;
    private final Map<String, SequenceScorer> targets;
    private final Map<String, SequenceScorer> references;

    private ComparativeAudit(AuditPlan plan, Map<String, SequenceScorer> targets, Map<String, SequenceScorer> references) {
        this.plan = plan;
        this.targets = targets;
        this.references = references;
    }

    /** A comparison by the likelihood ratio and the loss, without models yet. */
    public static ComparativeAudit of(AttackDataset dataset) {
        return new ComparativeAudit(AuditPlan.of(dataset), Map.of(), Map.of());
    }

    /**
     * The audit with one more version of the target; the first is the baseline.
     *
     * @param name   of the version; not used yet
     * @param target the model
     * @throws IllegalArgumentException if the name is blank or used
     */
    public ComparativeAudit withTarget(String name, SequenceScorer target) {
        return new ComparativeAudit(plan, with(targets, "target", name, target), references);
    }

    /**
     * The audit with one more reference.
     *
     * @param name      of the reference; not used yet
     * @param reference a model that never saw the members
     * @throws IllegalArgumentException if the name is blank or used
     */
    public ComparativeAudit withReference(String name, SequenceScorer reference) {
        return new ComparativeAudit(plan, targets, with(references, "reference", name, reference));
    }

    /**
     * The audit with other attacks, each made with one reference at a time.
     *
     * @param others at least one, of different names
     * @throws IllegalArgumentException if there is none or two share a name
     */
    public ComparativeAudit withAttacks(MembershipAttack... others) {
        return new ComparativeAudit(plan.withAttacks(others), targets, references);
    }

    /** The audit evaluated in another way: false positive rates, level of the intervals, bootstrap. */
    public ComparativeAudit withEvaluation(Evaluation other) {
        return new ComparativeAudit(plan.withEvaluation(other), targets, references);
    }

    /** The audit with somebody watching its progress. */
    public ComparativeAudit withListener(ScoringListener other) {
        return new ComparativeAudit(plan.withListener(other), targets, references);
    }

    /**
     * Scores, attacks, evaluates and compares. Sentences that some model could not score are left out everywhere.
     *
     * @throws AuditException before any scoring as {@link #requireSound()} does, of all mistakes at once; or if a sentence can't be scored,
     *                        or nothing is left to compare
     */
    public ComparisonReport run() {
        requireSound();
        // attacks are made with one reference at a time, and whichever it is, there is the same to say
        plan.warn(references.values().stream().limit(1).map(SequenceScorer::model).toList());
        Map<String, Map<String, ScoreTable>> tables = score();
        List<ScoreTable> all = tables.values().stream().flatMap(ofReference -> ofReference.values().stream()).toList();
        List<Exclusion> exclusions = Exclusion.of(all);
        Map<ScoreTable, ScoreTable> scored = scored(all);

        Map<ComparisonReport.Pair, AuditResults> results = new LinkedHashMap<>();
        List<TargetComparison> comparisons = new ArrayList<>();
        List<HeldOutLoss> losses = new ArrayList<>();
        tables.forEach((reference, ofTargets) -> {
            Map<String, ScoreTable> aligned = new LinkedHashMap<>();
            ofTargets.forEach((target, table) -> {
                ScoreTable ofBoth = Objects.requireNonNull(scored.get(table));
                aligned.put(target, ofBoth);
                results.put(new ComparisonReport.Pair(target, reference),
                        AuditResults.of(plan.dataset(), table, ofBoth, exclusions, plan.attacks(), plan.evaluation()));
            });
            if (losses.isEmpty()) { // the same whatever the reference
                losses.addAll(HeldOutLoss.of(aligned, plan.evaluation()));
            }
            comparisons.addAll(comparisons(reference, aligned, comparisons.isEmpty()));
        });
        targets.keySet().forEach(target -> AuditPlan.warnOf(target, results.entrySet().stream()
                .filter(cell -> cell.getKey().target().equals(target)).flatMap(cell -> cell.getValue().targetChecks().stream())));
        List<ComparisonDocument.Cell> cells = results.entrySet().stream().map(
                cell -> new ComparisonDocument.Cell(cell.getKey().target(), cell.getKey().reference(), AuditDocument.of(cell.getValue())))
                .toList();
        return ComparisonReport.of(ComparisonDocument.of(List.copyOf(targets.keySet()), List.copyOf(references.keySet()),
                TargetComparison.joined(comparisons), losses, cells, results.values().iterator().next()), results);
    }

    /**
     * Names all mistakes that show without scoring, with the calls that mend them; {@link #run()} begins with it.
     *
     * @throws MistakesException if there are fewer than two targets or no reference, members or non-members are missing, sets share
     *                           patients and may not ({@link Evaluation#withSharedPatients}), two models are one, a model is known to have
     *                           been trained on what it must not have seen, or an attack does not fit the models or the sentences
     */
    public void requireSound() {
        Mistakes mistakes = new Mistakes();
        mistakes.require(targets.size() >= 2, "a comparison needs at least 2 targets, and there are " + targets.size(),
                "withTarget(name, …)");
        mistakes.require(!references.isEmpty(), "a comparison needs at least 1 reference, and there are 0", "withReference(name, …)");
        plan.look(models("target", targets), models("reference", references), mistakes);
        references.values().forEach(reference -> targets.values()
                .forEach(target -> plan.lookAtAttacks(target.model(), List.of(reference.model()), mistakes)));
        mistakes.tell();
    }

    /** By reference, then by target. */
    private Map<String, Map<String, ScoreTable>> score() {
        Map<String, ModelScores> ofTargets = new LinkedHashMap<>();
        targets.forEach((name, scorer) -> ofTargets.put(name, plan.target(scorer)));
        Map<String, Map<String, ScoreTable>> tables = new LinkedHashMap<>();
        references.forEach((reference, scorer) -> {
            ModelScores ofReference = plan.reference(scorer);
            Map<String, ScoreTable> row = new LinkedHashMap<>();
            ofTargets.forEach((target, scores) -> row.put(target, ScoreTable.of(plan.dataset(), scores, List.of(ofReference))));
            tables.put(reference, row);
        });
        return tables;
    }

    private static Map<ScoreTable, ScoreTable> scored(List<ScoreTable> tables) {
        List<ScoreTable> aligned = ScoreTable.scoredByAll(tables);
        Map<ScoreTable, ScoreTable> scored = new LinkedHashMap<>();
        for (int table = 0; table < tables.size(); table++) {
            scored.put(tables.get(table), aligned.get(table));
        }
        return scored;
    }

    /** Attacks that look at no reference are compared once, not once a reference. */
    private List<TargetComparison> comparisons(String reference, Map<String, ScoreTable> ofTargets, boolean first) {
        List<MembershipAttack> needing = plan.attacks().stream().filter(attack -> !attack.referenceRules().isEmpty()).toList();
        List<MembershipAttack> others = plan.attacks().stream().filter(attack -> attack.referenceRules().isEmpty()).toList();
        return Stream.of(Population.NON_MEMBERS, Population.EXTERNALS).filter(population -> !plan.dataset().samples(population).isEmpty())
                .flatMap(
                        population -> Stream.concat(
                                Stream.of(needing).filter(some -> !some.isEmpty())
                                        .map(some -> TargetComparison.of(ofTargets, some, population, plan.evaluation())
                                                .withReference(reference)),
                                Stream.of(others).filter(some -> first && !some.isEmpty())
                                        .map(some -> TargetComparison.of(ofTargets, some, population, plan.evaluation()))))
                .toList();
    }

    private static List<AuditedModel> models(String role, Map<String, SequenceScorer> named) {
        return named.entrySet().stream().map(model -> new AuditedModel(role + " " + model.getKey(), model.getValue())).toList();
    }

    private static Map<String, SequenceScorer> with(Map<String, SequenceScorer> models, String role, String name, SequenceScorer model) {
        if (Objects.requireNonNull(name, "name").isBlank() || models.containsKey(name)) {
            throw new IllegalArgumentException(
                    "a " + role + " is named \"" + name + "\"" + (name.isBlank() ? "" : " already") + "; each needs a name of its own");
        }
        Map<String, SequenceScorer> more = new LinkedHashMap<>(models);
        more.put(name, Objects.requireNonNull(model, role));
        return more;
    }
}
