package io.github.miaudit.report;

import io.github.miaudit.evaluation.Conclusion;
import io.github.miaudit.evaluation.Finding;
import io.github.miaudit.evaluation.Validity;
import io.github.miaudit.exposure.Preference;
import io.github.miaudit.metrics.Interval;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/**
 * What an audit found, for whoever has to decide and is no statistician: one sentence, how sure it is, whether the comparison can carry it,
 * and what to do. It follows from the document alone, and every output says it in these words. By patient where patients are told, else by
 * sentence. No name from outside is in it but that of a stratum.
 *
 * @param answer   the answer, one sentence or two
 * @param light    what colour it has
 * @param sureness how sure its figure is; empty if it has none
 * @param footing  whether the comparison can carry the answer
 * @param why      in one sentence or two, why so
 * @param nextStep what to do first
 * @param gains    what an attacker gets, in the order of the audit's rates, by its strongest attack
 */
public record Decision(String answer, Light light, Optional<String> sureness, Footing footing, String why, String nextStep,
        List<Gain> gains) {

    static final String NO_OTHER_DIFFERENCE = "No other difference of the two groups was found.";

    /** What colour an answer has. */
    public enum Light {
        /** Something was found that must not leave. */
        ALARM,
        /** Nothing can be said, or nothing was found that could be relied on. */
        OPEN,
        /** Nothing was found, by a comparison that could have shown it. */
        CLEAR
    }

    /** Whether a comparison can carry an answer. */
    public enum Footing {
        /** No reason is known why not. */
        CARRIES("Yes"),
        /** In general, but something is known to be wrong with it. */
        WITH_RESERVATIONS("With reservations"),
        /** Part of what is found may be something else. */
        PARTLY("Only in part"),
        /** Nobody knows. */
        NOT_SHOWN("Not shown"),
        /** It can't. */
        CANNOT("No");

        private final String words;

        Footing(String words) {
            this.words = words;
        }

        /** Such as "Only in part". */
        public String words() {
            return words;
        }
    }

    /**
     * What an attacker gets who accepts so many false accusations.
     *
     * @param rate       the share of the others whom he accuses falsely; whoever guesses gets the same share of the members
     * @param accepted   such as "1 in 10", or "3 %"
     * @param others     such as "1 in 10 others", or "3 % of the others"
     * @param words      what he gets, such as "31 of 40 patients", or why that is not known
     * @param found      as a share; empty where that is not told or can't be measured
     * @param atLeast    the same, or what it is no less than, where it is not told; 0 where nothing is known
     * @param interval   of the share, its lower end {@linkplain Interval#ofLargest for the choice} of the attack; empty without one
     * @param control    what he would get of a model that never saw the members; empty where that is not known
     */
    public record Gain(double rate, String accepted, String others, String words, Optional<Double> found, double atLeast,
            Optional<Interval> interval, Optional<Double> control) {

        private boolean isUnmeasured() {
            return words.equals(OperatingPoint.UNMEASURED);
        }

        /** For this rate and those below. */
        private Gain orFewer() {
            return new Gain(rate, accepted + " or fewer", others + " or fewer", words, found, atLeast, interval, control);
        }
    }

    /** Copies the list. */
    public Decision {
        gains = List.copyOf(gains);
    }

    /** Of a document. */
    public static Decision of(AuditDocument document) {
        Rows rows = Rows.of(document);
        Footing footing = footing(document);
        return new Decision(answer(document, footing, rows), light(document, footing, rows), sureness(document, rows), footing,
                why(document, footing), AuditWords.nextSteps(document).get(0),
                isFigured(document.main().conclusion()) ? rows.all.stream().map(Row::gain).toList() : List.of());
    }

    /** The gains; where none of the last can be measured, and each of them accepts fewer than the one before, one for all of them. */
    public List<Gain> shown() {
        int first = gains.size();
        while (first > 0 && gains.get(first - 1).isUnmeasured()
                && (first == gains.size() || gains.get(first - 1).rate() > gains.get(first).rate())) {
            first--;
        }
        return first > gains.size() - 2 ? gains
                : Stream.concat(gains.stream().limit(first), Stream.of(gains.get(first).orFewer())).toList();
    }

    /** Whether figures mean what they say: not those of scores that are upside down, of too few or of no memory. */
    private static boolean isFigured(Conclusion conclusion) {
        return conclusion == Conclusion.MEMBERS_CAN_BE_TOLD || conclusion == Conclusion.NO_DIFFERENCE_DETECTED;
    }

    private static Optional<String> sureness(AuditDocument document, Rows rows) {
        if (!isFigured(document.conclusion())) {
            return Optional.empty();
        }
        String sure = "Sure to " + Numbers.wholePercent(document.settings().confidence()) + ": ";
        if (document.conclusion() == Conclusion.NO_DIFFERENCE_DETECTED) { // the answer says up to how many
            return rows.mostOpen.map(row -> sure.replace(": ", ". ") + row.guessed());
        }
        // where few are compared, or counts are hidden, the number's interval says next to nothing, though the areas' does
        return rows.worst().filter(Row::isSurelyMore).flatMap(Row::range).map(sure::concat)
                .or(() -> areaInterval(document.main()).map(ends -> sure + (ends.lower() > 0.5
                        ? "what was used scores higher in " + (long) Math.floor(100 * ends.lower()) + " to "
                                + (long) Math.ceil(100 * ends.upper()) + " % of comparisons; guessing gives 50 %."
                        : "this is more than chance; how many can be told is not known.")));
    }

    private static Optional<Interval> areaInterval(Comparison main) {
        Attack strongest = main.strongest();
        double area = strongest.byPatient().map(ByPatient::auc).orElseGet(strongest::auc);
        return strongest.byPatient().map(ByPatient::aucInterval).orElseGet(strongest::aucInterval)
                .map(interval -> interval.ofLargest(area, main.attacks().size()));
    }

    private static String answer(AuditDocument document, Footing footing, Rows rows) {
        Comparison main = document.main();
        return switch (document.conclusion()) {
            case MEMBERS_CAN_BE_TOLD -> (isSound(footing) || main.isControlled() ? "Yes"
                    : "Yes, unless the two groups differ for another reason") + found(main, rows) + besides(document);
            case TOLD_THE_OTHER_WAY -> "Something is the wrong way round: what the model was trained on scores lower than what it was not,"
                    + " so an outsider who turns the scores round can tell it.";
            case NO_DIFFERENCE_DETECTED -> switch (footing) {
                case CARRIES, WITH_RESERVATIONS -> "Not that this audit could find" + atMost(rows);
                case PARTLY, NOT_SHOWN, CANNOT -> "Nothing was found, but this comparison can't rule it out" + atMost(rows);
            } + besides(document);
            case IDENTIFIERS_ARE_REMEMBERED -> "Yes: the model remembers names, dates or other identifiers from the notes, although whole"
                    + " sentences do not show it." + (document.strata().filter(found -> found.verdict() == StrataFigures.Verdict.FOUND)
                            .isPresent() ? " Some groups of patients can be told too." : "");
            case A_STRATUM_CAN_BE_TOLD -> (isSound(footing) || main.isControlled() ? "Yes, of some patients"
                    : "Yes, of some patients, unless the two groups differ for another reason") + ": those with "
                    + document.strata().flatMap(StrataFigures::worst).map(worst -> worst.variable() + " " + worst.stratum()).orElseThrow()
                    + " can be told, although the average of all does not show it." + besides(document);
            case NOT_INTERPRETABLE -> document.failedTargetChecks().isEmpty()
                    ? "This audit can't say: the two groups of notes differ in more than whether the model was trained on them."
                    : "This audit can't say: the model does not work as a language model, so it shows nothing, whatever it remembers.";
            case TOO_FEW -> "This audit can't say: too few patients, or sentences, were compared.";
        };
    }

    private static boolean isSound(Footing footing) {
        return footing == Footing.CARRIES || footing == Footing.WITH_RESERVATIONS;
    }

    /** Of those whom an attacker finds, if he finds more than a guesser does. */
    private static String found(Comparison main, Rows rows) {
        boolean some = main.tests().stream()
                .noneMatch(test -> test.found() && test.question() == Finding.Question.HIGHER_ON_THE_WHOLE);
        String whom = rows.unit == Comparison.Unit.PATIENTS ? " whose notes were used" : " that were used";
        return (some ? ", some" : "") + rows.worst()
                .map(row -> ": an outsider can tell " + row.words + whom + ", wrongly accusing " + row.others() + ".")
                .orElseGet(() -> ": what the model was trained on scores higher than what it was not in "
                        + Math.round(100 * main.strongest().auc()) + " % of comparisons; guessing gives 50 %.");
    }

    /** What can't be excluded. */
    private static String atMost(Rows rows) {
        return rows.mostOpen.map(row -> ": by the attacks tried, an outsider who wrongly accuses " + row.others()
                + " finds at most " + row.most() + ".")
                .orElse(", but it could not measure how many an outsider finds.");
    }

    /** What is known of identifiers and of groups of patients besides, if that is no good news. */
    private static String besides(AuditDocument document) {
        return document.identifiers()
                .map(found -> found.preference() == Preference.PREFERRED ? " It remembers names or other identifiers too."
                        : found.isWhole() ? "" : " Whether it remembers names and other identifiers is open.")
                .orElse("")
                + (document.conclusion() == Conclusion.NO_DIFFERENCE_DETECTED
                        && document.strata().filter(found -> !found.isWhole()).isPresent()
                                ? " Some groups of patients could not be judged." : "");
    }

    private static Light light(AuditDocument document, Footing footing, Rows rows) {
        return switch (document.conclusion()) {
            case MEMBERS_CAN_BE_TOLD, TOLD_THE_OTHER_WAY, IDENTIFIERS_ARE_REMEMBERED, A_STRATUM_CAN_BE_TOLD -> Light.ALARM;
            case NO_DIFFERENCE_DETECTED -> footing == Footing.CARRIES && rows.mostOpen.isPresent() && besides(document).isEmpty()
                    ? Light.CLEAR : Light.OPEN;
            case NOT_INTERPRETABLE, TOO_FEW -> Light.OPEN;
        };
    }

    private static Footing footing(AuditDocument document) {
        if (document.conclusion() == Conclusion.IDENTIFIERS_ARE_REMEMBERED) {
            return Footing.CARRIES;
        }
        if (document.conclusion() == Conclusion.TOO_FEW) {
            return Footing.NOT_SHOWN;
        }
        return switch (document.main().validity().verdict()) {
            case VALID -> overlapping(document) > 0 ? Footing.WITH_RESERVATIONS : Footing.CARRIES;
            case SHIFTED -> Footing.PARTLY;
            case UNDECIDED, NOT_CHECKED -> Footing.NOT_SHOWN;
            case NOT_INTERPRETABLE -> Footing.CANNOT;
        };
    }

    static int overlapping(AuditDocument document) {
        return document.main().validity().overlap().map(overlap -> overlap.exact() + overlap.near()).orElse(0);
    }

    /** What sentences in both groups do; nothing if there are none. */
    static String inBothGroups(AuditDocument document) {
        int overlapping = overlapping(document);
        return overlapping == 0 ? ""
                : (isOfSome(document) ? "At least " : "") + overlapping + (overlapping == 1 ? " sentence is" : " sentences are")
                        + " in both groups, which hides part of a leak.";
    }

    private static boolean isOfSome(AuditDocument document) {
        return document.main().validity().overlap().filter(overlap -> overlap.nearAmong() < document.main().nonMemberCount()).isPresent();
    }

    private static String why(AuditDocument document, Footing footing) {
        String both = inBothGroups(document);
        String words = switch (footing) {
            case CARRIES -> document.conclusion() == Conclusion.IDENTIFIERS_ARE_REMEMBERED
                    ? "True ones were compared with others that could as well have stood there."
                    : NO_OTHER_DIFFERENCE;
            case WITH_RESERVATIONS -> both;
            case PARTLY -> "The two groups differ in other ways too. " + both;
            case NOT_SHOWN -> (document.conclusion() == Conclusion.TOO_FEW ? "There are too few to say. "
                    : document.main().validity().verdict() == Validity.Verdict.NOT_CHECKED
                            ? "Other differences of the two groups were not checked. "
                            : "The two groups may differ in other ways too. ")
                    + both;
            case CANNOT -> document.failedTargetChecks().isEmpty() ? "The two groups differ too much in other ways."
                    : "The model does not work as one.";
        };
        return words.strip();
    }

    /** What is told at one rate. */
    private record Row(double rate, boolean resolvable, String words, Optional<Double> found, double atLeast, Optional<Interval> interval,
            int members, String unit, Optional<Double> control) {

        private boolean isOneInSome() {
            double some = 1 / rate;
            return rate > 0 && Math.abs(some - Math.rint(some)) < 1e-9 * some;
        }

        private String accepted() {
            return isOneInSome() ? "1 in " + Math.round(1 / rate) : Numbers.wholePercent(rate);
        }

        private String others() {
            return accepted() + (isOneInSome() ? " others" : " of the others");
        }

        private Gain gain() {
            return new Gain(rate, accepted(), others(), words, found, Math.max(0, atLeast), interval, control);
        }

        /** How much more than a guesser gets, of what is told. */
        private double gained() {
            return got() - rate;
        }

        /** The row of the attack that finds most of so many. */
        private Row asMostOf(int attacks) {
            return new Row(rate, resolvable, words, found, atLeast, interval.map(ends -> ends.ofLargest(got(), attacks)), members, unit,
                    control);
        }

        private boolean isSurelyMore() {
            return interval.filter(ends -> ends.lower() > rate).isPresent();
        }

        private double got() {
            return found.orElse(atLeast);
        }

        private String most() {
            return (long) Math.ceil(upTo() * members - 1e-9) + " of " + members + " " + unit;
        }

        /** Up to which share an attack may find. */
        private double upTo() {
            return interval.orElseThrow().upper();
        }

        /** Whether a guesser would be somewhere between none and all. */
        private boolean isMeasured() {
            return resolvable && rate > 0 && rate < 1;
        }

        private String guessed() {
            return "Whoever guesses gets " + Math.round(rate * members) + ".";
        }

        private Optional<String> range() {
            return interval.map(ends -> (long) Math.floor(ends.lower() * members + 1e-9) + " to "
                    + (long) Math.ceil(ends.upper() * members - 1e-9) + " of " + members + " " + unit + ". " + guessed());
        }
    }

    /**
     * What is told at all rates.
     *
     * @param unit     of what
     * @param all      of the attack that finds most at each rate, in the order of the audit's rates
     * @param mostOpen where most beyond what a guesser gets can't be excluded: at each rate of the attack that may find most, and only of
     *                 rates at which that is told of every attack; empty if it is at none
     */
    private record Rows(Comparison.Unit unit, List<Row> all, Optional<Row> mostOpen) {

        private static Rows of(AuditDocument document) {
            Comparison main = document.main();
            boolean byPatient = main.byPatient();
            int rates = main.strongest().tprAtFpr().size();
            List<Row> most = new ArrayList<>();
            List<Row> open = new ArrayList<>();
            for (int rate = 0; rate < rates; rate++) {
                int at = rate;
                List<Row> ofAttacks = Stream.concat(Stream.of(main.strongest()), main.attacks().stream())
                        .map(attack -> byPatient ? ofPatients(document, attack.byPatient().orElseThrow(), at)
                                : ofSentences(document, attack, at))
                        .toList();
                most.add(ofAttacks.stream().reduce((best, other) -> other.got() > best.got() ? other : best).orElseThrow()
                        .asMostOf(main.attacks().size()));
                if (ofAttacks.stream().allMatch(row -> row.isMeasured() && row.interval.isPresent())) {
                    open.add(ofAttacks.stream().max(Comparator.comparingDouble(Row::upTo)).orElseThrow());
                }
            }
            return new Rows(byPatient ? Comparison.Unit.PATIENTS : Comparison.Unit.SENTENCES, most,
                    first(open, row -> row.upTo() - row.rate));
        }

        private static Row ofPatients(AuditDocument document, ByPatient patients, int rate) {
            Exposed exposed = patients.exposed().get(rate);
            return row(patients.tprAtFpr().get(rate), patients.memberCount(), AuditWords.exposed(exposed, patients.memberCount(),
                    document.settings().smallestCount()), "patients", patients.control(), rate);
        }

        private static Row ofSentences(AuditDocument document, Attack attack, int rate) {
            OperatingPoint point = attack.tprAtFpr().get(rate);
            int members = document.main().memberCount();
            String words = point.truePositives().map(count -> count + " of " + members + " sentences")
                    .orElseGet(() -> (point.members() == Told.NOT_AT_ALL ? "a number not told"
                            : "sentences " + point.members().ofPatients(document.settings().smallestCount()) + ",")
                            + " of " + members + " sentences");
            return row(point, members, words, "sentences", attack.control(), rate);
        }

        private static Row row(OperatingPoint point, int members, String words, String unit, Optional<Control> control,
                int rate) {
            if (!point.resolvable()) {
                return new Row(point.atFpr(), false, OperatingPoint.UNMEASURED, Optional.empty(), -1,
                        Optional.empty(), members, unit, Optional.empty());
            }
            Optional<Double> ofControl = control.flatMap(beside -> beside.tprDifferences().get(rate))
                    .flatMap(difference -> point.tpr().map(tpr -> Math.min(1, Math.max(0, tpr - difference))));
            return new Row(point.atFpr(), true, words, point.tpr(), point.tpr().or(point::tprAtLeast).orElse(0.0), point.tprInterval(),
                    members, unit, ofControl);
        }

        /** The rate at which an attacker gets most beyond a guesser, if he gets any; the lowest of several. */
        private Optional<Row> worst() {
            return first(all.stream().filter(Row::isMeasured).toList(), Row::gained).filter(row -> row.gained() > 0);
        }

        private static Optional<Row> first(List<Row> rows, ToDoubleFunction<Row> figure) {
            return rows.stream().max(Comparator.comparingDouble(figure).thenComparing(Comparator.comparingDouble(Row::rate).reversed()));
        }
    }
}
