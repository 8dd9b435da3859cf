package io.github.miaudit.report.output;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import io.github.miaudit.AuditReport;
import io.github.miaudit.data.AtomicFile;
import java.nio.file.Path;

/**
 * What an audit is published as. Made from the report's JSON alone, so that nothing is told that the file does not hold.
 * Immutable.
 */
public final class Publication {

    private static final TemplateEngine TEMPLATES = TemplateEngine.createPrecompiled(null, ContentType.Html, Publication.class.getClassLoader(),
            Publication.class.getPackageName());

    private final AuditDocument document;

    private Publication(AuditDocument document) {
        this.document = document;
    }

    /**
     * The publication of a report.
     *
     * @param report the report
     * @return its publication
     */
    public static Publication of(AuditReport report) {
        return new Publication(AuditDocument.of(report.toJson()));
    }

    /**
     * The page for people: one file that needs no other, no network and no JavaScript.
     *
     * @return an HTML document
     */
    public String toHtml() {
        StringOutput output = new StringOutput();
        TEMPLATES.render("audit.jte", AuditPage.of(document), output);
        return output.toString();
    }

    /**
     * Writes {@link #toHtml()} to a file, whole or not at all.
     *
     * @param file the file to make or replace; missing folders are created
     * @throws io.github.miaudit.InvalidFileException if it can't be written
     */
    public void writeHtml(Path file) {
        AtomicFile.write(file, writer -> writer.write(toHtml()));
    }
}
