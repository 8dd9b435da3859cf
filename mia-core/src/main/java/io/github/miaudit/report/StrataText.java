package io.github.miaudit.report;

import java.util.Locale;
import java.util.Optional;

/** Figures by stratum as plain text. */
final class StrataText {

    private StrataText() {
    }

    static String section(StrataFigures figures, int smallestCount) {
        StringBuilder text = new StringBuilder();
        line(text, "By stratum, with %s: members of a stratum against its non-members", figures.attack());
        line(text, "%s", figures.answer());
        figures.variables().stream().filter(variable -> !variable.strata().isEmpty()).forEach(variable -> {
            line(text, "  %-24s %9s %-22s %-22s %8s%s", variable.name(), "patients", "AUC by patient", "AUC by sentence", "p",
                    variable.exposedAtFpr().map(rate -> "  exposed at FPR " + rate).orElse(""));
            variable.strata().forEach(stratum -> line(text, "  %-24s %9s %-22s %-22s %8s%s%s", stratum.name(),
                    stratum.members() + ":" + stratum.nonMembers(),
                    AuditText.figure(stratum.auc(), Optional.of(stratum.aucInterval())),
                    AuditText.figure(stratum.sentenceAuc(), Optional.of(stratum.sentenceAucInterval())),
                    PValues.figure(stratum.adjustedPValue()),
                    stratum.exposed().map(count -> "  " + count + " of " + stratum.members()).orElse(""),
                    stratum.difference().map(difference -> "  beyond the control " + AuditText.signed(difference)
                            + AuditText.interval(stratum.differenceInterval())).orElse("")));
        });
        line(text, "  Intervals hold together, p-values are corrected for all strata.");
        figures.remarks(smallestCount).forEach(remark -> line(text, "  - %s.", remark));
        return text.toString();
    }

    private static void line(StringBuilder text, String format, Object... values) {
        text.append(String.format(Locale.ROOT, format, values).stripTrailing()).append('\n');
    }
}
