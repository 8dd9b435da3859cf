package io.github.miaudit.report;

import io.github.miaudit.data.Population;
import io.github.miaudit.evaluation.AttackResult;
import io.github.miaudit.evaluation.ComparisonResult;
import io.github.miaudit.evaluation.ControlDifference;
import io.github.miaudit.evaluation.Evaluation;
import io.github.miaudit.evaluation.Exceedance;
import io.github.miaudit.evaluation.Ranked;
import io.github.miaudit.evaluation.RocBand;
import io.github.miaudit.evaluation.StratifiedScores.Patients;
import io.github.miaudit.evaluation.StratumResult;
import io.github.miaudit.evaluation.TargetComparison;
import io.github.miaudit.membership.AttackScores;
import io.github.miaudit.metrics.BinomialInterval;
import io.github.miaudit.metrics.DecisionThreshold;
import io.github.miaudit.metrics.GroupedScores;
import io.github.miaudit.metrics.Interval;
import io.github.miaudit.metrics.PairedDifference;
import io.github.miaudit.metrics.RocPoint;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeSet;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/**
 * What may be told, and to how many digits, decided here and nowhere else. Where any patient is known, a figure of accepted rows is told
 * only if they are of no patient or of at least the smallest count, and those not accepted likewise; a sentence of nobody known counts as
 * a patient of its own. What follows from hidden figures is hidden or rounded with them; no figure is told to more {@link Digits} than its
 * interval warrants, and no score but in {@link ScoreClasses}. {@code docs/security.md} says who is to learn nothing. Immutable.
 */
final class Disclosure {

    private final Evaluation evaluation;

    private Disclosure(Evaluation evaluation) {
        this.evaluation = evaluation;
    }

    static Disclosure of(Evaluation evaluation) {
        return new Disclosure(evaluation);
    }

    int smallestCount() {
        return evaluation.smallestCount();
    }

    /** Whether any count is hidden at all. */
    boolean hidesAny() {
        return smallestCount() > 1;
    }

    /**
     * Whether a count of patients is too small to be told. Of 1 alone nothing would be hidden by not telling it, so then 0 is not either.
     */
    boolean hides(long patients) {
        return patients < smallestCount() && (patients > 0 || smallestCount() == 2);
    }

    /** So many patients a set has at least where it is told how many of them are found: fewer are hidden by no arithmetic. */
    int fewestPatients() {
        return hidesAny() ? 2 * smallestCount() : 1;
    }

    /** A sketch of a set has about as many numbers other than 0 as patients, while they are few. */
    boolean tellsLineage(int patients) {
        return patients >= fewestPatients();
    }

    /** Whether the mean loss on a set of so many patients is told; of fewer it would be about one of them. */
    boolean tellsLoss(int patients) {
        return patients >= fewestPatients();
    }

    /** The figures by patient, if they may be told: not of few patients, on either side. */
    Optional<AttackResult> byPatient(AttackResult attack) {
        return attack.byPatient()
                .filter(patients -> Math.min(patients.memberCount(), patients.nonMemberCount()) >= fewestPatients());
    }

    /** Decides for figures whose rows are sentences, which are of patients where any is known, on either side. */
    OfCurve ofSentences(AttackResult attack, AttackScores scores, Population others) {
        GroupedScores ofOthers = scores.grouped(others);
        boolean hiding = hidesAny() && Stream.of(Population.values()).anyMatch(scores::hasGroups);
        return new OfCurve(attack, hiding, hiding ? Optional.empty() : Optional.of(
                ScoreClasses.of(scores.scores(Population.MEMBERS), scores.scores(others))),
                PatientsOfRows.ofSentences(scores.grouped(Population.MEMBERS)),
                PatientsOfRows.ofSentences(ofOthers),
                PatientsOfRows.ofSentences(ofOthers.groupCount() < 2 ? ofOthers : ofOthers.halves(evaluation.seed()).get(1)));
    }

    /** Decides for figures whose rows are patients. */
    OfCurve ofPatients(AttackResult byPatient) {
        int others = byPatient.nonMemberCount();
        return new OfCurve(byPatient, hidesAny(), Optional.empty(), PatientsOfRows.ofPatients(byPatient.memberCount()),
                PatientsOfRows.ofPatients(others),
                PatientsOfRows.ofPatients(others < 2 ? others : others / 2));
    }

    private boolean hides(ComparisonResult comparison) {
        return hidesAny() && Stream.of(Population.values()).anyMatch(comparison.scores().get(0)::hasGroups);
    }

    /** How areas of other scores of a comparison's sentences are told that have such an interval, if any. */
    Coarse areas(ComparisonResult comparison, Optional<Interval> interval) {
        Digits digits = Digits.of(interval,
                Math.min(patients(comparison, Population.MEMBERS), patients(comparison, comparison.nonMembers())));
        return !hides(comparison) ? Coarse.of(digits)
                : Coarse.of(patients(comparison, Population.MEMBERS), patients(comparison, comparison.nonMembers()), smallestCount(), true,
                        true).noFinerThan(digits);
    }

    /** Those of scores that never look at the target: no count of accepted sentences follows from them. */
    Coarse blindAreas(ComparisonResult comparison, Optional<Interval> interval) {
        return Coarse.of(Digits.of(interval,
                Math.min(patients(comparison, Population.MEMBERS), patients(comparison, comparison.nonMembers()))));
    }

    private static int patients(ComparisonResult comparison, Population population) {
        return comparison.scores().get(0).grouped(population).groupCount();
    }

    /** A p-value or a standard error of a comparison, upwards: in two digits, or in one where counts are hidden. */
    double pValue(ComparisonResult comparison, double exact) {
        return hides(comparison) ? Digits.up(exact, 1) : Digits.upToTwo(exact);
    }

    /** Decides for a difference of two areas of a comparison. */
    OfDifference ofDifference(ComparisonResult comparison, TargetComparison.Difference difference) {
        boolean byPatient = difference.ranked() == Ranked.PATIENTS;
        Optional<AttackResult> patients = comparison.attacks().get(0).byPatient().filter(some -> byPatient);
        int members = patients.map(AttackResult::memberCount).orElseGet(() -> patients(comparison, Population.MEMBERS));
        int others = patients.map(AttackResult::nonMemberCount).orElseGet(() -> patients(comparison, comparison.nonMembers()));
        Digits digits = Digits.of(Optional.of(difference.difference().interval()), Math.min(members, others));
        boolean hiding = byPatient ? hidesAny() : hides(comparison);
        Coarse areas = !hiding ? Coarse.of(digits) : Coarse.of(members, others, smallestCount(), true, true).noFinerThan(digits);
        return new OfDifference(difference.difference(), hiding, areas.ofDifference(difference.baselineArea(), difference.area()));
    }

    /** Decides for the figures of one difference of areas. */
    record OfDifference(PairedDifference exact, boolean hiding, Coarse areas) {

        double difference() {
            return areas.difference(exact.difference());
        }

        Interval interval() {
            return areas.difference(exact.interval());
        }

        /** So that with the p-value it tells no more than the difference does. */
        double standardError() {
            return inSteps(exact.standardError(), 0.5);
        }

        /** About three times the standard error, or more, so in wider steps. */
        double smallestDetectable(double exactly) {
            return inSteps(exactly, 2);
        }

        private double inSteps(double exactly, double times) {
            return hiding ? Digits.multiple(exactly, areas.step().multiply(BigDecimal.valueOf(times)), RoundingMode.CEILING)
                    : Digits.upToTwo(exactly);
        }

        double pValue(double exactly) {
            return hiding ? Digits.up(exactly, 1) : Digits.upToTwo(exactly);
        }
    }

    private Told members(PatientsOfRows of, int rows) {
        boolean few = rows < of.rows() && hides(of.accepted(rows));
        boolean allButFew = rows > 0 && hides(of.rejected(rows));
        return !few && !allButFew ? Told.EXACTLY : of.patients() < fewestPatients() ? Told.NOT_AT_ALL : few ? Told.FEW : Told.ALL_BUT_FEW;
    }

    /**
     * Whether it may be told how many others are accepted. Not of none either, and only from one more on: what is found at other rates
     * can tell that at least as many are accepted as these allow.
     */
    private boolean tellsOthers(PatientsOfRows of, int rows) {
        return of.accepted(rows) > Math.max(Coarse.LEAST_COUNT, smallestCount()) && !hides(of.rejected(rows));
    }

    /** The strata of a variable as their figures are told; none if they can't be. */
    List<StratumGroup> groups(Map<String, Patients> strata) {
        return StratumGroup.of(strata, Math.max(AttackResult.FEWEST_FOR_INTERVAL, fewestPatients()));
    }

    /** Whether the strata of a variable are told beside those of others: not if differences of groups would tell of few patients. */
    boolean tellsBeside(List<StratumGroup> groups, List<List<StratumGroup>> others) {
        return !hidesAny() || others.stream().noneMatch(other -> StratumGroup.tellOfFew(groups, other, smallestCount()));
    }

    /**
     * At which of the wanted rates it is told how many patients of each stratum are exposed: at the highest where it is told of all
     * patients. At a second rate, or wherever it may be told, what is told of all patients at rates beside it would tell of few.
     */
    Optional<AttackResult.OperatingPoint> strataExposedAt(AttackResult byPatient) {
        OfCurve all = ofPatients(byPatient);
        return byPatient.operatingPoints().stream().filter(point -> point.resolvable() && all.membersFound(point).isExact())
                .max(Comparator.comparingDouble(AttackResult.OperatingPoint::maximumFalsePositiveRate));
    }

    /** Of all strata of a variable or of none, and of one variable: so none follows from all patients less the others. */
    boolean tellsExposed(List<StratumResult> strata, int place, int variablesTold) {
        return !hidesAny() || variablesTold == 0 && strata.stream()
                .allMatch(stratum -> Math.min(stratum.exposed().get(place),
                        stratum.members() - stratum.exposed().get(place)) >= smallestCount());
    }

    /** Areas and differences of areas of a stratum, by sentence too: patients are the units of both. */
    Coarse areas(StratumResult stratum, Interval interval) {
        Digits digits = Digits.of(Optional.of(interval), Math.min(stratum.members(), stratum.nonMembers()));
        return !hidesAny() ? Coarse.of(digits)
                : Coarse.of(stratum.members(), stratum.nonMembers(), smallestCount(), true, true).noFinerThan(digits);
    }

    /** A p-value by ranks of a stratum tells its area. */
    double pValueOfStratum(double exact) {
        return hidesAny() ? Digits.up(exact, 1) : Digits.upToTwo(exact);
    }

    /** Decides for the figures of one attack with one kind of rows. */
    final class OfCurve {

        private final AttackResult attack;
        private final boolean hiding;
        /** Of sentences where nothing is hidden; of patients no score is told. */
        private final Optional<ScoreClasses> scores;
        private final PatientsOfRows members;
        private final PatientsOfRows others;
        /** Of the others, those that calibrated thresholds are evaluated on. */
        private final PatientsOfRows evaluated;
        /**
         * How many false positives are allowed where it is told what is found. Where more is found at one rate than at another, more
         * false positives are accepted too; of rates that allow one more or less their number would follow.
         */
        private final TreeSet<Integer> toldAt = new TreeSet<>();

        private OfCurve(AttackResult attack, boolean hiding, Optional<ScoreClasses> scores, PatientsOfRows members, PatientsOfRows others,
                PatientsOfRows evaluated) {
            this.attack = attack;
            this.hiding = hiding;
            this.scores = scores;
            this.members = members;
            this.others = others;
            this.evaluated = evaluated;
            attack.operatingPoints().stream().map(AttackResult.OperatingPoint::falsePositivesAllowed).sorted(Comparator.reverseOrder())
                    .forEach(this::tellUnlessBeside);
            attack.curve().points().stream().map(this::allowed).filter(allowed -> allowed >= smallestCount())
                    .forEach(this::tellUnlessBeside);
        }

        private void tellUnlessBeside(int allowed) {
            if (!hiding || !toldAt.contains(allowed - 1) && !toldAt.contains(allowed + 1)) {
                toldAt.add(allowed);
            }
        }

        private int allowed(RocBand.Point point) {
            return DecisionThreshold.falsePositivesAllowed(attack.nonMemberCount(), point.falsePositiveRate());
        }

        /**
         * Whether it is told how many members are found.
         *
         * @param found   members above a threshold
         * @param allowed how many false positives it may have, 0 for the members above all others
         */
        Told membersFound(int found, int allowed) {
            return !hiding ? Told.EXACTLY : toldAt.contains(allowed) ? members(members, found) : Told.NOT_AT_ALL;
        }

        /** That all are found at a rate, and the area, would tell how many others are accepted, if they are few. */
        Told membersFound(AttackResult.OperatingPoint operating) {
            int found = operating.point().confusion().truePositives();
            Told told = membersFound(found, operating.falsePositivesAllowed());
            return !told.isExact() || found < members.rows() || tellsOthers(operating) ? told
                    : members.patients() < fewestPatients() ? Told.NOT_AT_ALL : Told.ALL_BUT_FEW;
        }

        /** No less than the share of members that few patients are found with; of sentences in steps, lest it tells how many they are. */
        Optional<Double> tprAtMost(AttackResult.OperatingPoint operating) {
            return membersFound(operating) != Told.FEW ? Optional.empty()
                    : Optional.of((double) upInSteps(operating.point().confusion().truePositives()) / members.rows());
        }

        /** No more than the share where all but few are found. */
        Optional<Double> tprAtLeast(AttackResult.OperatingPoint operating) {
            return membersFound(operating) != Told.ALL_BUT_FEW ? Optional.empty()
                    : Optional.of(1 - (double) upInSteps(operating.point().confusion().falseNegatives()) / members.rows());
        }

        private int upInSteps(int rows) {
            int step = fewestPatients();
            return members.rows() == members.patients() ? smallestCount() - 1
                    : Math.min(members.rows(), (Math.max(1, rows) + step - 1) / step * step);
        }

        /** The digits of a share of the members. */
        private Digits ofMembers(Optional<Interval> interval) {
            return Digits.of(interval, members.patients());
        }

        /** The digits of a figure of both sides without an interval of its own. */
        private Digits ofBoth() {
            return Digits.ofUnits(Math.min(members.patients(), others.patients()));
        }

        /** A share of right decisions, or of members among the accepted: of both sides. */
        double share(double exact) {
            return ofBoth().up(exact);
        }

        double truePositiveRate(AttackResult.OperatingPoint operating) {
            return ofMembers(operating.interval()).up(operating.point().truePositiveRate());
        }

        double falsePositiveRate(AttackResult.OperatingPoint operating) {
            return ofOthers(operating.falsePositiveInterval()).down(operating.point().falsePositiveRate());
        }

        double falsePositiveRate(RocPoint best) {
            return ofOthers(Optional.empty()).down(best.falsePositiveRate());
        }

        private Digits ofOthers(Optional<Interval> interval) {
            return Digits.of(interval, others.patients());
        }

        Optional<Interval> falsePositiveInterval(AttackResult.OperatingPoint operating) {
            return operating.falsePositiveInterval().map(ofOthers(operating.falsePositiveInterval())::outward);
        }

        /** Of thresholds promised beforehand; the rates are means over patients. */
        double truePositiveRate(AttackResult.Decisions decisions) {
            return ofMembers(decisions.truePositiveInterval()).up(decisions.truePositiveRate());
        }

        double falsePositiveRate(AttackResult.Decisions decisions) {
            return Digits.of(decisions.falsePositiveInterval(), evaluated.patients()).down(decisions.falsePositiveRate());
        }

        /** The curve, row by row: what may be told of it, from the lowest rate on. */
        List<List<Double>> curve() {
            return attack.curve().points().stream().filter(this::tells).map(this::row).toList();
        }

        /** FPR and TPR, and the ends of the TPR's interval if there is one. */
        private List<Double> row(RocBand.Point point) {
            Digits digits = ofMembers(point.interval());
            return Stream.concat(Stream.of(point.falsePositiveRate(), digits.up(point.truePositiveRate())),
                    point.interval().map(digits::outward).stream().flatMap(band -> Stream.of(band.lower(), band.upper()))).toList();
        }

        /** The interval of the TPR; of few patients, or all but few, one that holds what it would be for any number of few. */
        Optional<Interval> interval(AttackResult.OperatingPoint operating) {
            return unrounded(operating).map(ofMembers(operating.interval())::outward);
        }

        private Optional<Interval> unrounded(AttackResult.OperatingPoint operating) {
            return operating.interval().flatMap(exact -> switch (membersFound(operating)) {
                case EXACTLY -> Optional.of(exact);
                case FEW -> Optional.of(new Interval(0, endOfFew(exact.upper(), tprAtMost(operating).orElseThrow(), exact.level()),
                        exact.level(), exact.method()));
                case ALL_BUT_FEW -> Optional.of(new Interval(
                        1 - endOfFew(1 - exact.lower(), 1 - tprAtLeast(operating).orElseThrow(), exact.level()), 1, exact.level(),
                        exact.method()));
                case NOT_AT_ALL -> Optional.empty();
            });
        }

        private double endOfFew(double exact, double share, double level) {
            double step = (double) fewestPatients() / members.patients();
            double ofMost = BinomialInterval.of(smallestCount() - 1, members.patients(), level).upper();
            return Math.min(1, Math.max(Math.max(ofMost, share), exact <= ofMost ? 0 : Math.ceil(exact / step) * step));
        }

        /**
         * The upper end of the threshold's class: what it accepts, the exact one accepts too, so neither rate is higher there. None where
         * counts are hidden: beside a histogram it would tell in which bin there is a member. None of patients: it is one patient's score.
         */
        Optional<Double> threshold(RocPoint point) {
            return Double.isInfinite(point.threshold()) ? Optional.empty()
                    : scores.flatMap(classes -> classes.upperEnd(point.threshold()));
        }

        /** Of a rate that allows none, there are none. */
        boolean tellsOthers(AttackResult.OperatingPoint operating) {
            return !hiding || operating.falsePositivesAllowed() == 0
                    || Disclosure.this.tellsOthers(others, operating.point().confusion().falsePositives());
        }

        /** Both rates or none: how many others a calibrated threshold accepts says where on the curve its TPR is, and the reverse. */
        boolean tells(AttackResult.CalibratedPoint point) {
            return !hiding || point.decisions()
                    .filter(decisions -> !members(members, decisions.confusion().truePositives()).isExact()
                            || !Disclosure.this.tellsOthers(evaluated, decisions.confusion().falsePositives()))
                    .isEmpty();
        }

        /** The bound is of the counts at all calibrated thresholds. */
        boolean tellsLeakage() {
            return attack.calibrated().stream().allMatch(this::tells);
        }

        /** The largest advantage bounds what is found at every rate, so it is told only with all rates. */
        boolean tellsBestAdvantage() {
            return !hiding || attack.operatingPoints().stream().allMatch(this::tellsAll) && tellsAll(attack.bestAdvantage());
        }

        private boolean tellsAll(AttackResult.OperatingPoint operating) {
            return membersFound(operating).isExact() && tellsOthers(operating);
        }

        private boolean tellsAll(RocPoint point) {
            return members(members, point.confusion().truePositives()).isExact()
                    && Disclosure.this.tellsOthers(others, point.confusion().falsePositives());
        }

        /** The largest advantage; where it is not told, one that follows from what is. */
        double advantage(boolean told) {
            return told ? ofBoth().up(attack.bestAdvantage().advantage()) : ofBoth().down(toldAdvantage());
        }

        /** No more false positives are accepted than are allowed. */
        private double toldAdvantage() {
            DoubleStream atRates = attack.operatingPoints().stream().filter(operating -> membersFound(operating).isExact())
                    .mapToDouble(operating -> operating.point().truePositiveRate() - share(operating.falsePositivesAllowed()));
            DoubleStream onCurve = attack.curve().points().stream().filter(this::tells)
                    .mapToDouble(point -> point.truePositiveRate() - share(allowed(point)));
            return DoubleStream.concat(DoubleStream.of(0), DoubleStream.concat(atRates, onCurve)).max().orElseThrow();
        }

        private double share(int allowed) {
            return (double) allowed / attack.nonMemberCount();
        }

        /** A point of the curve; of those of all members the last alone. */
        private boolean tells(RocBand.Point point) {
            int found = (int) Math.round(point.truePositiveRate() * attack.memberCount());
            return !hiding || point.falsePositiveRate() == 1
                    || found < members.rows() && allowed(point) >= smallestCount() && membersFound(found, allowed(point)).isExact();
        }

        double area() {
            return area(attack.areaUnderCurve());
        }

        /** Of any score of the same rows. */
        double area(double exact) {
            return areas(attack.areaInterval()).area(exact);
        }

        /** Beside the control's area, a finer difference would tell the target's. */
        double difference(ControlDifference control) {
            return ofDifference(control).difference(control.difference().difference());
        }

        Interval differenceInterval(ControlDifference control) {
            return ofDifference(control).difference(control.difference().interval());
        }

        private Coarse ofDifference(ControlDifference control) {
            return areas(Optional.of(control.difference().interval())).ofDifference(attack.areaUnderCurve(), control.controlArea());
        }

        /** A difference of two shares of the members. */
        double differenceOfRates(AttackResult.OperatingPoint operating, RocPoint other) {
            return ofMembers(operating.interval()).awayFromZero(operating.point().truePositiveRate() - other.truePositiveRate());
        }

        /** A p-value by ranks tells the area. */
        double pValue(double exact) {
            return hiding ? Digits.up(exact, 1) : Digits.upToTwo(exact);
        }

        /** Members above every other are those found at a rate that allows none. */
        boolean tells(Exceedance found) {
            return membersFound(found.exceeding(), 0).isExact();
        }

        /** Of other scores of the same rows, of which no rate is told. */
        boolean tellsOfOtherScores(int found) {
            return !hiding || members(members, found).isExact();
        }

        Optional<Interval> areaInterval() {
            return attack.areaInterval().map(areas(attack.areaInterval())::area);
        }

        private Coarse areas(Optional<Interval> interval) {
            Digits digits = Digits.of(interval, Math.min(members.patients(), others.patients()));
            return !hiding ? Coarse.of(digits)
                    : Coarse.of(members.patients(), others.patients(), smallestCount(), finds(Told.FEW), finds(Told.ALL_BUT_FEW))
                            .noFinerThan(digits);
        }

        private boolean finds(Told told) {
            return attack.operatingPoints().stream().anyMatch(operating -> membersFound(operating) == told);
        }

        /** The area up to a rate is of the points at all lower rates too. */
        Optional<Double> partialArea(AttackResult.OperatingPoint operating) {
            OptionalDouble exact = operating.standardisedPartialArea();
            double rate = operating.maximumFalsePositiveRate();
            boolean told = !hiding
                    || attack.operatingPoints().stream().filter(lower -> lower.maximumFalsePositiveRate() <= rate).allMatch(this::tellsAll);
            return exact.isEmpty() || !told ? Optional.empty()
                    : Optional.of(areas(attack.areaInterval()).partialArea(exact.getAsDouble(), rate));
        }

        /** Guesses that are right are told where neither they nor the wrong ones can be of few patients. */
        boolean tells(AttackResult.CanaryBound bound) {
            return !hiding || !hides(bound.correct()) && !hides(bound.guesses() - bound.correct());
        }
    }
}
