/**
 * From membership scores to figures: ROC curves, intervals, thresholds, blind checks, validity, conclusions. Everything here is
 * unabridged; what may be told is decided in {@code io.github.miaudit.report}.
 */
package io.github.miaudit.evaluation;
