/**
 * From membership scores to figures: ROC curves, intervals, promised thresholds, blind checks, validity, conclusions.
 * {@link io.github.miaudit.evaluation.AuditResults} holds all of it, unabridged, for who may read the notes; what may be told to
 * others is decided in {@code io.github.miaudit.report}. A new computation is a pure function in {@code io.github.miaudit.metrics}.
 *
 * <pre>{@code
 * Evaluation evaluation = Evaluation.withDefaults().withFalsePositiveRates(0.1, 0.01).withConfidence(0.9).withSeed(7);
 * AuditResults results = AuditResults.ofLosses(Path.of("losses.csv"), List.of("loss"), evaluation); // computed elsewhere
 * for (ComparisonResult comparison : results.comparisons()) {
 *     for (AttackResult attack : comparison.attacks()) {
 *         System.out.println(attack.name() + ": AUC " + attack.areaUnderCurve() + ", " + attack.areaInterval());
 *     }
 *     System.out.println(comparison.conclusion() + ", " + comparison.validity().verdict());
 * }
 * }</pre>
 *
 * <p>Of an attack: its {@link RocBand} for drawing, the {@link Exceedance} of members above all others, the
 * {@link ControlDifference} to a control, {@link ScoredPatient}s, {@link StratifiedScores} with a {@link StratumResult} each. A
 * {@link Conclusion} rests on {@link Finding}s, and on whether the comparison could show memory: {@link Validity}, from
 * {@link BlindChecks} ({@link Ranked} by sentence or patient) and {@link Overlap}; and whether the target works:
 * {@link TargetCheck}, {@link SampledTargetChecks}. Versions are compared by {@link TargetComparison} and {@link HeldOutLoss}.
 *
 * <p>What stands beside the figures: {@link PatientSets} and what is done about {@link SharedPatients}, {@link Warnings},
 * {@link Exclusion}s, a {@link ModelSummary} of each model, and, only where they are asked for, {@link Excerpt}s that
 * {@link Excerpts} finds.
 */
@NullMarked
package io.github.miaudit.evaluation;

import org.jspecify.annotations.NullMarked;
