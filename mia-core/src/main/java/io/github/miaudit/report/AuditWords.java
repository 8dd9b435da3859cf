package io.github.miaudit.report;

import io.github.miaudit.evaluation.AttackResult;
import io.github.miaudit.evaluation.Conclusion;
import io.github.miaudit.evaluation.Finding;
import io.github.miaudit.evaluation.TargetCheck;
import io.github.miaudit.evaluation.Validity;
import io.github.miaudit.exposure.Preference;
import io.github.miaudit.metrics.Interval;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What an audit found, in words for people who decide and are no statisticians: plain text, of the comparison that the audit's
 * question is about. No name from outside is in it but those of strata.
 */
public final class AuditWords {

    /** What a report is called that has no title of its own. */
    public static final String TITLE = "What does the model give away?";
    /** The rate that is spoken of where the audit can resolve it. */
    private static final double USUAL_RATE = 0.01;

    private AuditWords() {
    }

    /** Such as "; of a model that never saw them 3 %", or nothing. */
    public static String ofControl(Decision.Gain gain) {
        return gain.control().map(share -> "; of a model that never saw them " + Math.round(100 * share) + " %").orElse("");
    }

    /** Whether the comparison could show memory, in its first words, and whether an outsider can tell members from others, with figures. */
    public static String explanation(AuditDocument document) {
        String bySentences = "Comparison " + verdict(document.main().validity().verdict()) + ". " + toTheQuestion(document);
        if (document.conclusion() == Conclusion.A_STRATUM_CAN_BE_TOLD) {
            return "Yes, of some patients. " + document.strata().orElseThrow().answer()
                    + " The average of all patients does not show it, which does not make it less. Of all: " + bySentences;
        }
        return document.conclusion() != Conclusion.IDENTIFIERS_ARE_REMEMBERED ? bySentences
                : "Yes, by identifiers. " + document.identifiers().orElseThrow().answer()
                        + " Whole sentences do not show it, which does not make it less. Of these: " + bySentences;
    }

    /**
     * What else the audit says of identifiers, beside an answer that is of sentences; empty if that speaks of them, or none were audited.
     */
    public static String identifiers(AuditDocument document) {
        return document.conclusion() == Conclusion.IDENTIFIERS_ARE_REMEMBERED ? ""
                : document.identifiers().map(found -> "Identifiers, such as names: " + found.answer()).orElse("");
    }

    /** What else the audit says of strata, likewise. */
    public static String strata(AuditDocument document) {
        return document.conclusion() == Conclusion.A_STRATUM_CAN_BE_TOLD ? ""
                : document.strata().map(found -> "By stratum: " + found.answer()).orElse("");
    }

    private static String toTheQuestion(AuditDocument document) {
        Comparison main = document.main();
        Attack strongest = main.strongest();
        return switch (main.conclusion()) {
            case MEMBERS_CAN_BE_TOLD -> (found(main, Finding.Question.HIGHER_ON_THE_WHOLE) ? "Yes. "
                    : "Yes, some. Over all there is little to see, but more members stand out above all others than chance explains. ")
                    + pairs(strongest) + (main.isControlled() ? " " + control(strongest) : doubt(main.validity().verdict()));
            case TOLD_THE_OTHER_WAY -> "Yes, the other way: members score lower than others, so an attacker who turns the score round tells"
                    + " them. Is a sign wrong, are the two sets swapped, or the audited model and a reference? " + pairs(strongest);
            case NO_DIFFERENCE_DETECTED -> "Not that this audit could detect. " + pairs(strongest)
                    + (main.isControlled() ? " " + control(strongest) : "")
                    + (main.isControlled() || main.validity().verdict() == Validity.Verdict.VALID ? ""
                            : " Nor was it shown that the two sets are alike, and a difference between them may hide a leak.")
                    + " That is no proof that nothing leaks: another attack, or more data, may find more.";
            case NOT_INTERPRETABLE -> document.failedTargetChecks().isEmpty()
                    ? "This comparison cannot tell. The two sets differ in more than membership: scores that never look at the"
                            + " audited model"
                            + " separate them too, so no figure shows what the model remembers."
                    : "This audit cannot tell. The audited model does not work as a language model, so its scores show no memory, whatever"
                            + " it remembers; who has such a model may be able to make it whole again.";
            case TOO_FEW -> "This audit cannot tell. There are too few patients, or sentences, for an interval: it takes at least "
                    + AttackResult.FEWEST_FOR_INTERVAL + " in each set, so what was measured may be chance.";
            case IDENTIFIERS_ARE_REMEMBERED, A_STRATUM_CAN_BE_TOLD -> throw new IllegalStateException("no comparison answers that");
        };
    }

    private static boolean found(Comparison comparison, Finding.Question question) {
        return comparison.tests().stream().anyMatch(test -> test.found() && test.question() == question);
    }

    /** What the target does beyond the control. */
    private static String control(Attack attack) {
        return attack.control()
                .map(control -> "A control model that never saw them does so in " + Numbers.percent(control.auc()) + "; the difference is "
                        + Numbers.rounded(100 * control.difference(), 1) + " points (" + Numbers.wholePercent(control.interval().level())
                        + " interval " + Numbers.rounded(100 * control.interval().lower(), 1) + " to "
                        + Numbers.rounded(100 * control.interval().upper(), 1) + ").")
                .orElse("");
    }

    /** Whether what was found need be memory. */
    private static String doubt(Validity.Verdict verdict) {
        return switch (verdict) {
            case VALID, SHIFTED -> "";
            case UNDECIDED, NOT_CHECKED, NOT_INTERPRETABLE ->
                    " Whether that is memory or another difference between the two sets is not decided.";
        };
    }

    private static String pairs(Attack attack) {
        return "A sentence from training scores above one that was held out in " + Numbers.percent(attack.auc()) + " of pairs ("
                + attack.aucInterval().map(interval -> interval(interval) + "; ").orElse("") + "50 % is guessing).";
    }

    /** Such as "95 % interval 82.7 % to 86.9 %". */
    public static String interval(Interval interval) {
        return Numbers.wholePercent(interval.level()) + " interval " + Numbers.percent(interval.lower()) + " to "
                + Numbers.percent(interval.upper());
    }

    /** Such as "not interpretable". */
    public static String verdict(Validity.Verdict verdict) {
        return verdict.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    /** Such as "uses context". */
    public static String check(TargetCheck check) {
        return check.kind().name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    /** Such as "not made". */
    public static String outcome(TargetCheck check) {
        return check.outcome().name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    /** Whether the comparison could show memory at all; the reasons are the document's. */
    public static String validity(AuditDocument document, Validity validity) {
        return switch (validity.verdict()) {
            case VALID -> "Valid: no check that ignores the audited model tells the two sets apart, and no difference between them could"
                    + " explain what is reported.";
            case SHIFTED ->
                    "Shifted: the two sets differ in more than membership, so part of what the attack finds may be that difference.";
            case UNDECIDED ->
                    "Undecided: no check that ignores the audited model tells the two sets apart, but a difference that could"
                            + " explain or hide"
                            + " what the attack finds is not excluded.";
            case NOT_CHECKED -> "Not checked: whether the two sets differ in more than membership could not be judged.";
            case NOT_INTERPRETABLE -> document.failedTargetChecks().isEmpty()
                    ? "Not interpretable: the two sets differ so much in more than membership that the figures say nothing about memory."
                    : "Not interpretable: the audited model does not work as a language model, so the figures say nothing about memory.";
        };
    }

    /**
     * What the strongest attack means where few held-out sentences may be accused falsely: 1 % of them, or else the lowest rate
     * that the audit can resolve; in sentences, and in patients where they are told. Empty if figures show no memory.
     */
    public static String atTheRate(AuditDocument document) {
        if (document.main().conclusion() == Conclusion.NOT_INTERPRETABLE) {
            return "";
        }
        Optional<OperatingPoint> spoken = spokenOf(document.main().strongest().tprAtFpr());
        if (spoken.isEmpty()) {
            return "No rate of false alarms that this audit looked at can be measured with " + document.main().nonMemberCount()
                    + " held-out sentences.";
        }
        double rate = spoken.get().atFpr();
        Attack attack = strongestAt(rate, document.main());
        String sentences = sentences(at(rate, attack), document.main().memberCount(), document.settings().smallestCount());
        return "With " + Numbers.wholePercent(rate) + " false alarms, an attacker would name " + sentences
                + attack.byPatient().map(patients -> patients(patients, rate, document.settings().smallestCount())).orElse(".");
    }

    /** The attack that finds most there, or of several the one that the conclusion rests on. */
    private static Attack strongestAt(double rate, Comparison comparison) {
        return Stream.concat(Stream.of(comparison.strongest()), comparison.attacks().stream())
                .reduce((best, other) -> found(other, rate) > found(best, rate) ? other : best).orElseThrow();
    }

    private static double found(Attack attack, double rate) {
        return at(rate, attack).tpr().orElse(-1.0);
    }

    private static OperatingPoint at(double rate, Attack attack) {
        return attack.tprAtFpr().stream().filter(point -> point.atFpr() == rate).findFirst().orElseThrow();
    }

    private static Optional<OperatingPoint> spokenOf(List<OperatingPoint> points) {
        List<OperatingPoint> resolvable = points.stream().filter(OperatingPoint::resolvable).toList();
        return resolvable.stream().filter(point -> point.atFpr() == USUAL_RATE).findFirst()
                .or(() -> resolvable.stream().min(Comparator.comparingDouble(OperatingPoint::atFpr)));
    }

    private static String sentences(OperatingPoint point, int members, int smallestCount) {
        String rate = Stream.concat(point.tpr().map(Numbers::percent).stream(), point.tprInterval().map(AuditWords::interval).stream())
                .collect(Collectors.joining(", "));
        String count = point.truePositives().map(Object::toString).orElseGet(() -> point.members() == Told.NOT_AT_ALL ? "a number not told"
                : "sentences " + point.members().ofPatients(smallestCount) + ",");
        return count + " of " + members + " member sentences" + (rate.isEmpty() ? "" : " (" + rate + ")");
    }

    private static String patients(ByPatient patients, double rate, int smallestCount) {
        Optional<Exposed> there = patients.exposed().stream().filter(exposed -> exposed.atFpr() == rate && exposed.resolvable())
                .findFirst();
        if (there.isPresent()) {
            return " and " + exposed(there.get(), patients.memberCount(), smallestCount) + ".";
        }
        String unresolvable = ". Of patients, that rate " + OperatingPoint.UNMEASURED + " with " + patients.nonMemberCount()
                + " held-out patients";
        return unresolvable + patients.exposed().stream().filter(Exposed::resolvable).min(Comparator.comparingDouble(Exposed::atFpr))
                .map(lowest -> "; with " + Numbers.wholePercent(lowest.atFpr()) + ", an attacker would name "
                        + exposed(lowest, patients.memberCount(), smallestCount) + ".")
                .orElse(", nor can any other that this audit looked at.");
    }

    /** Such as "12 of 40 patients"; a small count is not told. */
    public static String exposed(Exposed exposed, int patients, int smallestCount) {
        return exposed.patients().map(count -> Integer.toString(count)).orElseGet(() -> exposed.members().words(smallestCount)) + " of "
                + patients
                + " patients";
    }

    /** What a test asks, such as "higher on the whole". */
    public static String question(Finding.Question question, boolean controlled) {
        return switch (question) {
            case MORE_ON_TOP -> "above every other, more often than by chance";
            case HIGHER_ON_THE_WHOLE -> "higher on the whole";
            case LOWER_ON_THE_WHOLE -> "lower on the whole";
        } + (controlled ? ", beyond the control" : "");
    }

    /** What to do next, a sentence each; one or more. */
    public static List<String> nextSteps(AuditDocument document) {
        Comparison comparison = document.main();
        List<String> steps = new ArrayList<>(document.identifiers().map(AuditWords::ofIdentifiers).orElse(List.of()));
        document.strata().filter(found -> found.verdict() == StrataFigures.Verdict.FOUND).ifPresent(found -> steps.add(
                "Do not share the model on the strength of averages: keep the notes of the strata that are told out of training, or train"
                        + " with differential privacy; then audit again."));
        steps.addAll(document.failedTargetChecks().isEmpty() ? ofConclusion(comparison.conclusion()) : ofBrokenModel());
        if (!comparison.isControlled() && comparison.conclusion() != Conclusion.TOO_FEW) {
            steps.add("Train a control model, as the audited one was trained but on other patients (mia train-control), and audit beside it"
                    + " (mia audit --control): then memory and a difference between the sets are told apart.");
        }
        if (comparison.validity().verdict() == Validity.Verdict.SHIFTED) {
            steps.add("Make the two sets more alike: the same source and time, and matched lengths (mia prepare --match length).");
        }
        comparison.validity().overlap().filter(overlap -> overlap.exact() + overlap.near() > 0)
                .ifPresent(overlap -> steps.add("Remove from the held-out set the sentences that are, or nearly are, in training too, "
                        + (overlap.exact() + overlap.near()) + " of them: they hide leakage."));
        if (!comparison.byPatient()) {
            steps.add("Name the patient of each sentence, of at least " + 2 * document.settings().smallestCount()
                    + " patients in each set, so that the audit can count how many patients are exposed.");
        }
        return List.copyOf(steps);
    }

    private static List<String> ofIdentifiers(IdentifierDocument found) {
        return found.preference() != Preference.PREFERRED ? List.of()
                : List.of(
                        "Keep the model, and access to it, among those who may know the identifiers in the notes, whatever whole sentences"
                                + " show.",
                        "Put surrogates in the place of identifiers in the training notes, or train with differential privacy; then audit"
                                + " again.");
    }

    private static List<String> ofBrokenModel() {
        return List.of("Quote no figure of this audit, and share nothing on its strength.",
                "Find out why the model fails the checks: a wrong tokenizer, damaged or scaled weights, a head that was never trained.",
                "Ask whoever made it for the model as it was trained, and audit that one.");
    }

    private static List<String> ofConclusion(Conclusion conclusion) {
        return switch (conclusion) {
            case MEMBERS_CAN_BE_TOLD -> List.of(
                    "Keep the model, and access to it, among those who may read the notes.",
                    "Remove duplicate sentences from the training notes, or train with differential privacy; then audit again and"
                            + " compare the versions (mia compare).");
            case TOLD_THE_OTHER_WAY -> List.of(
                    "Check which sentences were in training, which model is the audited one, and the sign of losses computed elsewhere.",
                    "Share nothing before that is found: such scores tell members as well as high ones.");
            case NO_DIFFERENCE_DETECTED -> List.of(
                    "Attack harder: add reference models and other attacks.",
                    "Look at the lowest rate of false alarms that could be measured: few patients may be exposed although the average"
                            + " shows nothing.",
                    "Audit more patients, so that the intervals become narrower and lower rates can be measured.",
                    "For a lower bound that rests on coin tosses and not on how the two sets were found, audit canaries (mia canaries).");
            case NOT_INTERPRETABLE -> List.of("Quote no figure of this comparison, neither as a leak nor as the absence of one.",
                    "Collect held-out sentences from the same source and time as the training notes.",
                    "Match their lengths with those of the members (mia prepare --match length), and audit again.");
            case TOO_FEW -> List.of("Audit more patients: it takes at least " + AttackResult.FEWEST_FOR_INTERVAL
                    + " in each set, and dozens make a useful audit.");
            case IDENTIFIERS_ARE_REMEMBERED, A_STRATUM_CAN_BE_TOLD -> throw new IllegalStateException("no comparison answers that");
        };
    }
}
