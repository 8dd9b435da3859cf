package io.github.miaudit.report.output;

import io.github.miaudit.evaluation.Validity;
import io.github.miaudit.io.PlainText;
import io.github.miaudit.report.Attack;
import io.github.miaudit.report.AuditDocument;
import io.github.miaudit.report.AuditWords;
import io.github.miaudit.report.Comparison;
import io.github.miaudit.report.IdentifierDocument;
import io.github.miaudit.report.Numbers;
import io.github.miaudit.report.output.PolicyOutcome.Check;
import io.github.miaudit.report.output.PolicyOutcome.Status;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The most that a figure may be, for a verdict its ordinal; without an attack it holds for every attack's. The rate is the false
 * positive rate, for a figure that needs one.
 */
record Limit(Figure figure, Optional<String> attack, Optional<Double> rate, double bound) {

    /** Of a comparison that the audit has: one check an attack, or one alone. */
    List<Check> check(AuditDocument document, Comparison comparison) {
        if (!figure.isOfAnAttack()) {
            return List.of(check(new Figure.Place(document, comparison, Optional.empty(), rate)));
        }
        List<Attack> attacks = attacks(comparison);
        if (attacks.isEmpty()) {
            return List.of(undecidable(comparison.nonMembers().words(),
                    "the audit has no attack of that name, only "
                            + comparison.attacks().stream().map(other -> PlainText.name(other.name())).collect(Collectors.joining(", "))
                            + "; name one of these, or audit with that attack"));
        }
        return attacks.stream().map(each -> check(new Figure.Place(document, comparison, Optional.of(each), rate))).toList();
    }

    /** Of identifiers, whatever sentences are compared with. */
    Check check(Optional<IdentifierDocument> identifiers) {
        Measurement measured = figure.readIdentifiers(identifiers);
        Status status = status(measured);
        return new Check(figure.label() + " is " + figure.unit().boundWords(bound), status, reason(measured, status));
    }

    /** A check that can't be made. */
    Check undecidable(String against, String reason) {
        return new Check(words(attack, against), Status.UNDECIDABLE, reason);
    }

    private List<Attack> attacks(Comparison comparison) {
        if (attack.isPresent()) {
            return comparison.attacks().stream().filter(candidate -> candidate.name().equals(attack.get())).toList();
        }
        return figure.scope() == Figure.Scope.FIRST_ATTACK ? comparison.attacks().subList(0, 1) : comparison.attacks();
    }

    private Check check(Figure.Place place) {
        Measurement measured = figure.read(place);
        Status status = status(measured);
        String reason = reason(measured, status);
        if (status == Status.KEPT && figure.isOfAnAttack()
                && place.comparison().validity().verdict().compareTo(Validity.Verdict.SHIFTED) > 0) {
            reason += "; but the comparison is " + AuditWords.verdict(place.comparison().validity().verdict())
                    + ", so that is no proof of anything: limit validity too";
        }
        return new Check(words(place.wantedAttack().map(Attack::name), place.comparison().nonMembers().words()), status, reason);
    }

    private Status status(Measurement measured) {
        return measured.most() <= bound ? Status.KEPT : measured.least() > bound ? Status.BROKEN : Status.UNDECIDABLE;
    }

    private String reason(Measurement measured, Status status) {
        if (measured.isTold()) {
            return "it is " + figure.unit().words(measured.most(), bound) + ", and must be " + figure.unit().boundWords(bound)
                    + (measured.remark().isEmpty() ? "" : ": " + measured.remark());
        }
        if (measured.isKnownAtAll()) {
            return measured.remark() + "; it must be " + figure.unit().boundWords(bound) + (status == Status.UNDECIDABLE
                    ? ", which can't be told: allow " + Numbers.plain(measured.most()) + ", or audit more patients" : "");
        }
        return measured.remark();
    }

    private String words(Optional<String> ofAttack, String against) {
        return figure.label() + ofAttack.map(name -> " of " + PlainText.name(name)).orElse("")
                + rate.map(fpr -> " at FPR " + Numbers.plain(fpr)).orElse("") + " against " + against + " is "
                + figure.unit().boundWords(bound);
    }
}
