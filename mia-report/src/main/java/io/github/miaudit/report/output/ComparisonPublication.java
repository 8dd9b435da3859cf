package io.github.miaudit.report.output;

import io.github.miaudit.ComparisonReport;
import io.github.miaudit.io.AtomicFile;
import io.github.miaudit.io.PlainText;
import io.github.miaudit.report.ComparisonDocument;
import java.nio.file.Path;

/** What a comparison is published as. Made from its document alone, so that nothing is told that it does not hold. Immutable. */
public final class ComparisonPublication {

    private final ComparisonDocument document;
    private final String digest;

    private ComparisonPublication(ComparisonDocument document, String digest) {
        this.document = document;
        this.digest = digest;
    }

    public static ComparisonPublication of(ComparisonReport report) {
        return new ComparisonPublication(report.document().mapTexts(PlainText::line), report.digest());
    }

    /** The page for people, in HTML: one file that needs no other, no network and no JavaScript. */
    public String toHtml() {
        return Templates.render("compare.jte", ComparisonPage.of(document, digest));
    }

    /**
     * Makes or replaces a file of {@link #toHtml()}, whole or not at all; missing folders are created.
     *
     * @throws io.github.miaudit.io.InvalidFileException if it can't be written
     */
    public void writeHtml(Path file) {
        AtomicFile.write(file, writer -> writer.write(toHtml()));
    }
}
