/**
 * From membership scores to figures: ROC curves, intervals, promised thresholds, blind checks, validity, conclusions.
 * {@link io.github.miaudit.evaluation.AuditResults} holds all of it, unabridged, for who may read the notes; what may be told to
 * others is decided in {@code io.github.miaudit.report}. A new computation is a pure function in {@code io.github.miaudit.metrics}.
 */
@NullMarked
package io.github.miaudit.evaluation;

import org.jspecify.annotations.NullMarked;
