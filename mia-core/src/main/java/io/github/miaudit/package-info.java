/**
 * The audit: how much a masked language model leaks about the people in its training data.
 *
 * <pre>{@code
 * static AuditReport audit(Path dataset, SequenceScorer target, SequenceScorer reference, SequenceScorer control) {
 *     AuditReport report = Audit.of(AttackDataset.readJsonLines(dataset), target)
 *             .withReference(reference) // never saw the members
 *             .withControl(control)     // made like the target, of other patients
 *             .run();
 *     System.out.println(report.document().conclusion());
 *     report.writeJson(Path.of("audit.json")); // and AuditReport.read(file) reads it back
 *     return report;
 * }
 * }</pre>
 *
 * <p>Sentences ({@link io.github.miaudit.data}) and models go in. A
 * {@link io.github.miaudit.likelihood.SequenceScorer} turns sentence &times; model into token
 * log-likelihoods ({@link io.github.miaudit.likelihood}), a
 * {@link io.github.miaudit.membership.MembershipAttack} turns those into one membership score a sentence
 * ({@link io.github.miaudit.membership}), pure functions turn scores into ROC, AUC and TPR at low FPR
 * ({@link io.github.miaudit.evaluation}), and the {@link io.github.miaudit.AuditReport} tells of these results what may be told
 * ({@link io.github.miaudit.report}).
 * {@link io.github.miaudit.Audit} runs these steps in this order, on what the attacks need and all models scored.
 *
 * <p>Conventions: log-likelihoods are in nats, higher = likelier; membership scores are higher = more likely a
 * member.
 *
 * <p>Where scores were made elsewhere, such as by many machines, a {@link ScoreAudit} gives the same report without any model;
 * a {@link StoredAudit}, of the files that they lie in.
 *
 * <p>{@link MistakesException} names all that is missing before anything is scored. Several versions of a target are compared by
 * a {@link ComparativeAudit}, whose answer is a {@link ComparisonReport}; whose names and dates a model knows asks an
 * {@link IdentifierAudit}, answered by an {@link IdentifierReport}. All three are a {@link Report}.
 */
@NullMarked
package io.github.miaudit;

import org.jspecify.annotations.NullMarked;
