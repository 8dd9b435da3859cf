package io.github.miaudit.report.output;

import io.github.miaudit.data.Population;
import io.github.miaudit.evaluation.Conclusion;
import io.github.miaudit.evaluation.Excerpt;
import io.github.miaudit.io.PlainText;
import io.github.miaudit.report.Attack;
import io.github.miaudit.report.AuditDocument;
import io.github.miaudit.report.Comparison;
import io.github.miaudit.report.Datasheet;
import io.github.miaudit.report.Histogram;
import io.github.miaudit.report.Likelihoods;
import io.github.miaudit.report.OperatingPoint;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What the page of an audit shows: curves for each comparison, a histogram for each attack, likelihoods if there is a reference. */
record AuditPage(AuditDocument audit, String digest, List<Picture> curves, List<Picture> histograms, Optional<Picture> likelihoods) {

    static AuditPage of(AuditDocument audit, String digest) {
        return new AuditPage(audit, digest, audit.comparisons().stream().map(AuditPage::curves).toList(),
                audit.histograms().stream().map(histogram -> histogram(histogram, sizes(audit))).toList(),
                audit.likelihoods().map(AuditPage::likelihoods));
    }

    private static Picture curves(Comparison comparison) {
        List<OperatingPoint> marks = comparison.strongest().tprAtFpr().stream()
                .filter(point -> point.resolvable() && point.tpr().isPresent()).toList();
        String shown = marks.stream()
                .map(point -> Numbers.rounded(point.tpr().get(), 3) + " at a false positive rate of " + Numbers.plain(point.atFpr()))
                .collect(Collectors.joining(", "));
        List<Charts.RocLine> lines = comparison.attacks().stream()
                .map(attack -> new Charts.RocLine(PlainText.name(attack.name()), attack.roc(), attack == comparison.strongest())).toList();
        return new Picture(Charts.roc(lines, marks),
                "ROC curves of " + comparison.attacks().stream().map(Attack::name).collect(Collectors.joining(", ")) + " against "
                        + Charts.label(comparison.nonMembers())
                        + " on logarithmic axes, with the diagonal of guessing. True positive rate of " + comparison.strongestAttack()
                        + ": " + (shown.isEmpty() ? "no rate can be resolved" : shown) + ".",
                "Members against " + Charts.label(comparison.nonMembers())
                        + ": the share of members found at each share of false alarms. The band is around " + comparison.strongestAttack()
                        + ", rate by rate; dashes are guessing, diamonds the rates in the tables. Where patients are known, points of"
                        + " few are not drawn." + Charts.undrawn(lines));
    }

    private static Map<Population, Integer> sizes(AuditDocument audit) {
        Map<Population, Integer> sizes = new EnumMap<>(Map.of(Population.MEMBERS, audit.main().memberCount()));
        audit.comparisons().forEach(comparison -> sizes.put(comparison.nonMembers(), comparison.nonMemberCount()));
        return sizes;
    }

    private static Picture histogram(Histogram histogram, Map<Population, Integer> sizes) {
        String medians = histogram.counts().entrySet().stream()
                .map(entry -> Charts.label(entry.getKey()) + (entry.getValue().stream().allMatch(count -> count.orElse(0) == 0)
                        ? " not told" : " mostly around " + Numbers.rounded(fullest(histogram, entry.getValue()), 2)))
                .collect(Collectors.joining(", "));
        long untold = histogram.counts().values().stream().flatMap(List::stream).filter(Optional::isEmpty).count();
        return new Picture(Charts.histogram(histogram, sizes), "Histograms of the scores of " + histogram.attack() + ": " + medians + ".",
                "Scores of " + histogram.attack() + ", higher = more likely a member." + (untold == 0 ? ""
                        : " " + untold + " bins with sentences of too few patients, or too few sentences of nobody known, are not"
                                + " drawn, and the others are rounded down."));
    }

    /** The middle of the fullest bin. */
    private static double fullest(Histogram histogram, List<Optional<Integer>> counts) {
        int bin = IntStream.range(0, counts.size()).boxed().max((a, b) -> Integer.compare(counts.get(a).orElse(0), counts.get(b).orElse(0)))
                .orElseThrow();
        return histogram.from() + (bin + 0.5) * histogram.width();
    }

    private static Picture likelihoods(Likelihoods likelihoods) {
        return new Picture(Charts.likelihoods(likelihoods.grid()),
                "Numbers of sentences by their log-likelihood by the target and by the reference. Where members lie above the others, the"
                        + " target knows them better than the reference does.",
                "Target against reference, in nats; " + likelihoods.definition()
                        + ". Bubbles grow with the number of sentences; cells of few patients, or few sentences of nobody known,"
                        + " have none.");
    }

    /** How much likelier the target finds a token than the reference, in four steps. */
    static String gapClass(Excerpt.Token token) {
        double gap = token.gap().orElse(0.0);
        return gap > 4 ? "gap-3" : gap > 2 ? "gap-2" : gap > 0.5 ? "gap-1" : "gap-0";
    }

    /** The steps of a preparation that the data sheet counts, in its order. */
    static List<String> steps(Datasheet sheet) {
        return sheet.sets().values().stream().flatMap(set -> set.keySet().stream()).distinct().toList();
    }

    /** Such as "nearly in training" for {@code nearlyInTraining}. */
    static String step(String name) {
        return name.replaceAll("(?<=[a-z])(?=[A-Z])", " ").toLowerCase(Locale.ROOT);
    }

    /** What was audited, so that two pages can be told apart. */
    static String subject(AuditDocument audit) {
        String target = audit.provenance().target()
                .map(model -> "Target " + PlainText.name(model.name()) + " (sha256 " + PlainText.digest(model.modelDigest()) + ")")
                .orElse("Scores computed elsewhere");
        String references = audit.provenance().references().isEmpty() ? "" : ", against "
                + audit.provenance().references().stream().map(model -> PlainText.name(model.name())).collect(Collectors.joining(", "));
        return target + references + "; data sha256 " + PlainText.digest(audit.provenance().dataDigest()) + ".";
    }

    /** By which the answer is coloured: a comparison that finds nothing is no good news where identifiers or strata can't be judged. */
    static String light(AuditDocument audit) {
        boolean open = audit.identifiers().filter(found -> !found.isWhole()).isPresent()
                || audit.strata().filter(found -> !found.isWhole()).isPresent();
        return (audit.conclusion() == Conclusion.NO_DIFFERENCE_DETECTED && open ? Conclusion.NOT_INTERPRETABLE : audit.conclusion()).name();
    }

    /** Words in which no line begins with a percent sign. */
    static String unbroken(String words) {
        return words.replace(" %", "\u00a0%");
    }

    /** A count of the data sheet; null if the set has none. */
    static String count(Datasheet.Count count, int smallestCount) {
        if (count == null) {
            return "";
        }
        return count.numbers()
                .map(numbers -> numbers.stream().map(number -> Numbers.plain(number.doubleValue())).collect(Collectors.joining(", ")))
                .orElse("fewer than " + smallestCount);
    }

    /** Rates that every attack of a comparison states, in order. */
    static List<Double> rates(Comparison comparison) {
        return comparison.attacks().get(0).tprAtFpr().stream().map(OperatingPoint::atFpr).toList();
    }
}
