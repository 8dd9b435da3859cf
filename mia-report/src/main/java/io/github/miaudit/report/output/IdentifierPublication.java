package io.github.miaudit.report.output;

import io.github.miaudit.IdentifierReport;
import io.github.miaudit.report.IdentifierDocument;

/**
 * What an audit of identifiers alone is published as. Made from its document, so that nothing is told that it does not hold; an audit of
 * sentences has identifiers in its own {@link Publication}. Immutable.
 */
public final class IdentifierPublication {

    private final IdentifierDocument document;
    private final String digest;

    private IdentifierPublication(IdentifierDocument document, String digest) {
        this.document = document;
        this.digest = digest;
    }

    public static IdentifierPublication of(IdentifierReport report) {
        return new IdentifierPublication(report.document(), report.digest());
    }

    /** Whether the audit keeps a policy, limit by limit. A figure that the audit does not have, or does not tell, breaks it. */
    public PolicyOutcome check(Policy policy) {
        return policy.check(document, digest);
    }

    /** A page of GitHub's Markdown, ending with a line break. */
    public String toMarkdown() {
        return IdentifierSummary.of(document, "## Who was in it?");
    }

    /** The same, with the outcome of {@link #check} at the end, a line for each failure. */
    public String toMarkdown(PolicyOutcome outcome) {
        return toMarkdown() + Markdown.policy(outcome);
    }
}
