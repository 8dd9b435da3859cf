package io.github.miaudit.report;

import io.github.miaudit.likelihood.BlankReading;
import io.github.miaudit.metrics.Interval;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** The document as plain text; in brackets the intervals. */
final class IdentifierText {

    private final StringBuilder text = new StringBuilder();
    private final int smallestCount;

    private IdentifierText(int smallestCount) {
        this.smallestCount = smallestCount;
    }

    static String of(IdentifierDocument document) {
        IdentifierText page = new IdentifierText(document.settings().smallestCount());
        page.write(document);
        AuditText.targetChecks(document.targetChecks()).forEach(line -> page.line("%s", line));
        page.line("target %s, data sha256 %s", document.provenance().target().map(Provenance.Model::name).orElse("unknown"),
                document.provenance().dataDigest());
        return page.text.toString();
    }

    /** What an audit says of identifiers, which says elsewhere what it was made of. */
    static String section(IdentifierDocument document) {
        IdentifierText page = new IdentifierText(document.settings().smallestCount());
        page.write(document);
        return page.text.toString();
    }

    private void write(IdentifierDocument document) {
        line("Audit of identifiers");
        line("%s", document.answer());
        document.reasons().forEach(reason -> line("- %s", reason));
        line("");
        line("all with a verdict: %s", size(document.set()));
        table(document.rankings());
        for (IdentifierDocument.OfType type : document.types()) {
            line("");
            line("%s: %s: %s%s", type.type(), size(type.set()), words(type.preference()),
                    type.adjustedPValue().map(pValue -> ", " + PValues.equation(pValue) + " after correction").orElse(""));
            table(type.rankings());
            type.checks().forEach(check -> line("  by %s alone they should be alike: %s, %s after correction", check.by().label(),
                    PValues.equation(check.pValue()), PValues.figure(check.adjustedPValue())));
        }
        line("");
        line("by how often they stand in the members, by target-minus-reference");
        document.occurrences().forEach(this::occurring);
        document.nonMembers().ifPresent(this::nonMembers);
        exposed(document.exposed(), document.exposedCaveat());
        document.extraction().ifPresent(this::extraction);
        document.remarks().forEach(remark -> line("- %s", remark));
        line("%d surrogates, tokens read %s", document.settings().surrogates(), reading(document.settings().reading()));
    }

    static String reading(BlankReading reading) {
        return words(reading).replace(' ', '-');
    }

    private static String words(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    private static String size(IdentifierDocument.SetSize set) {
        return set.identifiers().isEmpty() ? "of too few patients to be told"
                : String.format(Locale.ROOT, "%,d identifiers, %,d mentions, %,d patients", set.identifiers().get(), set.mentions().get(),
                        set.patients().get());
    }

    private void table(List<IdentifierDocument.RankingFigures> rankings) {
        if (rankings.isEmpty()) {
            return;
        }
        line("  %-23s %-34s %-34s %-28s %s", "ranked by", "first (chance)", "top " + rankings.get(0).top().most() + " (chance)",
                "exposure in bits (chance)", "p");
        rankings.forEach(ranking -> row(ranking.by().label(), ranking));
    }

    private void row(String label, IdentifierDocument.RankingFigures ranking) {
        line("  %-23s %-34s %-34s %-28s %s", label, share(ranking.first()), share(ranking.top()),
                AuditText.decimals(ranking.exposure(), 3) + interval(Optional.of(ranking.exposureInterval())) + " ("
                        + AuditText.decimals(ranking.exposureByChance(), 3) + ")",
                PValues.figure(ranking.pValue()));
    }

    private String share(IdentifierDocument.AmongTop share) {
        return share.share().map(exact -> AuditText.decimals(exact, 3))
                .orElseGet(() -> share.told().words(smallestCount) + " patients") + interval(Optional.of(share.interval())) + " ("
                + AuditText.decimals(share.byChance(), 3) + ")";
    }

    private static String interval(Optional<Interval> interval) {
        return AuditText.interval(interval);
    }

    private void occurring(IdentifierDocument.Occurring occurring) {
        String often = occurring.most().map(most -> most == occurring.least() ? "once" : occurring.least() + " to " + most + " times")
                .orElse(occurring.least() + " times or more");
        line("  %s: %s", often, size(occurring.set()));
        occurring.ranking().ifPresent(ranking -> row("", ranking));
    }

    private void nonMembers(IdentifierDocument.NonMembers others) {
        line("");
        line("non-members, where nothing is to be found: %s", size(others.set()));
        others.ranking().ifPresent(ranking -> table(List.of(ranking)));
        others.auc().ifPresent(area -> line("  members against non-members by rank: AUC %s%s", AuditText.decimals(area, 4),
                interval(others.interval())));
    }

    private void exposed(IdentifierDocument.ExposedByIdentifiers exposed, String caveat) {
        exposed.among().ifPresent(among -> {
            line("");
            line("patients given away by identifiers of their own, of %,d: %s (false discovery rate %s)%s", among,
                    exposed.patients().map(String::valueOf).orElseGet(() -> exposed.told().words(smallestCount)),
                    AuditText.decimals(exposed.falseDiscoveryRate(), 2), caveat);
        });
    }

    private void extraction(ExtractionFigures extraction) {
        line("");
        line("what models write there themselves, by beams of %d, up to %d tokens%s (in round brackets how often they write a surrogate;"
                + " p: the target beyond the reference)", extraction.width(), extraction.longest(),
                extraction.everyMention() ? "" : ", at mentions drawn at random, as the budget of " + extraction.budget() + " rows allows");
        extracted("all with a verdict", extraction.all());
        extraction.types().forEach(type -> extracted(type.type(), type.extracted()));
        extraction.nonMembers().ifPresent(others -> extracted("non-members", others));
        if (extraction.unfillable() > 0) {
            line("  %d mentions could not be tried, as tokens reach across their ends", extraction.unfillable());
        }
    }

    private void extracted(String label, ExtractionFigures.Extracted extracted) {
        line("  %s: %s%s", label, size(extracted.set()), extracted.tooLong().filter(mentions -> mentions > 0)
                .map(mentions -> "; " + mentions + " mentions have more tokens, so can't be found").orElse(""));
        if (!extracted.recoveries().isEmpty()) {
            line("    %-21s %s%s", "written", extracted.recoveries().get(0).shares().stream()
                    .map(share -> String.format(Locale.ROOT, "%-53s", share.by().label())).collect(Collectors.joining()), "p");
        }
        extracted.recoveries().forEach(recovered -> line("    %-21s %s%s",
                recovered.likeness().label() + (recovered.most() == 1 ? ", first" : ", of " + recovered.most()),
                recovered.shares().stream().map(share -> String.format(Locale.ROOT, "%-53s", share(share.found())))
                        .collect(Collectors.joining()),
                recovered.pValue().map(PValues::figure).orElse("")));
    }

    private void line(String format, Object... values) {
        text.append(String.format(Locale.ROOT, format, values).stripTrailing()).append('\n');
    }
}
