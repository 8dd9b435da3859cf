package io.github.miaudit.report;

import java.util.Locale;
import java.util.Optional;

/** The document as plain text; in brackets the intervals. */
final class ComparisonText {

    private final StringBuilder text = new StringBuilder();

    private final ComparisonDocument document;
    private final Optional<Double> margin;

    private ComparisonText(ComparisonDocument document) {
        this.document = document;
        this.margin = document.cells().get(0).audit().settings().margin();
    }

    static String of(ComparisonDocument document) {
        ComparisonText page = new ComparisonText(document);
        page.line("Comparison of %d targets; %s is the baseline", document.targets().size(), document.baseline());
        for (ComparisonDocument.Cell cell : document.cells()) {
            page.line("");
            page.line("%s against reference %s", cell.target(), cell.reference());
            cell.audit().comparisons().forEach(page::comparison);
        }
        page.line("");
        page.line("Differences of the AUC to %s, p-values corrected for all of them against the same population (Holm)",
                document.baseline());
        document.differences().forEach(page::difference);
        return page.text.toString();
    }

    private void comparison(Comparison comparison) {
        comparison.attacks().forEach(attack -> line("  %-12s %-20s AUC %s", comparison.nonMembers().label(), attack.name(),
                AuditText.figure(attack.auc(), attack.aucInterval())));
        line("  %-12s validity: %s", comparison.nonMembers().label(), comparison.validity().verdict().name().replace('_', ' '));
    }

    private void difference(ComparisonDocument.Difference difference) {
        line("  %s, %s%s, %s: %s%s, p = %s: %s", difference.target(), difference.attack(),
                difference.reference().map(name -> " with " + name).orElse(""), difference.nonMembers().label(),
                AuditText.signed(difference.difference()), AuditText.interval(Optional.of(difference.interval())),
                AuditText.decimals(difference.adjustedPValue(), 4), finding(difference));
    }

    private String finding(ComparisonDocument.Difference difference) {
        if (!document.notWorking(difference).isEmpty()) {
            return "NOT INTERPRETABLE: no working language model: " + String.join(", ", document.notWorking(difference));
        }
        String within = margin.isEmpty() || difference.withinMargin().isEmpty() || !difference.withinMargin().get() ? ""
                : "within the margin of " + AuditText.decimals(margin.get(), 3);
        if (difference.same()) {
            return "the same: every sentence has the same place";
        }
        if (difference.detected()) {
            return (difference.difference() < 0 ? "leaks less" : "leaks more") + (within.isEmpty() ? "" : ", " + within);
        }
        return !within.isEmpty() ? "alike, " + within
                : "no difference found" + difference.smallestDetectable()
                        .map(least -> "; one of at least " + AuditText.decimals(least, 3) + " would have been found in 80 % of cases")
                        .orElse(", which says little of so few");
    }

    private void line(String format, Object... values) {
        text.append(values.length == 0 ? format : String.format(Locale.ROOT, format, values)).append('\n');
    }
}
