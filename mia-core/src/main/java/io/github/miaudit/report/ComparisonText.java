package io.github.miaudit.report;

import io.github.miaudit.io.PlainText;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The document as plain text; in brackets the intervals. */
final class ComparisonText {

    private final StringBuilder text = new StringBuilder();

    private final ComparisonDocument document;

    private ComparisonText(ComparisonDocument document) {
        this.document = document;
    }

    static String of(ComparisonDocument document) {
        ComparisonText page = new ComparisonText(document);
        document.subject().title().ifPresent(title -> page.line("%s", PlainText.line(title)));
        document.subject().filed().forEach((name, words) -> page.line("%s: %s", name, PlainText.line(words)));
        ComparisonDecision decision = ComparisonDecision.of(document);
        for (ComparisonDecision.OfVersion version : decision.versions()) {
            page.line("%s", version.answer());
            version.sureness().ifPresent(sureness -> page.line("%s", sureness));
            page.line("Can the comparison carry that? %s. %s", version.footing().words(), version.why());
            page.line("Next: %s", version.nextStep());
            page.line("");
        }
        decision.gains().stream().limit(1).map(ComparisonDecision.VersionGain::gain)
                .forEach(gain -> page.line("What an attacker gets who wrongly accuses %s", gain.others()));
        decision.gains().forEach(gain -> page.line("  by %s: %s", gain.version(), gain.gain().words()));
        page.line("");
        document.verdicts().forEach(verdict -> page.line("%s", document.explanation(verdict)));
        page.line("");
        page.line("Differences of the AUC to %s, p-values corrected for all of them against the same population (Holm)",
                document.baseline());
        List<ComparisonDocument.Difference> told = document.differences().stream()
                .filter(difference -> document.verdict(difference).isAnswer()).toList();
        told.forEach(page::difference);
        if (told.isEmpty()) {
            page.line("  none that counts");
        }
        page.line("");
        page.usefulness();
        page.line("");
        page.line("Comparison of %d targets; %s is the baseline", document.targets().size(), document.baseline());
        for (ComparisonDocument.Cell cell : document.cells()) {
            page.line("");
            page.line("%s against reference %s", cell.target(), cell.reference());
            cell.audit().comparisons().forEach(page::comparison);
        }
        if (told.size() < document.differences().size()) {
            page.line("");
            page.line("Differences that count for nothing");
            document.differences().stream().filter(difference -> !document.verdict(difference).isAnswer()).forEach(page::difference);
        }
        return page.text.toString();
    }

    private void usefulness() {
        line("Leak and usefulness; loss in %s", LeakAndUse.LOSS);
        for (LeakAndUse each : LeakAndUse.of(document)) {
            each.stated().ifPresentOrElse(
                    stated -> line("  %s: %s; %s %s; loss %s%s", each.version(), each.leak(), document.utilityName().orElseThrow(), stated,
                            each.loss(), beside(each)),
                    () -> line("  %s: %s; loss %s%s", each.version(), each.leak(), each.loss(), beside(each)));
        }
    }

    private String beside(LeakAndUse version) {
        return version.difference().map(words -> ", difference to " + document.baseline() + " " + words).orElse("");
    }

    private void comparison(Comparison comparison) {
        comparison.attacks().forEach(attack -> line("  %-12s %-20s AUC %s", comparison.nonMembers().words(), attack.name(),
                AuditText.figure(attack.auc(), attack.aucInterval())));
        line("  %-12s validity: %s", comparison.nonMembers().words(), comparison.validity().verdict().name().replace('_', ' '));
    }

    private void difference(ComparisonDocument.Difference difference) {
        line("  %s, %s: %s%s, %s: %s", difference.target(), document.question(difference), AuditText.signed(difference.difference()),
                AuditText.interval(Optional.of(difference.interval())), PValues.equation(difference.adjustedPValue()),
                document.finding(difference));
    }

    private void line(String format, Object... values) {
        text.append(values.length == 0 ? format : String.format(Locale.ROOT, format, values)).append('\n');
    }
}
