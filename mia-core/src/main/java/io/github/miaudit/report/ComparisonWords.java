package io.github.miaudit.report;

import io.github.miaudit.data.Population;
import io.github.miaudit.evaluation.AttackResult;
import io.github.miaudit.evaluation.Ranked;
import io.github.miaudit.evaluation.Validity;
import io.github.miaudit.metrics.Interval;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a comparison says in words, for text and page alike. Pairs are of a member and another, of which the member scores higher. */
final class ComparisonWords {

    /** The rate that is spoken of where it can be resolved. */
    private static final double USUAL_RATE = 0.01;

    private final ComparisonDocument document;
    private final Settings settings;

    ComparisonWords(ComparisonDocument document) {
        this.document = document;
        this.settings = document.cells().get(0).audit().settings();
    }

    String explanation(TargetVerdict of) {
        String target = of.target();
        String baseline = document.baseline();
        List<ComparisonDocument.Difference> counted = document.counted(target);
        String unknown = "Whether " + target + " leaks less or more than " + baseline + " can't be told: ";
        return switch (of.verdict()) {
            case LEAKS_LESS, LEAKS_MORE -> target + " " + of.verdict().words() + " than " + baseline + ": " + surest(of, counted)
                    + without(of, counted) + found(target) + doubt(target);
            case SAME -> target + " leaks the same as " + baseline + ", by every attack that was tried: "
                    + (counted.stream().allMatch(ComparisonDocument.Difference::same) ? "every sentence has the same place."
                            : "the difference is shown to be within the margin of " + pairs(settings.margin().orElseThrow()) + ".")
                    + found(target) + doubt(target);
            case NO_DIFFERENCE_FOUND -> "No difference was found between " + target + " and " + baseline
                    + ", which does not show that there is none: " + missed(counted) + found(target) + doubt(target);
            case MODEL_NOT_WORKING -> unknown + notWorking(document.notWorking(difference(target)))
                    + ", so the scores show no memory, whatever is remembered.";
            case TOO_FEW -> unknown + "there are too few patients, or sentences; it takes at least " + AttackResult.FEWEST_FOR_INTERVAL
                    + " in each set.";
            case NOT_INTERPRETABLE -> unknown + "members and others differ in more than membership, so no figure shows what a model"
                    + " remembers.";
            case SHIFT_MAY_EXPLAIN ->
                    unknown + "differences are found, but members and others differ in more than membership too, by half as"
                            + " much or more, which may be all of it.";
            case TOLD_THE_OTHER_WAY -> unknown + "members score below others, so an attacker turns the score round, and a lower figure is"
                    + " no smaller leak.";
            case ATTACKS_DISAGREE -> unknown + "it leaks less by " + by(counted, VersionVerdict.LEAKS_LESS) + ", and more by "
                    + by(counted, VersionVerdict.LEAKS_MORE) + "." + found(target);
        };
    }

    String finding(ComparisonDocument.Difference difference) {
        VersionVerdict verdict = document.verdict(difference);
        return switch (verdict) {
            case LEAKS_LESS, LEAKS_MORE -> verdict.words();
            case SAME -> difference.same()
                    ? "the same: every " + (difference.ranked() == Ranked.PATIENTS ? "patient" : "sentence") + " has the same place"
                    : "the same, within the margin of " + AuditText.decimals(settings.margin().orElseThrow(), 4);
            case NO_DIFFERENCE_FOUND -> "no difference found; " + difference.smallestDetectable()
                    .map(least -> "one of at least " + AuditText.decimals(least, 3) + " would have been found in 80 % of cases")
                    .orElse("of so few that says little");
            case MODEL_NOT_WORKING -> "can't be told: no working language model: " + String.join(", ", document.notWorking(difference));
            case TOO_FEW -> "can't be told: too few patients, or sentences";
            case NOT_INTERPRETABLE -> "can't be told: the sets differ in more than membership";
            case SHIFT_MAY_EXPLAIN -> "can't be told: the sets' own difference may explain it";
            case TOLD_THE_OTHER_WAY -> "can't be told: members score below others";
            case ATTACKS_DISAGREE -> throw new IllegalStateException("one attack disagrees with none");
        };
    }

    private ComparisonDocument.Difference difference(String target) {
        return document.differences().stream().filter(difference -> difference.target().equals(target)).findFirst().orElseThrow();
    }

    /**
     * Such as "a patient among the members scores above another in 30 fewer of 100 pairs (95 % interval 15 to 40), by loss by patient,
     * p = 0.002 after correction"; by patient if that says the same.
     */
    private String surest(TargetVerdict of, List<ComparisonDocument.Difference> counted) {
        ComparisonDocument.Difference surest = surest(document, of.verdict(), counted);
        boolean less = of.verdict() == VersionVerdict.LEAKS_LESS;
        Interval interval = surest.interval();
        return (surest.ranked() == Ranked.PATIENTS ? "a patient among the members" : "a member") + " scores above another in "
                + percent(Math.abs(surest.difference())) + (less ? " fewer" : " more")
                + " of 100 pairs ("
                + exactPercent(interval.level()) + " % interval " + between(surest) + "), by " + name(surest) + ", "
                + PValues.equation(surest.adjustedPValue()) + " after correction.";
    }

    /** The end of the interval that is nearer to 0, and no less: of a difference that is found it is above, however it is rounded. */
    private static double least(ComparisonDocument.Difference difference) {
        return Math.max(0, difference.difference() < 0 ? -difference.interval().upper() : difference.interval().lower());
    }

    /** The other end. */
    private static double most(ComparisonDocument.Difference difference) {
        return difference.difference() < 0 ? -difference.interval().lower() : difference.interval().upper();
    }

    /** Of how many of 100 pairs a difference that is found is: such as "15 to 40", or "more than 0 to 40". */
    static String between(ComparisonDocument.Difference difference) {
        double least = least(difference);
        return (least == 0 ? "more than " : "") + percent(least) + " to " + percent(most(difference));
    }

    /** The difference that says what the verdict does: by patient first, then the surest. */
    static ComparisonDocument.Difference surest(ComparisonDocument document, VersionVerdict verdict,
            List<ComparisonDocument.Difference> counted) {
        return counted.stream().filter(difference -> document.verdict(difference) == verdict)
                .min(Comparator.comparing(ComparisonDocument.Difference::ranked)
                        .thenComparingDouble(ComparisonDocument.Difference::adjustedPValue))
                .orElseThrow();
    }

    /** What does not say the same. */
    private String without(TargetVerdict of, List<ComparisonDocument.Difference> counted) {
        String others = counted.stream().filter(difference -> document.verdict(difference) != of.verdict()).map(this::name)
                .collect(Collectors.joining(", "));
        return others.isEmpty() ? "" : " By " + others + " that was not found.";
    }

    private String missed(List<ComparisonDocument.Difference> counted) {
        List<ComparisonDocument.Difference> none = counted.stream()
                .filter(difference -> document.verdict(difference) == VersionVerdict.NO_DIFFERENCE_FOUND).toList();
        return none.stream().anyMatch(difference -> difference.smallestDetectable().isEmpty())
                ? "of so few patients, or sentences, even one of " + pairs(none.stream()
                        .mapToDouble(difference -> Math.max(-difference.interval().lower(), difference.interval().upper())).max()
                        .orElseThrow())
                        + " may have been missed."
                : "one of "
                        + pairs(none.stream().mapToDouble(difference -> difference.smallestDetectable().orElseThrow()).max().orElseThrow())
                        + " would have been found in 80 % of cases, a smaller one more seldom.";
    }

    private String by(List<ComparisonDocument.Difference> counted, VersionVerdict verdict) {
        return counted.stream().filter(difference -> document.verdict(difference) == verdict).map(this::name)
                .collect(Collectors.joining(", "));
    }

    private String name(ComparisonDocument.Difference difference) {
        return difference.attack() + difference.reference().map(name -> " with " + name).orElse("")
                + (isByPatient() ? difference.ranked() == Ranked.PATIENTS ? " by patient" : " by sentence" : "");
    }

    private boolean isByPatient() {
        return document.differences().stream().anyMatch(difference -> difference.ranked() == Ranked.PATIENTS);
    }

    static String notWorking(List<String> targets) {
        return String.join(" and ", targets) + (targets.size() == 1 ? " does not work as a language model"
                : " do not work as language models");
    }

    /** How many an attacker would find of the target and of the baseline, by patient where patients are told. */
    private String found(String target) {
        List<Comparison> ofTarget = counting(target);
        List<Comparison> ofBaseline = counting(document.baseline());
        if (Stream.concat(ofTarget.stream(), ofBaseline.stream()).anyMatch(comparison -> !comparison.byPatient())) {
            return "";
        }
        Optional<Double> rate = spokenOf(ofTarget.get(0));
        if (rate.isEmpty()) {
            return " How many patients an attacker would find can't be measured with so few others.";
        }
        Found now = Found.most(ofTarget, rate.get());
        Found before = Found.most(ofBaseline, rate.get());
        String patients = " of " + ofTarget.get(0).attacks().get(0).byPatient().orElseThrow().memberCount() + " patients";
        return " With " + exactPercent(rate.get()) + " % false alarms an attacker would find " + now.words(settings.smallestCount())
                + patients
                + " with " + target + ", and " + before.words(settings.smallestCount()) + " with " + document.baseline() + "."
                + (now.count() > before.count() && before.count() >= 0 && document.verdicts().stream()
                        .anyMatch(of -> of.target().equals(target) && of.verdict() == VersionVerdict.LEAKS_LESS)
                                ? " So some stand out more, although on the whole it leaks less." : "");
    }

    /** The comparisons with the non-members that a target's verdict may rest on. */
    private List<Comparison> counting(String target) {
        return document.cells().stream().filter(cell -> cell.target().equals(target)).map(cell -> cell.audit().main())
                .filter(comparison -> comparison.validity().verdict() != Validity.Verdict.NOT_INTERPRETABLE).toList();
    }

    private static Optional<Double> spokenOf(Comparison comparison) {
        List<Double> rates = comparison.attacks().get(0).byPatient().orElseThrow().exposed().stream().filter(Exposed::resolvable)
                .map(Exposed::atFpr).toList();
        return rates.contains(USUAL_RATE) ? Optional.of(USUAL_RATE) : rates.stream().min(Comparator.naturalOrder());
    }

    /** The most patients that any attack finds at a rate. */
    private record Found(Exposed exposed) {

        static Found most(List<Comparison> comparisons, double rate) {
            return comparisons.stream().flatMap(comparison -> comparison.attacks().stream())
                    .flatMap(attack -> attack.byPatient().orElseThrow().exposed().stream()).filter(exposed -> exposed.atFpr() == rate)
                    .map(Found::new).max(Comparator.comparingInt(Found::count)).orElseThrow();
        }

        /** For the order only: a number not told is below all, as nothing follows from it. */
        int count() {
            return switch (exposed.members()) {
                case EXACTLY -> exposed.patients().orElseThrow();
                case FEW -> 0;
                case ALL_BUT_FEW -> Integer.MAX_VALUE;
                case NOT_AT_ALL -> -1;
            };
        }

        String words(int smallestCount) {
            return exposed.patients().map(String::valueOf).orElseGet(() -> exposed.members().words(smallestCount));
        }
    }

    /** Whether what was found need be memory. */
    private String doubt(String target) {
        List<Validity.Verdict> verdicts = Stream.concat(counting(target).stream(), counting(document.baseline()).stream())
                .map(comparison -> comparison.validity().verdict()).toList();
        return verdicts.contains(Validity.Verdict.SHIFTED) ? " Members and others differ in more than membership too, so not all of it need"
                + " be memory."
                : verdicts.stream().allMatch(Validity.Verdict.VALID::equals) ? ""
                        : " Whether members and others differ in nothing but membership is not decided.";
    }

    /** Such as "30 of 100 pairs" for 0.3. */
    private static String pairs(double area) {
        return percent(area) + " of 100 pairs";
    }

    /** 0.057 as "5.7"; with one decimal, or fewer if it is told to fewer. */
    private static String percent(double share) {
        BigDecimal exact = new BigDecimal(Double.toString(share)).movePointRight(2).stripTrailingZeros();
        return exact.setScale(Math.max(0, Math.min(1, exact.scale())), RoundingMode.HALF_UP).toPlainString();
    }

    /** A rate or level that somebody chose: 0.0001 as "0.01". */
    private static String exactPercent(double share) {
        return new BigDecimal(Double.toString(share)).movePointRight(2).stripTrailingZeros().toPlainString();
    }

    /** Such as "likelihood-ratio with base against non-members". */
    String question(ComparisonDocument.Difference difference) {
        return name(difference) + " against " + (difference.nonMembers() == Population.EXTERNALS ? "externals" : "non-members");
    }
}
