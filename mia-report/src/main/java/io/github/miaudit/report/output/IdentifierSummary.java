package io.github.miaudit.report.output;

import io.github.miaudit.metrics.Interval;
import io.github.miaudit.report.ExtractionFigures;
import io.github.miaudit.report.IdentifierDocument;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** An audit of identifiers in a page of Markdown; it holds no identifier. */
public final class IdentifierSummary {

    private final IdentifierDocument document;
    private final StringBuilder text = new StringBuilder();

    private IdentifierSummary(IdentifierDocument document) {
        this.document = document;
    }

    /** The page. */
    public static String of(IdentifierDocument document) {
        IdentifierSummary summary = new IdentifierSummary(document);
        summary.write();
        return summary.text.toString();
    }

    private void write() {
        text.append("## Who was in it?\n\n**").append(Markdown.text(document.answer())).append("**\n\n");
        list(document.reasons());
        if (!document.rankings().isEmpty()) {
            head("Ranked by");
            document.rankings().forEach(ranking -> row(ranking.by().label(), ranking));
            text.append('\n');
        }
        List<IdentifierDocument.OfType> types = document.types().stream().filter(type -> !type.rankings().isEmpty()).toList();
        if (!types.isEmpty()) {
            head("Type, by target-minus-reference");
            types.forEach(type -> row(type.type() + ": " + type.preference().name().toLowerCase(Locale.ROOT).replace('_', ' '),
                    type.rankings().get(0)));
            text.append('\n');
        }
        document.nonMembers().flatMap(IdentifierDocument.NonMembers::auc)
                .ifPresent(area -> text.append("Members against non-members by rank: AUC ").append(Numbers.figure(area))
                        .append(interval(document.nonMembers().orElseThrow().interval().orElseThrow(), false)).append(".\n\n"));
        IdentifierDocument.ExposedByIdentifiers exposed = document.exposed();
        exposed.among().ifPresent(among -> text.append("Patients given away by identifiers of their own, of ").append(among).append(": ")
                .append(exposed.patients().map(String::valueOf)
                        .orElseGet(() -> exposed.told().words(document.settings().smallestCount())))
                .append(".\n\n"));
        document.extraction().ifPresent(this::extraction);
        list(document.remarks());
    }

    private void extraction(ExtractionFigures extraction) {
        text.append("What models write there themselves, by beams of ").append(extraction.width()).append(", up to ")
                .append(extraction.longest()).append(" tokens; in round brackets how often they write a surrogate:\n\n");
        List<ExtractionFigures.Recovered> all = extraction.all().recoveries();
        if (all.isEmpty()) {
            text.append("of too few patients to be told.\n\n");
            return;
        }
        text.append(Markdown.head(Stream.of(Stream.of("Identifiers", "Written"),
                all.get(0).shares().stream().map(share -> "By " + share.by().label()), Stream.of("p")).flatMap(cells -> cells).toList()));
        rows("all with a verdict", all);
        extraction.types().forEach(type -> rows(type.type(), type.extracted().recoveries()));
        extraction.nonMembers().ifPresent(others -> rows("non-members", others.recoveries()));
        text.append('\n');
    }

    private void rows(String label, List<ExtractionFigures.Recovered> recoveries) {
        recoveries.forEach(recovered -> text.append(Markdown.row(Stream.of(
                Stream.of(Markdown.text(label),
                        recovered.likeness().label() + (recovered.most() == 1 ? ", first" : ", of " + recovered.most())),
                recovered.shares().stream().map(share -> share(share.found()) + " (" + Numbers.percent(share.found().byChance()) + ")"),
                Stream.of(recovered.pValue().map(Numbers::figure).orElse(""))).flatMap(cells -> cells).toList())));
    }

    private void list(List<String> lines) {
        lines.forEach(line -> text.append("- ").append(Markdown.text(line)).append('\n'));
        text.append(lines.isEmpty() ? "" : "\n");
    }

    private void head(String first) {
        text.append(Markdown.head(List.of(first, "Identifiers first", "By chance", "Top " + document.settings().top(), "By chance",
                "Exposure, bits", "By chance", "p")));
    }

    private void row(String label, IdentifierDocument.RankingFigures ranking) {
        text.append(Markdown.row(List.of(Markdown.text(label), share(ranking.first()), Numbers.percent(ranking.first().byChance()),
                share(ranking.top()), Numbers.percent(ranking.top().byChance()),
                Numbers.figure(ranking.exposure()) + interval(ranking.exposureInterval(), false),
                Numbers.rounded(ranking.exposureByChance(), 2),
                Numbers.figure(ranking.pValue()))));
    }

    private String share(IdentifierDocument.AmongTop share) {
        Optional<Double> told = share.share();
        return told.map(Numbers::percent).orElseGet(() -> share.told().words(document.settings().smallestCount()) + " patients")
                + interval(share.interval(), true);
    }

    private static String interval(Interval interval, boolean percent) {
        return percent ? " [" + Numbers.percent(interval.lower()) + ", " + Numbers.percent(interval.upper()) + "]"
                : " [" + Numbers.rounded(interval.lower(), 3) + ", " + Numbers.rounded(interval.upper(), 3) + "]";
    }
}
