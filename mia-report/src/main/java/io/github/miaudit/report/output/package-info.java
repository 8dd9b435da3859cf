/**
 * What an audit is published as: a page for people; a policy's verdict, a summary and a model card for pipelines. All of them
 * read the document of {@link io.github.miaudit.report} alone, so nothing here can tell what it hides.
 *
 * <pre>{@code
 * AuditReport report = AuditReport.read(Path.of("audit.json"));
 * Publication publication = Publication.of(report);
 * publication.writeHtml(Path.of("report.html"));
 * PolicyOutcome outcome = publication.check(Policy.read(Path.of("policy.yaml")));
 * System.out.println(outcome.toText());
 * System.out.println(publication.toMarkdown(outcome));
 * }</pre>
 *
 * <p>A new output is a class beside these, called by {@link io.github.miaudit.report.output.Publication} or {@link
 * io.github.miaudit.report.output.ComparisonPublication}; what it says is looked
 * through for hidden counts by {@code NothingHiddenIsToldTest}. {@link io.github.miaudit.report.output.TablePage} is for what is no audit.
 *
 * <p>Comparisons and audits of identifiers alone are published by {@link ComparisonPublication} and
 * {@link IdentifierPublication}; what is no audit is a {@link TablePage} or a {@link TextPage}.
 */
@NullMarked
package io.github.miaudit.report.output;

import org.jspecify.annotations.NullMarked;
