package io.github.miaudit.report.output;

import io.github.miaudit.report.IdentifierDocument;
import java.util.List;

/** An audit of identifiers in Markdown; it holds no identifier. */
final class IdentifierSummary {

    private final StringBuilder text = new StringBuilder();

    private IdentifierSummary() {
    }

    /** A section under such a heading, ending with a line break. */
    static String of(IdentifierDocument document, String heading) {
        IdentifierSummary summary = new IdentifierSummary();
        summary.write(document, heading);
        return summary.text.toString().stripTrailing() + "\n";
    }

    private void write(IdentifierDocument document, String heading) {
        text.append(heading).append("\n\n**").append(Markdown.text(document.answer())).append("**\n\n");
        list(document.reasons());
        for (IdentifierTable table : IdentifierTable.of(document)) {
            text.append(Markdown.head(table.header()));
            table.rows().forEach(row -> text.append(Markdown.row(row.stream().map(Markdown::text).toList())));
            text.append('\n');
        }
        IdentifierTable.lines(document).forEach(line -> text.append(Markdown.text(line)).append("\n\n"));
        if (!document.remarks().isEmpty()) {
            text.append("What this does not show:\n\n");
            list(document.remarks());
        }
    }

    private void list(List<String> lines) {
        lines.forEach(line -> text.append("- ").append(Markdown.text(line)).append('\n'));
        text.append(lines.isEmpty() ? "" : "\n");
    }
}
