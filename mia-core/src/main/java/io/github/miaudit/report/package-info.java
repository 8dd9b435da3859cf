/**
 * The one document: what an audit may tell, and its plain text. {@link io.github.miaudit.report.AuditDocument} is
 * {@code audit.json}, member by member; pages, summaries, policies and the text read it and nothing else.
 * {@link io.github.miaudit.report.ComparisonDocument} is the same for several models, {@code comparison.json}.
 *
 * <p>What may be told is decided while the document is made from the results: each record of counts has a factory that
 * asks {@code Disclosure}, the only place that knows what counts of few patients would betray. To add a figure, add a component to its
 * record, compute it in the record's factory, describe it in {@code audit.schema.json} and show it where it should be seen.
 */
@NullMarked
package io.github.miaudit.report;

import org.jspecify.annotations.NullMarked;
