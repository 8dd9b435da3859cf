package io.github.miaudit.report.output;

import io.github.miaudit.evaluation.Validity;
import io.github.miaudit.io.PlainText;
import io.github.miaudit.report.AuditDocument;
import io.github.miaudit.report.Comparison;
import io.github.miaudit.report.ComparisonDocument;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What the page of a comparison shows: for each reference and population the first attack's ROC curves of all targets, those apart that
 * show no memory.
 */
record ComparisonPage(ComparisonDocument comparison, String digest, List<Picture> curves, List<Picture> rejectedCurves) {

    static ComparisonPage of(ComparisonDocument comparison, String digest) {
        return new ComparisonPage(comparison, digest, curves(comparison, false), curves(comparison, true));
    }

    private static List<Picture> curves(ComparisonDocument comparison, boolean rejected) {
        AuditDocument first = comparison.cells().get(0).audit();
        return comparison.references().stream().flatMap(reference -> IntStream.range(0, first.comparisons().size())
                .filter(population -> isRejected(comparison, reference, population) == rejected)
                .mapToObj(population -> curves(comparison, reference, population))).toList();
    }

    /** Whether any audit with the reference rejects the comparison with the population. */
    private static boolean isRejected(ComparisonDocument comparison, String reference, int population) {
        return comparison.cells().stream().filter(cell -> cell.reference().equals(reference))
                .anyMatch(cell -> cell.audit().comparisons().get(population).validity().verdict() == Validity.Verdict.NOT_INTERPRETABLE);
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
                        + ". The band is around the baseline, rate by rate; dashes are guessing." + Charts.undrawn(lines));
    }

    /** The differences that answer something, or those that do not. */
    List<ComparisonDocument.Difference> differences(boolean answering) {
        return comparison.differences().stream().filter(difference -> comparison.verdict(difference).isAnswer() == answering).toList();
    }

    /** Such as "not interpretable". */
    static String words(Enum<?> verdict) {
        return verdict.name().replace('_', ' ').toLowerCase(Locale.ROOT);
    }
}
