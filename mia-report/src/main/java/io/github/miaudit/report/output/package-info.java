/**
 * What an audit is published as: a page for people; a policy's verdict, a summary and a model card for pipelines. All of them
 * read the document of {@link io.github.miaudit.report} alone, so nothing here can tell what it hides.
 *
 * <p>A new output is a class beside these, called by {@link io.github.miaudit.report.output.Publication} or {@link
 * io.github.miaudit.report.output.ComparisonPublication}; what it says is looked
 * through for hidden counts by {@code NothingHiddenIsToldTest}. {@link io.github.miaudit.report.output.TablePage} is for what is no audit.
 */
@NullMarked
package io.github.miaudit.report.output;

import org.jspecify.annotations.NullMarked;
