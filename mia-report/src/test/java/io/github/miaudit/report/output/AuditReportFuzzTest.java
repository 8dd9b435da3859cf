package io.github.miaudit.report.output;

import io.github.miaudit.AuditReport;
import io.github.miaudit.io.FileReaderContract;
import java.nio.file.Path;

/** Whatever stands in an audit.json, it is read and rendered, or refused. */
class AuditReportFuzzTest extends FileReaderContract {

    AuditReportFuzzTest() {
        super("audit.json", 20_000);
    }

    @Override
    protected void read(Path file) {
        AuditReport report = AuditReport.read(file);
        report.toText();
        Publication publication = Publication.of(report);
        publication.toHtml();
        publication.toMarkdown();
        publication.toModelCard();
    }
}
