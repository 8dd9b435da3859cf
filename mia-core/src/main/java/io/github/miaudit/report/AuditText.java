package io.github.miaudit.report;

import io.github.miaudit.data.Population;
import io.github.miaudit.evaluation.Conclusion;
import io.github.miaudit.evaluation.TargetCheck;
import io.github.miaudit.io.PlainText;
import io.github.miaudit.metrics.Interval;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The document as plain text; in brackets the intervals. */
final class AuditText {

    private final StringBuilder text = new StringBuilder();
    private final int smallestCount;

    private AuditText(int smallestCount) {
        this.smallestCount = smallestCount;
    }

    static String of(AuditDocument document) {
        AuditText page = new AuditText(document.settings().smallestCount());
        page.decision(document);
        document.comparisons().forEach(comparison -> page.comparison(comparison, document.conclusion()));
        document.strata().ifPresent(
                strata -> page.text.append('\n').append(StrataText.section(strata, document.settings().smallestCount())));
        document.identifiers().ifPresent(identifiers -> page.text.append('\n').append(IdentifierText.section(identifiers)));
        page.line("");
        targetChecks(document.targetChecks()).forEach(line -> page.line("%s", line));
        page.warnings(document.warnings());
        page.excluded(document.excluded().size());
        page.models(document.models());
        page.provenance(document.provenance());
        return page.text.toString();
    }

    private void decision(AuditDocument document) {
        Decision decision = Decision.of(document);
        line("%s", document.subject().title().map(PlainText::line).orElse(AuditWords.TITLE));
        document.subject().filed().forEach((name, words) -> line("%s: %s", name, PlainText.line(words)));
        line("%s", decision.answer());
        decision.sureness().ifPresent(sureness -> line("%s", sureness));
        line("Can the comparison carry that? %s. %s", decision.footing().words(), decision.why());
        line("Next: %s", decision.nextStep());
        if (!decision.gains().isEmpty()) {
            line("What an attacker gets who wrongly accuses");
            decision.shown().forEach(gain -> line("  %s: %s%s", gain.others(), gain.words(), AuditWords.ofControl(gain)));
        }
        document.identifiers().ifPresent(identifiers -> line("Identifiers: %s", identifiers.answer()));
        document.strata().ifPresent(strata -> line("Strata: %s", strata.answer()));
    }

    private void comparison(Comparison comparison, Conclusion ofAll) {
        line("");
        line("%d members against %d %s", comparison.memberCount(), comparison.nonMemberCount(),
                comparison.nonMembers() == Population.EXTERNALS ? "externals (another source: a difference may be style, not memory)"
                        : "non-members");
        table(comparison.attacks().stream().map(Row::of).toList(), comparison.nonMemberCount());
        calibrated(comparison);
        List<ByPatient> byPatient = comparison.attacks().stream().flatMap(attack -> attack.byPatient().stream()).toList();
        if (!byPatient.isEmpty()) {
            line("the same by patient: %d against %d", byPatient.get(0).memberCount(), byPatient.get(0).nonMemberCount());
            table(comparison.attacks().stream()
                    .flatMap(attack -> attack.byPatient().map(patients -> Row.of(attack.name(), patients)).stream()).toList(),
                    byPatient.get(0).nonMemberCount());
            comparison.attacks().forEach(attack -> attack.byPatient().ifPresent(patients -> exposed(attack.name(), patients)));
        }
        comparison.attacks()
                .forEach(attack -> attack.canaryBound()
                        .ifPresent(canaries -> line(
                                "  %s: %d of %d guesses on %d canaries are right, so epsilon is at least %.2f (delta 0, confidence %s)",
                                attack.name(), canaries.correct(), canaries.guesses(), canaries.canaries(), canaries.epsilonLowerBound(),
                                number(canaries.level()))));
        control(comparison);
        comparison.tests().stream().filter(AnswerTest::found)
                .forEach(test -> line("  %s finds members %s%s", test.attack(), switch (test.question()) {
                    case MORE_ON_TOP -> "on top more often than by chance";
                    case HIGHER_ON_THE_WHOLE -> "higher on the whole";
                    case LOWER_ON_THE_WHOLE -> "LOWER on the whole: is a sign wrong, or are two sets or two models swapped?";
                }, test.adjustedPValue().map(pValue -> ", " + PValues.equation(pValue) + " after correction").orElse("")));
        line("  answer: %s%s", comparison.conclusion().name().replace('_', ' ').toLowerCase(Locale.ROOT),
                switch (ofAll) {
                    case IDENTIFIERS_ARE_REMEMBERED -> " by whole sentences, but identifiers are remembered";
                    case A_STRATUM_CAN_BE_TOLD -> " over all, but patients of a stratum can be told";
                    default -> "";
                });
        line("  validity: %s", comparison.validity().verdict().name().replace('_', ' '));
        comparison.validity().reasons().forEach(reason -> line("  - %s", reason));
    }

    /** What a table shows of an attack, by sentence or by patient. */
    private record Row(String name, double auc, Optional<Interval> aucInterval, BestAdvantage advantage, List<OperatingPoint> points) {

        static Row of(Attack attack) {
            return new Row(attack.name(), attack.auc(), attack.aucInterval(), attack.bestAdvantage(), attack.tprAtFpr());
        }

        static Row of(String name, ByPatient attack) {
            return new Row(name, attack.auc(), attack.aucInterval(), attack.bestAdvantage(), attack.tprAtFpr());
        }
    }

    /** Columns as wide as what stands in them. */
    private void table(List<Row> attacks, int nonMembers) {
        List<OperatingPoint> points = attacks.get(0).points;
        List<List<String>> rows = new ArrayList<>(List.of(Stream.concat(Stream.of("attack", "AUC", "advantage"),
                points.stream().map(point -> "TPR@FPR" + number(point.atFpr()))).toList()));
        attacks.forEach(attack -> rows.add(cells(attack)));
        int[] widths = IntStream.range(0, rows.get(0).size())
                .map(column -> rows.stream().mapToInt(row -> row.get(column).length()).max().orElseThrow()).toArray();
        rows.forEach(row -> line("%s", IntStream.range(0, widths.length)
                .mapToObj(column -> "  " + row.get(column) + " ".repeat(widths[column] - row.get(column).length()))
                .collect(Collectors.joining()).stripTrailing()));
        points.stream().filter(point -> !point.resolvable())
                .forEach(point -> line("  FPR %s %s with %d of them: not one false positive is allowed.", number(point.atFpr()),
                        OperatingPoint.UNMEASURED, nonMembers));
    }

    private List<String> cells(Row attack) {
        return Stream.concat(Stream.of(attack.name, figure(attack.auc, attack.aucInterval), advantage(attack.advantage)),
                attack.points.stream().map(point -> point.share().map(share -> decimals(share, 4))
                        .orElseGet(() -> point.insteadOfShare(smallestCount))
                        + (point.resolvable() ? interval(point.tprInterval()) : "")))
                .toList();
    }

    /** What the target does beyond the control. */
    private void control(Comparison comparison) {
        comparison.attacks().forEach(attack -> attack.control()
                .ifPresent(control -> line("  %s: the control has AUC %s; the target's is %s%s beyond it, %s", attack.name(),
                        decimals(control.auc(), 4), signed(control.difference()), interval(Optional.of(control.interval())),
                        PValues.equation(control.pValue()))));
    }

    private static String advantage(BestAdvantage best) {
        return (best.suppressed() ? "at least " : "") + decimals(best.advantage(), 4);
    }

    /** How many patients are exposed at the rates that can be resolved. */
    private void exposed(String attack, ByPatient patients) {
        String exposed = patients.exposed().stream().filter(Exposed::resolvable)
                .map(point -> point.patients()
                        .map(count -> count + point.lower().map(lower -> String.format(Locale.ROOT, " [%.0f, %.0f]", Math.floor(lower),
                                Math.ceil(point.upper().orElseThrow()))).orElse(""))
                        .orElseGet(() -> point.members().words(smallestCount)) + " at FPR " + number(point.atFpr()))
                .collect(Collectors.joining(", "));
        if (!exposed.isEmpty()) {
            line("  %s exposes, of %d patients: %s", attack, patients.memberCount(), exposed);
        }
    }

    /** What thresholds that were promised beforehand turn out to do. */
    private void calibrated(Comparison comparison) {
        comparison.attacks()
                .forEach(attack -> attack.calibrated().stream().filter(CalibratedPoint::isPromised)
                        .forEach(point -> line("  %s, promised an FPR of %s, has FPR %s and TPR %s", attack.name(), number(point.alpha()),
                                figure(point.fpr(), point.fprInterval()), figure(point.tpr(), point.tprInterval()))));
        comparison.attacks().get(0).calibrated().stream().filter(point -> !point.isPromised())
                .forEach(point -> line(
                        "  FPR %s can't be promised with %d %s to calibrate on, half of them all: it takes %d, and about %d for an"
                                + " FPR near it.",
                        number(point.alpha()), point.calibrationNonMembers(),
                        comparison.independent() == Comparison.Unit.PATIENTS ? "patients" : "non-members",
                        point.calibrationNonMembersNeeded(), point.neededForNear()));
    }

    private static String figure(Optional<Double> value, Optional<Interval> interval) {
        return value.map(told -> figure(told, interval)).orElse("not told");
    }

    /** A figure with its interval. */
    static String figure(double value, Optional<Interval> interval) {
        return decimals(value, 4) + interval(interval);
    }

    static String interval(Optional<Interval> interval) {
        return interval.map(ends -> " [" + decimals(ends.lower(), 3) + ", " + decimals(ends.upper(), 3) + "]").orElse("");
    }

    private void excluded(int sentences) {
        if (sentences > 0) {
            line("");
            line("%d sentences left out because some model could not score them; the full report names them.", sentences);
        }
    }

    static List<String> targetChecks(List<TargetCheck> checks) {
        String summary = String.format(Locale.ROOT, "The target passes %d of %d checks that it works as a language model.",
                checks.stream().filter(check -> check.outcome() == TargetCheck.Outcome.PASSED).count(), checks.size());
        return Stream.concat(Stream.of(summary), checks.stream().filter(check -> check.outcome() != TargetCheck.Outcome.PASSED)
                .map(check -> String.format(Locale.ROOT, "  %s %s: %s", check.kind().name().replace('_', ' ').toLowerCase(Locale.ROOT),
                        check.outcome() == TargetCheck.Outcome.FAILED ? "FAILED" : "not made", check.words())))
                .toList();
    }

    private void warnings(List<String> warnings) {
        if (!warnings.isEmpty()) {
            line("");
            warnings.forEach(warning -> line("Warning: %s.", warning));
        }
    }

    private void models(List<ModelReading> models) {
        if (!models.isEmpty()) {
            line("");
        }
        models.forEach(model -> line("%-10s vocabulary of %d, %.2f tokens a word, %.2f %% unknown; sentences: %s",
                model.role().name().toLowerCase(Locale.ROOT),
                model.vocabularySize(), model.tokensPerWord(), 100 * model.unknownTokenRate(),
                model.sentences().entrySet().stream()
                        .map(entry -> entry.getValue() + " " + entry.getKey().name().toLowerCase(Locale.ROOT).replace('_', ' '))
                        .collect(Collectors.joining(", "))));
    }

    private void provenance(Provenance provenance) {
        line("");
        provenance.target().ifPresent(model -> model("target", model));
        provenance.control().ifPresent(model -> model("control", model));
        provenance.references().forEach(model -> model("reference", model));
        line("data       sha256 %.12s", provenance.dataDigest());
        provenance.versions().forEach((software, version) -> line("%-10s %s", software, version));
        if (!provenance.options().isEmpty()) {
            line("options    %s", String.join(" ", provenance.writtenOptions()));
        }
    }

    private void model(String role, Provenance.Model model) {
        line("%-10s %s, sha256 %.12s, %s, %s", role, model.name(), model.modelDigest(), model.precision(), model.engine());
    }

    private void line(String format, Object... values) {
        text.append(values.length == 0 ? format : String.format(Locale.ROOT, format, values)).append('\n');
    }

    /** With so many decimals, or fewer if it is told to fewer. */
    static String decimals(double value, int decimals) {
        BigDecimal exact = new BigDecimal(Double.toString(value)).stripTrailingZeros();
        return exact.setScale(Math.max(0, Math.min(decimals, exact.scale())), RoundingMode.HALF_UP).toPlainString();
    }

    /** A difference, with its sign. */
    static String signed(double difference) {
        return (difference < 0 ? "" : "+") + decimals(difference, 4);
    }

    /** 0.001 as "0.001", 1.0E-5 as "0.00001". */
    private static String number(double value) {
        return new BigDecimal(Double.toString(value)).stripTrailingZeros().toPlainString();
    }
}
