package io.github.miaudit;

import io.github.miaudit.data.Population;
import io.github.miaudit.evaluation.AttackResult;
import io.github.miaudit.evaluation.Comparison;
import io.github.miaudit.evaluation.Evaluation;
import io.github.miaudit.evaluation.ModelSummary;
import io.github.miaudit.evaluation.Provenance;
import io.github.miaudit.likelihood.ModelIdentity;
import io.github.miaudit.metrics.ConfusionMatrix;
import io.github.miaudit.metrics.Interval;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;

/** The report as plain text; in brackets the intervals. */
final class AuditReportText {

    private final StringBuilder text = new StringBuilder();
    private final Evaluation evaluation;
    /** Whether the comparison has a figure that is not told. */
    private boolean starred;

    private AuditReportText(Evaluation evaluation) {
        this.evaluation = evaluation;
    }

    static String of(AuditReport report) {
        AuditReportText page = new AuditReportText(report.evaluation());
        page.line("Membership inference audit");
        page.line("Can an outsider tell which sentences the target was trained on? AUC 0.5 = no better than guessing.");
        report.comparisons().forEach(page::comparison);
        page.warnings(report);
        page.exclusions(report);
        page.models(report.models());
        page.provenance(report.provenance());
        return page.text.toString();
    }

    private void comparison(Comparison comparison) {
        starred = false;
        line("");
        line("%d members against %d %s", comparison.memberCount(), comparison.nonMemberCount(),
                comparison.nonMembers() == Population.EXTERNALS ? "externals (another source: a difference may be style, not memory)" : "non-members");
        table(comparison.attacks(), false);
        calibrated(comparison.attacks());
        List<AttackResult> byGroup = comparison.attacks().stream().flatMap(attack -> attack.byGroup().stream())
                .filter(attack -> !evaluation.hides(attack.memberCount()) && !evaluation.hides(attack.nonMemberCount())).toList();
        if (!byGroup.isEmpty()) {
            line("the same by patient: %d against %d", byGroup.get(0).memberCount(), byGroup.get(0).nonMemberCount());
            table(byGroup, true);
            byGroup.forEach(this::exposed);
        }
        if (starred) {
            line("  * tells of fewer than %d patients, who might be recognised", evaluation.smallestCount());
        }
        comparison.attacks().forEach(attack -> attack.canaries().ifPresent(canaries -> line(
                "  %s: %d of %d guesses on %d canaries are right, so epsilon is at least %.2f (delta 0, confidence %s)", attack.name(), canaries.correct(),
                canaries.guesses(), canaries.canaries(), canaries.epsilonLowerBound(), number(canaries.level()))));
        line("  validity: %s", comparison.validity().verdict().name().replace('_', ' '));
        comparison.validity().reasons().forEach(reason -> line("  - %s", reason));
    }

    private void table(List<AttackResult> attacks, boolean byPatient) {
        List<AttackResult.OperatingPoint> points = attacks.get(0).operatingPoints();
        StringBuilder header = new StringBuilder(String.format(Locale.ROOT, "  %-17s %-22s %9s", "attack", "AUC", "advantage"));
        points.forEach(point -> header.append(String.format(Locale.ROOT, "  %-22s", "TPR@FPR" + number(point.maximumFalsePositiveRate()))));
        line(header.toString().stripTrailing());
        attacks.forEach(attack -> attack(attack, byPatient));
        for (AttackResult.OperatingPoint point : points) {
            if (!point.resolvable()) {
                line("  FPR %s can't be resolved with %d of them: not one false positive is allowed.",
                        number(point.maximumFalsePositiveRate()), attacks.get(0).nonMemberCount());
            }
        }
    }

    private static boolean hidesAny(ConfusionMatrix counts, IntPredicate hidden) {
        return hidden.test(counts.truePositives()) || hidden.test(counts.falsePositives());
    }

    /** How many patients are exposed at the rates that can be resolved. */
    private void exposed(AttackResult attack) {
        int patients = attack.memberCount();
        String exposed = attack.operatingPoints().stream().filter(AttackResult.OperatingPoint::resolvable)
                .map(point -> (evaluation.hides(point.point().confusion().truePositives()) ? "fewer than " + evaluation.smallestCount()
                        : String.format(Locale.ROOT, "%d [%.0f, %.0f]", point.point().confusion().truePositives(),
                        Math.floor(point.interval().orElseThrow().lower() * patients), Math.ceil(point.interval().orElseThrow().upper() * patients)))
                        + " at FPR " + number(point.maximumFalsePositiveRate()))
                .collect(Collectors.joining(", "));
        if (!exposed.isEmpty()) {
            line("  %s exposes, of %d patients: %s", attack.name(), patients, exposed);
        }
    }

    /** What thresholds that were promised beforehand turn out to do. */
    private void calibrated(List<AttackResult> attacks) {
        for (AttackResult attack : attacks) {
            for (AttackResult.CalibratedPoint point : attack.calibrated()) {
                point.decisions().ifPresent(decisions -> line("  %s, promised an FPR of %s, has FPR %s and TPR %s", attack.name(), number(point.alpha()),
                        attack.hiddenCounts(evaluation).test(decisions.confusion().falsePositives()) ? star() : figure(decisions.falsePositiveRate(), decisions.falsePositiveInterval()),
                        attack.hiddenCounts(evaluation).test(decisions.confusion().truePositives()) ? star() : figure(decisions.truePositiveRate(), decisions.truePositiveInterval())));
            }
        }
        String unit = attacks.get(0).byGroup().isPresent() ? "patients" : "non-members";
        attacks.get(0).calibrated().stream().filter(point -> point.decisions().isEmpty()).forEach(point ->
                line("  FPR %s can't be promised with %d %s to calibrate on, half of them all: it takes %d.",
                        number(point.alpha()), point.calibrationCount(), unit, point.needed()));
    }

    private void attack(AttackResult attack, boolean byPatient) {
        IntPredicate hidden = byPatient ? evaluation::hides : attack.hiddenCounts(evaluation);
        StringBuilder row = new StringBuilder(String.format(Locale.ROOT, "  %-17s %-22s %9s", attack.name(),
                figure(attack.areaUnderCurve(), attack.areaInterval()),
                hidesAny(attack.bestAdvantage().confusion(), hidden) ? star() : String.format(Locale.ROOT, "%.4f", attack.bestAdvantage().advantage())));
        attack.operatingPoints().forEach(point -> row.append(String.format(Locale.ROOT, "  %-22s",
                hidden.test(point.point().confusion().truePositives()) ? star() : figure(point.point().truePositiveRate(), point.interval()))));
        line(row.toString().stripTrailing());
    }

    private String star() {
        starred = true;
        return "*";
    }

    /** A figure with its interval. */
    private static String figure(double value, Optional<Interval> interval) {
        return String.format(Locale.ROOT, "%.4f", value)
                + interval.map(ends -> String.format(Locale.ROOT, " [%.3f, %.3f]", ends.lower(), ends.upper())).orElse("");
    }

    private void exclusions(AuditReport report) {
        if (!report.exclusions().isEmpty()) {
            line("");
            line("%d sentences left out because some model could not score them; audit.json names them.", report.exclusions().size());
        }
    }

    private void warnings(AuditReport report) {
        if (!report.warnings().isEmpty()) {
            line("");
            report.warnings().forEach(warning -> line("Warning: %s.", warning));
        }
    }

    private void models(List<ModelSummary> models) {
        if (!models.isEmpty()) {
            line("");
        }
        for (int model = 0; model < models.size(); model++) {
            ModelSummary summary = models.get(model);
            line("%-10s vocabulary of %d, %.2f tokens a word, %.2f %% unknown; sentences: %s", model == 0 ? "target" : "reference",
                    summary.model().vocabularySize(), summary.tokensPerWord(), 100 * summary.unknownTokenRate(),
                    new TreeMap<>(summary.statuses()).entrySet().stream()
                            .map(entry -> entry.getValue() + " " + entry.getKey().name().toLowerCase(Locale.ROOT).replace('_', ' '))
                            .collect(Collectors.joining(", ")));
        }
    }

    private void provenance(Provenance provenance) {
        line("");
        provenance.target().ifPresent(model -> model("target", model));
        provenance.references().forEach(model -> model("reference", model));
        line("data       sha256 %.12s", provenance.dataDigest());
        for (Map.Entry<String, String> version : new TreeMap<>(provenance.versions()).entrySet()) {
            line("%-10s %s", version.getKey(), version.getValue());
        }
    }

    private void model(String role, ModelIdentity model) {
        line("%-10s %s, sha256 %.12s, %s, %s", role, model.name(), model.modelDigest(), model.precision(), model.engine());
    }

    private void line(String format, Object... values) {
        text.append(values.length == 0 ? format : String.format(Locale.ROOT, format, values)).append('\n');
    }

    /** 0.001 as "0.001", 1.0E-5 as "0.00001". */
    private static String number(double value) {
        return new BigDecimal(Double.toString(value)).stripTrailingZeros().toPlainString();
    }
}
