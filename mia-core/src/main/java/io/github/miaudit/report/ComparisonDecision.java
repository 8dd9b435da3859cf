package io.github.miaudit.report;

import io.github.miaudit.evaluation.Conclusion;
import io.github.miaudit.evaluation.Ranked;
import io.github.miaudit.evaluation.Validity;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a comparison found, for whoever has to decide and is no statistician, as {@link Decision} is of an audit: it follows from the
 * document alone, and every output says it in these words. By patient where patients are told.
 *
 * @param versions each version beside the baseline
 * @param gains    what an attacker gets by each version that is compared, the baseline first; at one rate, that at which he gets most
 *                 beyond guessing by any; none where it is not known of all
 */
public record ComparisonDecision(List<OfVersion> versions, List<VersionGain> gains) {

    /**
     * What is said of a version.
     *
     * @param answer   the answer, a sentence
     * @param light    what colour it has; clear only where it leaks less, the comparison carries that and nothing is found in it any more
     * @param sureness how sure that is, and of one that leaks less, if it is less useful too; empty if it can't be told
     * @param footing  whether the comparison can carry the answer
     * @param why      in one sentence or two, why so
     * @param nextStep what to do first
     */
    public record OfVersion(String answer, Decision.Light light, Optional<String> sureness, Decision.Footing footing, String why,
            String nextStep) {
    }

    /**
     * What an attacker gets by a version.
     *
     * @param version its name
     * @param gain    by the attack and the reference that give him most
     */
    public record VersionGain(String version, Decision.Gain gain) {

        /** For the order only: a share that is not told is no less than the lower end of its interval. */
        private double atLeast() {
            return gain.found().orElseGet(() -> gain.interval().orElseThrow().lower());
        }

        private double beyondGuessing() {
            return atLeast() - gain.rate();
        }
    }

    /** Copies the lists. */
    public ComparisonDecision {
        versions = List.copyOf(versions);
        gains = List.copyOf(gains);
    }

    /** Of a document. */
    public static ComparisonDecision of(ComparisonDocument document) {
        List<TargetVerdict> answered = document.verdicts().stream().filter(verdict -> verdict.verdict().isAnswer()).toList();
        List<VersionGain> gains = answered.isEmpty() ? List.of()
                : gains(document, Stream.concat(Stream.of(document.baseline()), answered.stream().map(TargetVerdict::target)).toList());
        return new ComparisonDecision(
                document.verdicts().stream().map(verdict -> new Version(document, verdict, gains).decision()).toList(),
                gains);
    }

    private static List<VersionGain> gains(ComparisonDocument document, List<String> versions) {
        int rates = document.cells().get(0).audit().main().strongest().tprAtFpr().size();
        List<List<VersionGain>> told = new ArrayList<>();
        for (int rate = 0; rate < rates; rate++) {
            int at = rate;
            List<VersionGain> each = versions.stream().flatMap(version -> gain(document, version, at).stream()).toList();
            if (each.size() == versions.size()) {
                told.add(each);
            }
        }
        return told.stream().max(Comparator
                .comparingDouble((List<VersionGain> each) -> each.stream().mapToDouble(VersionGain::beyondGuessing).max().orElseThrow())
                .thenComparing(each -> -each.get(0).gain().rate())).orElse(List.of());
    }

    /** The most that is told of a version at a rate; empty where one of its audits does not tell it, or anybody would be found. */
    private static Optional<VersionGain> gain(ComparisonDocument document, String version, int rate) {
        List<VersionGain> all = cells(document, version).map(cell -> Decision.of(cell.audit()).gains())
                .filter(gains -> !gains.isEmpty()).map(gains -> new VersionGain(version, gains.get(rate))).toList();
        return all.stream().anyMatch(each -> each.gain().found().isEmpty() && each.gain().interval().isEmpty()
                || !(each.gain().rate() > 0 && each.gain().rate() < 1)) ? Optional.empty()
                        : all.stream().max(Comparator.comparingDouble(VersionGain::atLeast));
    }

    private static Stream<ComparisonDocument.Cell> cells(ComparisonDocument document, String version) {
        return document.cells().stream().filter(cell -> cell.target().equals(version));
    }

    /** One version beside the baseline. */
    private record Version(ComparisonDocument document, TargetVerdict of, List<VersionGain> gains) {

        private OfVersion decision() {
            Decision.Footing footing = footing();
            return new OfVersion(answer(footing), light(footing), sureness(), footing, why(footing), nextStep());
        }

        private String baseline() {
            return document.baseline();
        }

        private String answer(Decision.Footing footing) {
            String target = of.target();
            String unknown = "Whether " + target + " leaks less than " + baseline() + " can't be told: ";
            return switch (of.verdict()) {
                case LEAKS_LESS, LEAKS_MORE -> target + " " + of.verdict().words() + " than " + baseline()
                        + (isAgainstCounts() ? " on the whole, though not of those who stand out" : "")
                        + (footing == Decision.Footing.CARRIES || footing == Decision.Footing.WITH_RESERVATIONS ? ""
                                : ", unless the two groups differ for another reason")
                        + found();
                case SAME -> target + " leaks the same as " + baseline() + ", as far as the attacks tried can see.";
                case NO_DIFFERENCE_FOUND -> "No difference was found between " + target + " and " + baseline()
                        + "; there may still be one.";
                case MODEL_NOT_WORKING -> unknown + notWorking() + ".";
                case TOO_FEW -> unknown + "too few patients, or sentences, were compared.";
                case NOT_INTERPRETABLE -> unknown + "the two groups of notes differ in more than whether a model was trained on them.";
                case SHIFT_MAY_EXPLAIN -> unknown + "they differ, but the two groups of notes differ in other ways too, which may be all of"
                        + " it.";
                case TOLD_THE_OTHER_WAY ->
                        unknown + "what a model was trained on scores lower than what it was not, so an outsider turns the"
                                + " scores round.";
                case ATTACKS_DISAGREE -> unknown + "by one way of looking it leaks less, and by another more.";
            };
        }

        private String found() {
            return gain(of.target()).flatMap(now -> gain(baseline()).map(before -> ": an outsider finds " + now.words() + " by "
                    + of.target()
                    + " and " + before.words().replaceAll(" (patients|sentences)$", "") + " by " + baseline() + ", wrongly accusing "
                    + now.others() + ".")).orElse(".");
        }

        private Optional<Decision.Gain> gain(String version) {
            return gains.stream().filter(each -> each.version().equals(version)).map(VersionGain::gain).findFirst();
        }

        /** Whether as many are found, or more, by the version that leaks less. */
        private boolean isAgainstCounts() {
            Optional<Double> now = gain(of.target()).flatMap(Decision.Gain::found);
            Optional<Double> before = gain(baseline()).flatMap(Decision.Gain::found);
            return now.isPresent() && before.isPresent()
                    && (of.verdict() == VersionVerdict.LEAKS_LESS && now.get() >= before.get()
                            || of.verdict() == VersionVerdict.LEAKS_MORE && now.get() <= before.get());
        }

        private Optional<String> sureness() {
            String sure = "Sure to " + Numbers.wholePercent(settings().confidence()) + ": ";
            return switch (of.verdict()) {
                case LEAKS_LESS, LEAKS_MORE -> {
                    ComparisonDocument.Difference surest = ComparisonWords.surest(document, of.verdict(), document.counted(of.target()));
                    yield Optional.of(sure + ComparisonWords.between(surest)
                            + (of.verdict() == VersionVerdict.LEAKS_LESS ? " fewer" : " more") + " of 100 comparisons tell "
                            + (surest.ranked() == Ranked.PATIENTS ? "whose notes were used." : "what was used.")
                            + lessUseful());
                }
                case SAME -> document.counted(of.target()).stream().allMatch(ComparisonDocument.Difference::same) ? Optional.empty()
                        : settings().margin().map(margin -> sure + "they differ in fewer than " + hundred(margin)
                                + " of 100 comparisons, which was said not to matter.");
                case NO_DIFFERENCE_FOUND -> Optional.of(missed());
                default -> Optional.empty();
            };
        }

        private String missed() {
            List<ComparisonDocument.Difference> none = document.counted(of.target()).stream()
                    .filter(difference -> document.verdict(difference) == VersionVerdict.NO_DIFFERENCE_FOUND).toList();
            return none.stream().allMatch(difference -> difference.smallestDetectable().isPresent())
                    ? "A difference in " + hundred(none.stream().mapToDouble(each -> each.smallestDetectable().orElseThrow()).max()
                            .orElseThrow()) + " of 100 comparisons would have been found 4 times in 5."
                    : "Of so few, even a difference in " + hundred(none.stream()
                            .mapToDouble(each -> Math.max(-each.interval().lower(), each.interval().upper())).max().orElseThrow())
                            + " of 100 comparisons may have been missed.";
        }

        /** 0.057 as "6". */
        private static String hundred(double area) {
            return BigDecimal.valueOf(Math.min(1, area)).movePointRight(2).setScale(0, RoundingMode.CEILING).toPlainString();
        }

        private Decision.Light light(Decision.Footing footing) {
            return switch (of.verdict()) {
                case LEAKS_MORE, TOLD_THE_OTHER_WAY -> Decision.Light.ALARM;
                case LEAKS_LESS -> footing == Decision.Footing.CARRIES && cells(document, of.target())
                        .allMatch(cell -> cell.audit().conclusion() == Conclusion.NO_DIFFERENCE_DETECTED) ? Decision.Light.CLEAR
                                : Decision.Light.OPEN;
                default -> Decision.Light.OPEN;
            };
        }

        private Decision.Footing footing() {
            return switch (of.verdict()) {
                case MODEL_NOT_WORKING, NOT_INTERPRETABLE, SHIFT_MAY_EXPLAIN, TOLD_THE_OTHER_WAY -> Decision.Footing.CANNOT;
                case TOO_FEW -> Decision.Footing.NOT_SHOWN;
                case LEAKS_LESS, LEAKS_MORE, SAME, NO_DIFFERENCE_FOUND, ATTACKS_DISAGREE -> bySets();
            };
        }

        private Decision.Footing bySets() {
            List<Validity.Verdict> verdicts = validities().toList();
            if (verdicts.contains(Validity.Verdict.SHIFTED) || verdicts.contains(Validity.Verdict.NOT_INTERPRETABLE)) {
                return Decision.Footing.PARTLY;
            }
            // a version in which nothing is found any more can't be valid alone; what the other leaks shows that the sets would show it
            Stream<Validity.Verdict> deciding = of.verdict() == VersionVerdict.LEAKS_LESS ? validities(baseline())
                    : of.verdict() == VersionVerdict.LEAKS_MORE ? validities(of.target()) : verdicts.stream();
            return verdicts.contains(Validity.Verdict.NOT_CHECKED) || !deciding.allMatch(Validity.Verdict.VALID::equals)
                    ? Decision.Footing.NOT_SHOWN
                    : Decision.overlapping(document.cells().get(0).audit()) > 0 || isAgainstCounts() ? Decision.Footing.WITH_RESERVATIONS
                            : Decision.Footing.CARRIES;
        }

        private Stream<Validity.Verdict> validities() {
            return Stream.concat(validities(baseline()), validities(of.target()));
        }

        private Stream<Validity.Verdict> validities(String version) {
            return cells(document, version).map(cell -> cell.audit().main().validity().verdict());
        }

        private String why(Decision.Footing footing) {
            String both = " " + Decision.inBothGroups(document.cells().get(0).audit());
            return (switch (footing) {
                case CARRIES -> Decision.NO_OTHER_DIFFERENCE;
                case WITH_RESERVATIONS -> (isAgainstCounts() ? "The counts do not say the same." : "") + both;
                case PARTLY -> "The two groups differ in other ways too." + both;
                case NOT_SHOWN -> (of.verdict() == VersionVerdict.TOO_FEW ? "There are too few to say."
                        : validities().anyMatch(Validity.Verdict.NOT_CHECKED::equals)
                                ? "Other differences of the two groups were not checked."
                                : "The two groups may differ in other ways too.")
                        + both;
                case CANNOT -> switch (of.verdict()) {
                    case MODEL_NOT_WORKING -> "What does not work as one shows nothing, whatever it remembers.";
                    case TOLD_THE_OTHER_WAY -> "A low figure may be a leak turned round.";
                    default -> "The two groups differ too much in other ways.";
                };
            }).strip();
        }

        /** What less leak costs. */
        private String lessUseful() {
            VersionUtility now = document.utility(of.target());
            Optional<Double> stated = now.stated();
            Optional<Double> before = document.utility(baseline()).stated();
            return of.verdict() != VersionVerdict.LEAKS_LESS ? ""
                    : stated.isPresent() && stated.get() < before.orElseThrow()
                            ? " " + of.target() + " is also less useful: " + document.utilityName().orElseThrow() + " "
                                    + Numbers.plain(stated.get())
                                    + " instead of " + Numbers.plain(before.get()) + "."
                            : now.losesSurely() ? " " + of.target() + " also predicts new notes less well." : "";
        }

        private String notWorking() {
            return ComparisonWords.notWorking(document.notWorking(document.differences().stream()
                    .filter(each -> each.target().equals(of.target())).findFirst().orElseThrow()));
        }

        private String nextStep() {
            String target = of.target();
            return switch (of.verdict()) {
                case LEAKS_LESS -> "Less is not nothing: audit " + target + " alone before you share it.";
                case LEAKS_MORE -> "Do not put " + target + " in the place of " + baseline()
                        + ": find out what its training changed, and compare again.";
                case SAME -> "The same is not safe: what was decided of " + baseline() + " holds for " + target + ".";
                case NO_DIFFERENCE_FOUND ->
                        "Do not take " + target + " for safer: compare more patients, or state what difference matters.";
                case MODEL_NOT_WORKING -> "Ask for the model as it was trained, and compare again; share nothing on the strength of this.";
                case TOO_FEW -> "Compare on more patients: dozens in each group.";
                case NOT_INTERPRETABLE, SHIFT_MAY_EXPLAIN ->
                        "Collect notes of the same source and time that were not used, match their lengths, and compare again.";
                case TOLD_THE_OTHER_WAY -> "Find out whether a sign is wrong, or two groups or two models are swapped, and compare again.";
                case ATTACKS_DISAGREE -> "Take it for a leak of its own: look at each figure, and audit " + target + " alone.";
            };
        }

        private Settings settings() {
            return document.cells().get(0).audit().settings();
        }
    }
}
