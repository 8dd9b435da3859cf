package io.github.miaudit.report.output;

import io.github.miaudit.AuditReport;
import io.github.miaudit.io.AtomicFile;
import io.github.miaudit.io.PlainText;
import io.github.miaudit.report.AuditDocument;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What an audit is published as, each form with the digest of the {@code audit.json} that it was made of. Made from the report's document
 * alone, so that nothing is told that it does not hold; its texts come out as harmless lines, whatever was in them. Immutable.
 */
public final class Publication {

    private final AuditDocument document;
    private final String digest;

    private Publication(AuditDocument document, String digest) {
        this.document = document;
        this.digest = digest;
    }

    public static Publication of(AuditReport report) {
        return new Publication(report.document().mapTexts(PlainText::line), report.digest());
    }

    /** The page for people, in HTML: one file that needs no other, no network and no JavaScript. */
    public String toHtml() {
        return Templates.render("audit.jte", AuditPage.of(document, digest));
    }

    /**
     * Makes or replaces a file of {@link #toHtml()}, whole or not at all; missing folders are created.
     *
     * @throws io.github.miaudit.io.InvalidFileException if it can't be written
     */
    public void writeHtml(Path file) {
        AtomicFile.write(file, writer -> writer.write(toHtml()));
    }

    /** Whether the audit keeps a policy, limit by limit. A figure that the audit does not have, or does not tell, breaks it. */
    public PolicyOutcome check(Policy policy) {
        return policy.check(document, digest);
    }

    /**
     * The audit in a few lines of GitHub's Markdown, as a comment on a pull request: the answer, the validity, a table of the
     * attacks and what they mean. Names from outside come out as text. Ends with a line break.
     */
    public String toMarkdown() {
        return MarkdownSummary.of(document, digest, Optional.empty());
    }

    /** The same, with the outcome of {@link #check} at the end, a line for each failure. */
    public String toMarkdown(PolicyOutcome outcome) {
        return MarkdownSummary.of(document, digest, Optional.of(outcome));
    }

    /**
     * What the model's card on Hugging Face may say of the audit: a {@code model-index} as front matter, and a section. Of
     * the strongest attack against the non-members. It holds no date, so the same audit makes the same card. YAML between lines
     * of dashes, then Markdown, ending with a line break.
     */
    public String toModelCard() {
        return ModelCard.of(document, digest);
    }
}
