package io.github.miaudit.report.output;

import io.github.miaudit.ComparisonReport;
import io.github.miaudit.io.AtomicFile;
import io.github.miaudit.report.ComparisonDocument;
import java.nio.file.Path;

/**
 * What a comparison of several targets is published as. Made from the report's document alone, so that nothing is told that
 * it does not hold. Immutable.
 */
public final class ComparisonPublication {

    private final ComparisonDocument document;

    private ComparisonPublication(ComparisonDocument document) {
        this.document = document;
    }

    /**
     * The publication of a report.
     *
     * @param report the report
     * @return its publication
     */
    public static ComparisonPublication of(ComparisonReport report) {
        return new ComparisonPublication(report.document().mapTexts(PlainText::line));
    }

    /**
     * The page for people: one file that needs no other, no network and no JavaScript.
     *
     * @return an HTML document
     */
    public String toHtml() {
        return Templates.render("compare.jte", ComparisonPage.of(document));
    }

    /**
     * Writes {@link #toHtml()} to a file, whole or not at all.
     *
     * @param file the file to make or replace; missing folders are created
     * @throws io.github.miaudit.io.InvalidFileException if it can't be written
     */
    public void writeHtml(Path file) {
        AtomicFile.write(file, writer -> writer.write(toHtml()));
    }
}
