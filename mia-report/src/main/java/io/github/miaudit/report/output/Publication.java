package io.github.miaudit.report.output;

import io.github.miaudit.AuditReport;

/**
 * What an audit is published as. Made from the report's JSON alone, so that nothing is told that the file does not hold.
 * Immutable.
 */
public final class Publication {

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
}
