/**
 * The one document: what an audit may tell, and its plain text. {@link io.github.miaudit.report.AuditDocument} is
 * {@code audit.json}, member by member; pages, summaries, policies and the text read it and nothing else.
 * {@link io.github.miaudit.report.ComparisonDocument} is the same for several models, {@code comparison.json}.
 *
 * <pre>{@code
 * AuditDocument audit = AuditDocument.read(Path.of("audit.json")); // written by AuditReport.writeJson
 * Decision decision = Decision.of(audit);
 * System.out.println(decision.answer() + " " + decision.why() + " " + decision.nextStep());
 * for (Attack attack : audit.main().attacks()) {
 *     System.out.println(attack.name() + ": AUC " + Numbers.rounded(attack.auc(), 3));
 *     for (OperatingPoint point : attack.tprAtFpr()) {
 *         System.out.println("  TPR " + point.tpr().map(Numbers::percent).orElse("of too few") + " at an FPR of at most " + point.atFpr());
 *     }
 * }
 * }</pre>
 *
 * <p>What may be told is decided while the document is made from the results: each record of counts has a factory that
 * asks {@code Disclosure}, the only place that knows what counts of few patients would betray. To add a figure, add a component to its
 * record, compute it in the record's factory, describe it in {@code audit.schema.json} and show it where it should be seen.
 *
 * <p>Each is a {@link Document}. An {@link AuditDocument} has {@link Comparison}s with their {@link AnswerTest}s and
 * {@link Attack}s; an attack its {@link BestAdvantage}, {@link OperatingPoint}s, {@link CalibratedPoint}s, {@link Exceeding},
 * {@link Control}, {@link Leakage}, {@link CanaryBound} and the same {@link ByPatient}, with {@link Exposed}; and whether counts
 * are {@link Told}. Beside them stand {@link Histogram}s, {@link Likelihoods}, {@link ExposedPatient}s, {@link StrataFigures},
 * each {@link ModelReading}, the {@link Datasheet}, {@link Settings}, {@link Provenance} and the {@link Subject}. A
 * {@link ComparisonDocument} has a {@link TargetVerdict} and {@link VersionUtility} of each version, of {@link StatedUtilities}
 * and held-out losses; an {@link IdentifierDocument} has {@link ExtractionFigures}.
 *
 * <p>For people: {@link Decision} and {@link ComparisonDecision} with a {@link VersionVerdict} of each version and
 * {@link LeakAndUse}, {@link AuditWords}, {@link Numbers} and {@link PValues}. {@link Differencing} says what who reads two
 * {@link AuditedDocument}s learns. {@link DocumentJson} reads and writes all.
 */
@NullMarked
package io.github.miaudit.report;

import org.jspecify.annotations.NullMarked;
