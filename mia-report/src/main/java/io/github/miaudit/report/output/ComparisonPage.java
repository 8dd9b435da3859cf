package io.github.miaudit.report.output;

import io.github.miaudit.io.PlainText;
import io.github.miaudit.report.AuditDocument;
import io.github.miaudit.report.Comparison;
import io.github.miaudit.report.ComparisonDocument;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What the page of a comparison shows: for each reference and population the first attack's ROC curves of all targets. */
record ComparisonPage(ComparisonDocument comparison, String digest, List<Picture> curves) {

    static ComparisonPage of(ComparisonDocument comparison, String digest) {
        AuditDocument first = comparison.cells().get(0).audit();
        return new ComparisonPage(comparison, digest, comparison.references().stream().flatMap(reference -> IntStream
                .range(0, first.comparisons().size()).mapToObj(population -> curves(comparison, reference, population))).toList());
    }

    private static Picture curves(ComparisonDocument comparison, String reference, int population) {
        List<ComparisonDocument.Cell> cells = comparison.cells().stream().filter(cell -> cell.reference().equals(reference)).toList();
        List<Charts.RocLine> lines = cells.stream().map(cell -> new Charts.RocLine(PlainText.name(cell.target()),
                cell.audit().comparisons().get(population).attacks().get(0).roc(), cell == cells.get(0))).toList();
        Comparison shown = cells.get(0).audit().comparisons().get(population);
        String areas = cells.stream()
                .map(cell -> cell.target() + " " + Numbers.rounded(cell.audit().comparisons().get(population).attacks().get(0).auc(), 3))
                .collect(Collectors.joining(", "));
        return new Picture(Charts.roc(lines, List.of()),
                "ROC curves on logarithmic axes of all targets by " + shown.attacks().get(0).name() + " with reference " + reference
                        + " against " + Charts.label(shown.nonMembers()) + ". AUC: " + areas + ".",
                shown.attacks().get(0).name() + " with reference " + reference + ", members against " + Charts.label(shown.nonMembers())
                        + ". The band is around the baseline, rate by rate; dashes are guessing.");
    }

    /** Such as "likelihood-ratio with base against non-members". */
    static String question(ComparisonDocument.Difference difference) {
        return difference.attack() + difference.reference().map(name -> " with " + name).orElse("") + " against "
                + Charts.label(difference.nonMembers());
    }

    /** What is said of a target beside the baseline. */
    static List<ComparisonDocument.Difference> differences(ComparisonDocument comparison, String target) {
        return comparison.differences().stream().filter(difference -> difference.target().equals(target)).toList();
    }

    static String finding(ComparisonDocument comparison, ComparisonDocument.Difference difference) {
        if (!comparison.notWorking(difference).isEmpty()) {
            return "Nobody can tell by " + question(difference) + ", since scores of a model that does not work show no memory, whatever it"
                    + " remembers. No working language model: " + String.join(", ", comparison.notWorking(difference)) + ".";
        }
        if (difference.same()) {
            return "The same by " + question(difference) + ": every sentence has the same place.";
        }
        if (!difference.detected()) {
            return difference.withinMargin().orElse(false) ? "Alike within the margin by " + question(difference) + "."
                    : "No difference found by " + question(difference) + difference.smallestDetectable()
                            .map(least -> ". One of at least " + Numbers.rounded(least, 3)
                                    + " of the AUC would have been found in 80 % of cases.")
                            .orElse(", which says little of so few patients, or sentences.");
        }
        return "Leaks " + (difference.difference() < 0 ? "less" : "more") + " by " + question(difference) + ": the AUC is "
                + Numbers.rounded(Math.abs(difference.difference()), 3) + (difference.difference() < 0 ? " lower" : " higher") + " (p = "
                + Numbers.figure(difference.adjustedPValue()) + " after correction).";
    }
}
