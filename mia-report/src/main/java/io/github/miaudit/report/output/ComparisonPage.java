package io.github.miaudit.report.output;

import io.github.miaudit.data.Population;
import io.github.miaudit.evaluation.Ranked;
import io.github.miaudit.evaluation.Validity;
import io.github.miaudit.io.PlainText;
import io.github.miaudit.report.Attack;
import io.github.miaudit.report.AuditDocument;
import io.github.miaudit.report.Comparison;
import io.github.miaudit.report.ComparisonDocument;
import io.github.miaudit.report.Numbers;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What the page of a comparison shows: the differences, and for each reference and population the first attack's ROC curves of all targets;
 * those apart that show no memory.
 */
record ComparisonPage(ComparisonDocument comparison, String digest, List<Picture> curves, List<Picture> rejectedCurves) {

    /** What a page is called that has no title of its own. */
    static final String TITLE = "Which version of the model leaks less?";

    static ComparisonPage of(ComparisonDocument comparison, String digest) {
        return new ComparisonPage(comparison, digest, pictures(comparison, false), pictures(comparison, true));
    }

    /** What compared. */
    String madeBy() {
        return "MIAudit "
                + PlainText.name(comparison.cells().get(0).audit().provenance().versions().getOrDefault("miaudit", "of unknown version"));
    }

    private static List<Picture> pictures(ComparisonDocument comparison, boolean rejected) {
        return Stream.concat(forest(comparison, rejected).stream(), curves(comparison, rejected).stream()).toList();
    }

    /** The differences with their intervals, those that count for nothing apart and hollow; empty if there is none. */
    private static Optional<Picture> forest(ComparisonDocument comparison, boolean rejected) {
        List<ComparisonDocument.Difference> shown = differences(comparison, !rejected);
        if (shown.isEmpty()) {
            return Optional.empty();
        }
        double furthest = shown.stream().flatMapToDouble(each -> DoubleStream.of(Math.abs(each.interval().lower()),
                Math.abs(each.interval().upper()), Math.abs(each.difference()), 0.1)).max().orElseThrow();
        double end = Math.ceil(furthest * 10) / 10;
        List<Chart.Series> series = List.of(rejected
                ? new Chart.Series("counts for nothing", Ink.TEXT, Chart.Shape.OPEN_CIRCLE, Chart.Stroke.SOLID)
                : new Chart.Series("difference with its interval", Ink.TEXT, Chart.Shape.CIRCLE, Chart.Stroke.SOLID));
        List<Charts.Row> rows = shown.stream()
                .map(each -> new Charts.Row(name(each), List.of(Charts.Value.of(0, each.difference(), Optional.of(each.interval())))))
                .toList();
        String words = shown.stream().map(each -> name(each) + " " + Numbers.rounded(each.difference(), 3) + " ("
                + Numbers.rounded(each.interval().lower(), 3) + " to " + Numbers.rounded(each.interval().upper(), 3) + ")")
                .collect(Collectors.joining("; "));
        return Optional.of(new Picture(
                Charts.forest(series, rows, "AUC minus that of " + Charts.shorter(comparison.baseline()), -end, end, 0,
                        "Differences of the AUC to " + comparison.baseline() + (rejected ? ", which count for nothing" : "") + ": " + words
                                + "."),
                (rejected ? "Differences that count for nothing, with intervals" : "Differences with intervals")
                        + ": left of the dots, a version leaks less than " + comparison.baseline() + "."));
    }

    private static String name(ComparisonDocument.Difference difference) {
        return difference.target() + ": " + difference.attack() + difference.reference().map(reference -> " with " + reference).orElse("")
                + (difference.ranked() == Ranked.PATIENTS ? " by patient" : "")
                + (difference.nonMembers() == Population.NON_MEMBERS ? "" : " against " + difference.nonMembers().words());
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
        List<Charts.RocLine> lines = cells.stream().map(cell -> {
            Attack attack = cell.audit().comparisons().get(population).attacks().get(0);
            return new Charts.RocLine(AuditPage.legend(cell.target(), attack.auc(), attack.aucInterval()), attack.roc(), List.of(),
                    cell == cells.get(0));
        }).toList();
        Comparison shown = cells.get(0).audit().comparisons().get(population);
        String areas = cells.stream()
                .map(cell -> cell.target() + " " + Numbers.rounded(cell.audit().comparisons().get(population).attacks().get(0).auc(), 3))
                .collect(Collectors.joining(", "));
        return new Picture(
                Charts.roc(lines, "sentences",
                        "ROC curves on logarithmic axes of all targets by " + shown.attacks().get(0).name() + " with reference "
                                + reference + " against " + shown.nonMembers().words() + ". AUC: " + areas + "."),
                shown.attacks().get(0).name() + " with reference " + reference + ", members against " + shown.nonMembers().words()
                        + ". The band is around the baseline, rate by rate; dots are guessing." + Charts.undrawn(lines));
    }

    /** The differences that answer something, or those that do not. */
    List<ComparisonDocument.Difference> differences(boolean answering) {
        return differences(comparison, answering);
    }

    private static List<ComparisonDocument.Difference> differences(ComparisonDocument comparison, boolean answering) {
        return comparison.differences().stream().filter(difference -> comparison.verdict(difference).isAnswer() == answering).toList();
    }

    /** Whether a difference is not that of the AUCs told beside it. */
    static boolean areRounded(List<ComparisonDocument.Difference> differences) {
        return differences.stream().anyMatch(each -> Math.abs(each.auc() - each.baselineAuc() - each.difference()) > 1e-9);
    }

    /** Such as "not interpretable". */
    static String words(Enum<?> verdict) {
        return verdict.name().replace('_', ' ').toLowerCase(Locale.ROOT);
    }
}
