package io.github.miaudit.report.output;

import io.github.miaudit.data.Population;
import io.github.miaudit.evaluation.Excerpt;
import io.github.miaudit.evaluation.Validity;
import io.github.miaudit.io.PlainText;
import io.github.miaudit.metrics.Interval;
import io.github.miaudit.report.Attack;
import io.github.miaudit.report.AuditDocument;
import io.github.miaudit.report.ByPatient;
import io.github.miaudit.report.Comparison;
import io.github.miaudit.report.Control;
import io.github.miaudit.report.Datasheet;
import io.github.miaudit.report.Decision;
import io.github.miaudit.report.ExposedPatient;
import io.github.miaudit.report.Histogram;
import io.github.miaudit.report.Likelihoods;
import io.github.miaudit.report.Numbers;
import io.github.miaudit.report.OperatingPoint;
import java.util.ArrayList;
import java.util.DoubleSummaryStatistics;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the page of an audit shows.
 *
 * @param audit       the audit
 * @param digest      of its file
 * @param curves      of each comparison
 * @param histograms  one an attack
 * @param likelihoods if there is a reference and something of them is told
 * @param exposure    of the patients who are told most plainly; empty where no rate of theirs is told
 */
record AuditPage(AuditDocument audit, String digest, List<Curves> curves, List<Picture> histograms, Optional<Picture> likelihoods,
        Optional<Picture> exposure) {

    private static final Pattern INTERVAL = Pattern.compile("\\[([^\\[\\], ]+), ([^\\[\\], ]+)]");

    /** A comparison, and what is drawn of it. */
    record Curves(Comparison comparison, List<Picture> pictures) {

        /** Whether the comparison shows no memory; then it stands back behind the others. */
        boolean isRejected() {
            return comparison.validity().verdict() == Validity.Verdict.NOT_INTERPRETABLE;
        }
    }

    static AuditPage of(AuditDocument audit, String digest) {
        return new AuditPage(audit, digest, audit.comparisons().stream().map(AuditPage::curves).toList(),
                audit.histograms().stream().map(histogram -> histogram(histogram, audit)).toList(),
                audit.likelihoods().flatMap(AuditPage::likelihoods), exposure(audit));
    }

    private static Curves curves(Comparison comparison) {
        return new Curves(comparison, Stream.of(byPatient(comparison), Optional.of(bySentence(comparison)), Optional.of(forest(comparison)),
                control(comparison))
                .flatMap(Optional::stream).toList());
    }

    private static Picture bySentence(Comparison comparison) {
        Attack strongest = comparison.strongest();
        List<Charts.RocLine> lines = comparison.attacks().stream()
                .map(attack -> new Charts.RocLine(legend(attack.name(), attack.auc(), attack.aucInterval()), attack.roc(),
                        told(attack.tprAtFpr()), attack == strongest))
                .toList();
        return new Picture(Charts.roc(lines, "sentences", "ROC curves by sentence, members against " + comparison.nonMembers().words()
                + ", on logarithmic axes, with the diagonal of guessing. AUC: "
                + comparison.attacks().stream().map(attack -> figure(attack.name(), attack.auc(), attack.aucInterval()))
                        .collect(Collectors.joining("; "))
                + ". True positive rate of " + comparison.strongestAttack() + ": " + rates(strongest.tprAtFpr()) + "."),
                "By sentence, members against " + comparison.nonMembers().words()
                        + ": the share of members found at each share of false alarms. The band is around " + comparison.strongestAttack()
                        + ", rate by rate; dots are guessing, marks the rates in the tables. Where patients are known, points of"
                        + " few are not drawn." + Charts.undrawn(lines));
    }

    /** Empty where patients are not told. */
    private static Optional<Picture> byPatient(Comparison comparison) {
        if (!comparison.byPatient()) {
            return Optional.empty();
        }
        Attack strongest = comparison.strongest();
        ByPatient patients = strongest.byPatient().orElseThrow();
        List<Charts.RocLine> lines = comparison.attacks().stream()
                .map(attack -> line(attack.name(), attack.byPatient().orElseThrow(), attack == strongest)).toList();
        return Optional.of(new Picture(Charts.roc(lines, "patients", "ROC curves by patient, members against "
                + comparison.nonMembers().words() + ", on logarithmic axes, with the diagonal of guessing. AUC: "
                + comparison.attacks().stream().map(attack -> figure(attack.name(), attack.byPatient().orElseThrow().auc(),
                        attack.byPatient().orElseThrow().aucInterval())).collect(Collectors.joining("; "))
                + ". True positive rate of " + strongest.name() + ": " + rates(patients.tprAtFpr()) + "."),
                "By patient, members against " + comparison.nonMembers().words()
                        + ": the share of patients found at each share of false alarms; the band is the interval of " + strongest.name()
                        + ", dots are guessing. Points of few are not drawn." + Charts.undrawn(lines)));
    }

    private static Charts.RocLine line(String attack, ByPatient patients, boolean banded) {
        return new Charts.RocLine(legend(attack, patients.auc(), patients.aucInterval()), patients.roc(), told(patients.tprAtFpr()),
                banded);
    }

    /** All attacks with their intervals, by sentence and by patient. */
    private static Picture forest(Comparison comparison) {
        List<Chart.Series> series = new ArrayList<>(
                List.of(new Chart.Series("by sentence", Ink.TEXT, Chart.Shape.CIRCLE, Chart.Stroke.SOLID)));
        if (comparison.byPatient()) {
            series.add(new Chart.Series("by patient", Ink.TEXT, Chart.Shape.OPEN_SQUARE, Chart.Stroke.SOLID));
        }
        List<Charts.Row> rows = comparison.attacks().stream()
                .map(attack -> new Charts.Row(attack.name(), Stream.concat(
                        Stream.of(Charts.Value.of(0, attack.auc(), attack.aucInterval())),
                        attack.byPatient().stream().map(patients -> Charts.Value.of(1, patients.auc(), patients.aucInterval()))).toList()))
                .toList();
        return new Picture(Charts.forest(series, rows, "AUC", 0, 1, 0.5, "AUC of each attack with its interval, members against "
                + comparison.nonMembers().words() + ". " + comparison.attacks().stream()
                        .map(attack -> figure(attack.name(), attack.auc(), attack.aucInterval()) + attack.byPatient()
                                .map(patients -> ", by patient " + figure("", patients.auc(), patients.aucInterval()).strip()).orElse(""))
                        .collect(Collectors.joining("; "))
                + "."), "How well each attack tells members from " + comparison.nonMembers().words()
                        + ", with intervals; dots are guessing.");
    }

    /** The target beside the control; empty without one. */
    private static Optional<Picture> control(Comparison comparison) {
        if (!comparison.isControlled()) {
            return Optional.empty();
        }
        List<Chart.Series> series = List.of(new Chart.Series("target", Ink.TEXT, Chart.Shape.CIRCLE, Chart.Stroke.SOLID),
                new Chart.Series("control", Ink.CONTROL, Chart.Shape.OPEN_DIAMOND, Chart.Stroke.SOLID));
        List<Charts.Row> rows = new ArrayList<>();
        List<String> words = new ArrayList<>();
        for (Attack attack : comparison.attacks()) {
            attack.control().ifPresent(control -> {
                rows.add(beside(attack.name(), attack.auc(), attack.aucInterval(), control));
                words.add(beside(attack.name(), attack.auc(), control));
            });
            attack.byPatient().flatMap(ByPatient::control).ifPresent(control -> {
                ByPatient patients = attack.byPatient().orElseThrow();
                rows.add(beside(attack.name() + " by patient", patients.auc(), patients.aucInterval(), control));
                words.add(beside(attack.name() + " by patient", patients.auc(), control));
            });
        }
        return Optional.of(new Picture(Charts.forest(series, rows, "AUC", 0, 1, 0.5,
                "AUC of each attack on the target and on the control that never saw the members, against "
                        + comparison.nonMembers().words() + ". " + String.join("; ", words) + "."),
                "What each attack finds in the target, with its interval, and in a control that never saw the members: what the target"
                        + " remembers lies between the two."));
    }

    private static Charts.Row beside(String name, double auc, Optional<Interval> interval, Control control) {
        return new Charts.Row(name, List.of(Charts.Value.of(0, auc, interval), Charts.Value.of(1, control.auc(), Optional.empty())));
    }

    private static String beside(String name, double auc, Control control) {
        return name + ": target " + Numbers.rounded(auc, 3) + ", control " + Numbers.rounded(control.auc(), 3);
    }

    /** Such as "loss 0.712 (0.6 to 0.81)". */
    private static String figure(String name, double auc, Optional<Interval> interval) {
        return name + " " + Numbers.rounded(auc, 3) + interval
                .map(ends -> " (" + Numbers.rounded(ends.lower(), 3) + " to " + Numbers.rounded(ends.upper(), 3) + ")").orElse("");
    }

    /** Such as "loss" above "AUC 0.71 (0.6 to 0.81)". */
    static String legend(String name, double auc, Optional<Interval> interval) {
        return Charts.shorter(name) + "\n" + figure("AUC", auc, interval);
    }

    private static List<OperatingPoint> told(List<OperatingPoint> points) {
        return points.stream().filter(point -> point.resolvable() && point.atFpr() > 0 && point.tpr().isPresent()).toList();
    }

    private static String rates(List<OperatingPoint> points) {
        String shown = told(points).stream()
                .map(point -> Numbers.rounded(point.tpr().orElseThrow(), 3) + " at a false positive rate of "
                        + Numbers.plain(point.atFpr()))
                .collect(Collectors.joining(", "));
        return shown.isEmpty() ? "no rate can be resolved and told" : shown;
    }

    private static Map<Population, Integer> sizes(AuditDocument audit) {
        Map<Population, Integer> sizes = new EnumMap<>(Map.of(Population.MEMBERS, audit.main().memberCount()));
        audit.comparisons().forEach(comparison -> sizes.put(comparison.nonMembers(), comparison.nonMemberCount()));
        return sizes;
    }

    private static Picture histogram(Histogram histogram, AuditDocument audit) {
        String medians = histogram.counts().entrySet().stream()
                .map(entry -> "of " + entry.getKey().words() + median(histogram, entry.getValue())
                        .map(median -> " about " + Numbers.rounded(median, 2)).orElse(" not told"))
                .collect(Collectors.joining(", "));
        Map<Double, String> thresholds = audit.main().attacks().stream().filter(attack -> attack.name().equals(histogram.attack()))
                .flatMap(attack -> attack.tprAtFpr().stream()).filter(point -> point.resolvable() && point.threshold().isPresent())
                .collect(Collectors.toMap(point -> point.threshold().orElseThrow(), point -> "FPR " + Numbers.plain(point.atFpr()),
                        (one, other) -> one + ", " + other.substring("FPR ".length()), TreeMap::new));
        String told = thresholds.entrySet().stream().map(each -> Numbers.plain(each.getKey()) + " at " + each.getValue())
                .collect(Collectors.joining("; "));
        long untold = histogram.counts().values().stream().flatMap(List::stream).filter(Optional::isEmpty).count();
        return new Picture(Charts.histogram(histogram, sizes(audit), thresholds,
                "Histograms of the scores of " + histogram.attack() + ". Medians of what is drawn: " + medians + "."
                        + (told.isEmpty() ? "" : " Thresholds: " + told + ".")),
                "Scores of " + histogram.attack() + ", higher = more likely a member. "
                        + (told.isEmpty() ? "No threshold may be told." : "Dashes are thresholds, with their false positive rates.")
                        + (untold == 0 ? ""
                                : " " + untold + " bins with sentences of too few patients, or too few sentences of nobody known, are not"
                                        + " drawn, and the others are rounded down."));
    }

    /** The middle of the bin that the middle one of the told sentences is in; empty if none is told. */
    static Optional<Double> median(Histogram histogram, List<Optional<Integer>> counts) {
        long total = counts.stream().mapToLong(count -> count.orElse(0)).sum();
        if (total == 0) {
            return Optional.empty();
        }
        int bin = 0;
        for (long below = counts.get(0).orElse(0); 2 * below < total; below += counts.get(bin).orElse(0)) {
            bin++;
        }
        return Optional.of(histogram.from() + (bin + 0.5) * histogram.width());
    }

    private static Optional<Picture> likelihoods(Likelihoods likelihoods) {
        Likelihoods.Grid grid = likelihoods.grid();
        String medians = grid.counts().entrySet().stream().map(entry -> "of " + entry.getKey().words()
                + median(new Histogram("", grid.targetFrom(), grid.targetWidth(), grid.counts()), rows(grid, entry.getValue()))
                        .map(median -> " about " + Numbers.rounded(median, 2)).orElse(" not told"))
                .collect(Collectors.joining(", "));
        return Charts.likelihoods(grid,
                "Numbers of sentences by their log-likelihood by the target and by the reference. Medians by the target of what is drawn: "
                        + medians + ". Where members lie above the others, the target knows them better than the reference does.")
                .map(svg -> new Picture(svg, "Target against reference, in nats; " + likelihoods.definition()
                        + ". Bubbles grow with the number of sentences; cells of few patients, or few sentences of nobody known,"
                        + " have none."));
    }

    /** The told sentences of each row. */
    private static List<Optional<Integer>> rows(Likelihoods.Grid grid, List<Optional<Integer>> cells) {
        return IntStream.range(0, grid.rows()).mapToObj(row -> Optional.of(
                cells.subList(row * grid.columns(), (row + 1) * grid.columns()).stream().mapToInt(count -> count.orElse(0)).sum()))
                .toList();
    }

    private static Optional<Picture> exposure(AuditDocument audit) {
        List<ExposedPatient> patients = audit.mostExposedPatients();
        DoubleSummaryStatistics rates = patients.stream().flatMap(patient -> patient.exposedAtFpr().stream())
                .mapToDouble(Double::doubleValue).summaryStatistics();
        return Charts.exposure(patients,
                "The false positive rate at which each of the most exposed patients is taken for a member: "
                        + Numbers.plain(rates.getMin()) + " for the most exposed, " + Numbers.plain(rates.getMax())
                        + " for the least exposed of those drawn.")
                .map(svg -> new Picture(svg, "The least share of false alarms at which " + audit.main().attacks().get(0).name()
                        + " takes a patient for a member: the further to the left, the more exposed. Patients of whom none is told are not"
                        + " drawn."));
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

    /** What whoever has to decide reads first, and perhaps alone. */
    Decision decision() {
        return Decision.of(audit);
    }

    /** What was audited, and by what. */
    static String subject(AuditDocument audit) {
        return audit.provenance().target().map(model -> "Model: " + PlainText.name(model.name())).orElse("Scores computed elsewhere")
                + "; MIAudit " + PlainText.name(audit.provenance().versions().getOrDefault("miaudit", "of unknown version"));
    }

    /** Words in which no line begins with a percent sign, and none ends within an interval. */
    static String unbroken(String words) {
        return INTERVAL.matcher(words.replace(" %", "\u00a0%")).replaceAll("[$1,\u00a0$2]");
    }

    /** A count of the data sheet; null if the set has none. */
    static String count(Datasheet.@Nullable Count count, int smallestCount) {
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
