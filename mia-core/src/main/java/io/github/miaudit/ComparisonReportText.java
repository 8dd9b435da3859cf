package io.github.miaudit;

import io.github.miaudit.evaluation.AttackResult;
import io.github.miaudit.evaluation.Comparison;
import io.github.miaudit.evaluation.TargetComparison;
import io.github.miaudit.metrics.Interval;
import java.util.Locale;
import java.util.Optional;

/** The report as plain text; in brackets the intervals. */
final class ComparisonReportText {

    private final StringBuilder text = new StringBuilder();

    private ComparisonReportText() {
    }

    static String of(ComparisonReport report) {
        ComparisonReportText page = new ComparisonReportText();
        page.line("Comparison of %d targets; %s is the baseline", report.targets().size(), report.targets().get(0));
        for (ComparisonReport.Cell cell : report.cells()) {
            page.line("");
            page.line("%s against reference %s", cell.target(), cell.reference());
            cell.report().comparisons().forEach(page::comparison);
        }
        page.line("");
        page.line("Differences of the AUC to %s, p-values corrected for all of them against the same population (Holm)", report.comparison().baseline());
        report.comparison().differences().forEach(page::difference);
        return page.text.toString();
    }

    private void comparison(Comparison comparison) {
        for (AttackResult attack : comparison.attacks()) {
            line("  %-12s %-20s AUC %s", comparison.nonMembers().label(), attack.name(), figure("%.4f", attack.areaUnderCurve(), attack.areaInterval()));
        }
        line("  %-12s validity: %s", comparison.nonMembers().label(), comparison.validity().verdict().name().replace('_', ' '));
    }

    private void difference(TargetComparison.Difference difference) {
        line("  %s, %s%s, %s: %s, p = %.4f: %s", difference.target(), difference.attack(), difference.reference().map(name -> " with " + name).orElse(""),
                difference.nonMembers().label(), figure("%+.4f", difference.difference().difference(), Optional.of(difference.difference().interval())),
                difference.adjustedPValue(), finding(difference));
    }

    private static String finding(TargetComparison.Difference difference) {
        if (difference.isDetected()) {
            return difference.difference().difference() < 0 ? "leaks less" : "leaks more";
        }
        return difference.smallestDetectable() == 0 ? "the same, whichever patients are drawn"
                : String.format(Locale.ROOT, "no detectable difference; one of %.3f would have been found in 80 %% of cases", difference.smallestDetectable());
    }

    private static String figure(String format, double value, Optional<Interval> interval) {
        return String.format(Locale.ROOT, format, value) + interval.map(ends -> String.format(Locale.ROOT, " [%.3f, %.3f]", ends.lower(), ends.upper())).orElse("");
    }

    private void line(String format, Object... values) {
        text.append(values.length == 0 ? format : String.format(Locale.ROOT, format, values)).append('\n');
    }
}
