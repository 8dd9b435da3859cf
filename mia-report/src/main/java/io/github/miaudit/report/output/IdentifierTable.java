package io.github.miaudit.report.output;

import io.github.miaudit.metrics.Interval;
import io.github.miaudit.report.IdentifierDocument;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What an audit of identifiers shows in tables and lines, the same in Markdown and on the page.
 *
 * @param title  above it
 * @param header of the columns
 * @param rows   words each, as long as the header
 */
record IdentifierTable(String title, List<String> header, List<List<String>> rows) {

    /** Of all models, and of all types; those that have rows. */
    static List<IdentifierTable> of(IdentifierDocument document) {
        return List.of(
                new IdentifierTable("All types with a verdict", header("Ranked by", document),
                        document.rankings().stream().map(ranking -> row(ranking.by().label(), ranking, document)).toList()),
                new IdentifierTable("By type", header("Type, by target-minus-reference", document),
                        document.types().stream().filter(type -> !type.rankings().isEmpty())
                                .map(type -> row(type.type() + ": " + words(type.preference()), type.rankings().get(0), document))
                                .toList()))
                .stream().filter(table -> !table.rows.isEmpty()).toList();
    }

    /** What follows the tables, a sentence each. */
    static List<String> lines(IdentifierDocument document) {
        List<String> lines = new ArrayList<>();
        document.nonMembers().flatMap(IdentifierDocument.NonMembers::auc)
                .ifPresent(area -> lines.add("Members against non-members by rank: AUC " + Numbers.figure(area)
                        + interval(document.nonMembers().orElseThrow().interval().orElseThrow()) + "."));
        IdentifierDocument.ExposedByIdentifiers exposed = document.exposed();
        exposed.among().ifPresent(among -> lines.add("Patients given away by identifiers of their own, of " + among + ": "
                + exposed.patients().map(String::valueOf).orElseGet(() -> exposed.told().words(document.settings().smallestCount()))
                + document.exposedCaveat() + "."));
        return lines;
    }

    private static List<String> header(String first, IdentifierDocument document) {
        return List.of(first, "Identifiers first", "By chance", "Top " + document.settings().top(), "By chance", "Exposure, bits",
                "By chance", "p");
    }

    private static List<String> row(String label, IdentifierDocument.RankingFigures ranking, IdentifierDocument document) {
        return List.of(label, share(ranking.first(), document), Numbers.percent(ranking.first().byChance()),
                share(ranking.top(), document), Numbers.percent(ranking.top().byChance()),
                Numbers.figure(ranking.exposure()) + interval(ranking.exposureInterval()), Numbers.rounded(ranking.exposureByChance(), 2),
                Numbers.figure(ranking.pValue()));
    }

    private static String share(IdentifierDocument.AmongTop share, IdentifierDocument document) {
        return share.share().map(Numbers::percent)
                .orElseGet(() -> share.told().words(document.settings().smallestCount()) + " patients") + " ["
                + Numbers.percent(share.interval().lower()) + ", " + Numbers.percent(share.interval().upper()) + "]";
    }

    private static String interval(Interval interval) {
        return " [" + Numbers.rounded(interval.lower(), 3) + ", " + Numbers.rounded(interval.upper(), 3) + "]";
    }

    private static String words(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
