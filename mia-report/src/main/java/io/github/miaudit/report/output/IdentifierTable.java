package io.github.miaudit.report.output;

import io.github.miaudit.metrics.Interval;
import io.github.miaudit.report.ExtractionFigures;
import io.github.miaudit.report.IdentifierDocument;
import io.github.miaudit.report.Numbers;
import io.github.miaudit.report.PValues;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

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
        return Stream.concat(Stream.of(
                new IdentifierTable("All types with a verdict", header("Ranked by", document),
                        document.rankings().stream().map(ranking -> row(ranking.by().label(), ranking, document)).toList()),
                new IdentifierTable("By type", header("Type, by target-minus-reference", document),
                        document.types().stream().filter(type -> !type.rankings().isEmpty())
                                .map(type -> row(type.type() + ": " + words(type.preference()), type.rankings().get(0), document))
                                .toList())),
                document.extraction().stream().map(extraction -> written(extraction, document)))
                .filter(table -> !table.rows.isEmpty()).toList();
    }

    /** What models write themselves; as a surrogate counts one that could as well have stood there. */
    private static IdentifierTable written(ExtractionFigures extraction, IdentifierDocument document) {
        List<String> header = new ArrayList<>(List.of("Identifiers", "Written"));
        List<ExtractionFigures.Recovered> all = extraction.all().recoveries();
        all.stream().limit(1).flatMap(recovered -> recovered.shares().stream()).forEach(share -> {
            header.add("By " + share.by().label());
            header.add("A surrogate");
        });
        header.add("p");
        List<List<String>> rows = new ArrayList<>();
        all.forEach(recovered -> rows.add(row("all with a verdict", recovered, document)));
        extraction.types()
                .forEach(type -> type.extracted().recoveries().forEach(recovered -> rows.add(row(type.type(), recovered, document))));
        extraction.nonMembers()
                .ifPresent(others -> others.recoveries().forEach(recovered -> rows.add(row("non-members", recovered, document))));
        return new IdentifierTable("What models write there themselves", header, rows);
    }

    private static List<String> row(String label, ExtractionFigures.Recovered recovered, IdentifierDocument document) {
        List<String> row = new ArrayList<>(
                List.of(label, recovered.likeness().label() + (recovered.most() == 1 ? ", first" : ", of " + recovered.most())));
        recovered.shares().forEach(share -> {
            row.add(share(share.found(), document));
            row.add(Numbers.percent(share.found().byChance()));
        });
        row.add(recovered.pValue().map(PValues::figure).orElse(""));
        return row;
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
        document.extraction().ifPresent(extraction -> lines.add("What models write there themselves was looked for by beams of "
                + extraction.width() + ", up to " + extraction.longest() + " tokens"
                + (extraction.all().recoveries().isEmpty() ? "; it is of too few patients to be told." : ".")));
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
                PValues.figure(ranking.pValue()));
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
