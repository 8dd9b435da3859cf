package io.github.miaudit.report.output;

import io.github.miaudit.metrics.Interval;
import io.github.miaudit.report.Attack;
import io.github.miaudit.report.AuditDocument;
import io.github.miaudit.report.AuditWords;
import io.github.miaudit.report.ByPatient;
import io.github.miaudit.report.Comparison;
import io.github.miaudit.report.Decision;
import io.github.miaudit.report.Exposed;
import io.github.miaudit.report.Numbers;
import io.github.miaudit.report.OperatingPoint;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** An audit in a few lines of Markdown, of the comparison that its question is about. */
final class MarkdownSummary {

    private static final int MOST_REASONS = 4;
    private static final String NOT_THERE = "–";

    private final AuditDocument document;
    private final String digest;
    private final Comparison comparison;
    private final StringBuilder text = new StringBuilder();

    private MarkdownSummary(AuditDocument document, String digest) {
        this.document = document;
        this.digest = digest;
        comparison = document.main();
    }

    static String of(AuditDocument document, String digest, Optional<PolicyOutcome> outcome) {
        MarkdownSummary summary = new MarkdownSummary(document, digest);
        summary.write();
        outcome.ifPresent(checks -> summary.text.append(Markdown.policy(checks)));
        return summary.text.toString();
    }

    private void write() {
        text.append(Markdown.heading(document)).append(Markdown.decision(Decision.of(document)));
        validity();
        attacks();
        String atTheRate = AuditWords.atTheRate(document);
        text.append(atTheRate.isEmpty() ? "" : "\n" + Markdown.text(atTheRate) + "\n");
        text.append(Markdown.strata(document));
        document.identifiers().ifPresent(found -> text.append("\n").append(IdentifierSummary.of(found, "### Who was in it?")));
        if (!document.warnings().isEmpty()) {
            text.append("\nWarnings: ").append(document.warnings().size()).append("; the full report has them.\n");
        }
        text.append("\nMade of audit.json, sha256 ").append(Markdown.name(digest)).append(".\n");
    }

    private void validity() {
        List<String> reasons = comparison.validity().reasons();
        text.append(Markdown.text(AuditWords.validity(document, comparison.validity()))).append("\n\n");
        reasons.stream().limit(MOST_REASONS).forEach(reason -> text.append("- ").append(Markdown.text(reason)).append("\n"));
        if (reasons.size() > MOST_REASONS) {
            text.append("- and ").append(reasons.size() - MOST_REASONS).append(" more; the full report has them\n");
        }
        text.append("\n");
    }

    private void attacks() {
        Attack first = comparison.attacks().get(0);
        List<Double> rates = first.tprAtFpr().stream().filter(OperatingPoint::resolvable).map(OperatingPoint::atFpr).toList();
        List<Double> ratesOfPatients = first.byPatient().map(ByPatient::exposed).orElse(List.of()).stream().filter(Exposed::resolvable)
                .map(Exposed::atFpr).toList();
        List<String> titles = new ArrayList<>(
                List.of("Attack", "AUC", Numbers.wholePercent(document.settings().confidence()) + " interval"));
        rates.forEach(rate -> titles.add("TPR at FPR " + Numbers.plain(rate)));
        ratesOfPatients.forEach(rate -> titles.add("Patients exposed at FPR " + Numbers.plain(rate)));
        text.append(Markdown.head(titles));
        for (Attack attack : comparison.attacks()) {
            List<String> cells = new ArrayList<>(
                    List.of(Markdown.name(attack.name()), Numbers.figure(attack.auc()), interval(attack.aucInterval())));
            rates.forEach(rate -> cells.add(rate(attack, rate)));
            ratesOfPatients.forEach(rate -> cells.add(patients(attack, rate)));
            text.append(Markdown.row(cells));
        }
    }

    private static String interval(Optional<Interval> interval) {
        return interval.map(ends -> Numbers.figure(ends.lower()) + " to " + Numbers.figure(ends.upper())).orElse(NOT_THERE);
    }

    private String rate(Attack attack, double rate) {
        return attack.tprAtFpr().stream().filter(point -> point.atFpr() == rate).findFirst()
                .map(point -> point.share().map(Numbers::figure)
                        .orElseGet(() -> point.insteadOfShare(document.settings().smallestCount())))
                .orElse(NOT_THERE);
    }

    private String patients(Attack attack, double rate) {
        return attack.byPatient()
                .flatMap(patients -> patients.exposed().stream().filter(exposed -> exposed.atFpr() == rate && exposed.resolvable())
                        .findFirst()
                        .map(exposed -> AuditWords.exposed(exposed, patients.memberCount(), document.settings().smallestCount())))
                .orElse(NOT_THERE);
    }
}
