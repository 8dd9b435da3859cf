package io.github.miaudit.evaluation;

import io.github.miaudit.data.Population;
import io.github.miaudit.evaluation.AttackResult.CalibratedPoint;
import io.github.miaudit.evaluation.AttackResult.CanaryBound;
import io.github.miaudit.evaluation.AttackResult.Decisions;
import io.github.miaudit.evaluation.AttackResult.Leakage;
import io.github.miaudit.evaluation.AttackResult.OperatingPoint;
import io.github.miaudit.io.AuditException;
import io.github.miaudit.membership.AttackScores;
import io.github.miaudit.metrics.BinomialInterval;
import io.github.miaudit.metrics.ClusterBootstrap;
import io.github.miaudit.metrics.ConformalCalibration;
import io.github.miaudit.metrics.ConfusionMatrix;
import io.github.miaudit.metrics.DeLong;
import io.github.miaudit.metrics.DecisionThreshold;
import io.github.miaudit.metrics.EmpiricalLeakage;
import io.github.miaudit.metrics.GroupedCounts;
import io.github.miaudit.metrics.GroupedScores;
import io.github.miaudit.metrics.Interval;
import io.github.miaudit.metrics.JointPermutationTest;
import io.github.miaudit.metrics.PermutationTest;
import io.github.miaudit.metrics.RocCurve;
import io.github.miaudit.metrics.RocPoint;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Computes the figures of one attack on members and another population. */
final class AttackEvaluator {

    private final AttackScores scores;
    private final Optional<AttackScores> control;
    private final Population population;
    private final Evaluation evaluation;
    private final GroupedScores members;
    private final GroupedScores nonMembers;
    /** Whether any sentence's patient is known, so that patients are the units of all intervals. */
    private final boolean isGrouped;

    /** Of an attack's scores, with the same attack on a control, if there is one. */
    AttackEvaluator(AttackScores scores, Optional<AttackScores> control, Population population, Evaluation evaluation) {
        this.scores = scores;
        this.control = control;
        this.population = population;
        this.evaluation = evaluation;
        members = scores.grouped(Population.MEMBERS);
        nonMembers = scores.grouped(population);
        isGrouped = scores.hasGroups(Population.MEMBERS) || scores.hasGroups(population);
    }

    /**
     * All figures.
     *
     * @param areaTest     by {@link #areaTests}
     * @param withCanaries whether to bound epsilon
     */
    AttackResult evaluate(PermutationTest areaTest, boolean withCanaries) {
        RocCurve curve = RocCurve.of(members, nonMembers);
        Rates rates = rates(curve, members, nonMembers);
        List<CalibratedPoint> calibrated = calibrated(members, nonMembers);
        Optional<CanaryBound> canaries = withCanaries && population == Population.NON_MEMBERS && evaluation.canaryGuesses().isPresent()
                ? Optional.of(canaries(evaluation.canaryGuesses().getAsInt())) : Optional.empty();
        boolean comparable = scores.hasGroups(Population.MEMBERS) && scores.hasGroups(population); // patients with patients
        Optional<ControlDifference> difference = control.flatMap(other -> difference(members, nonMembers,
                () -> LearnedAnew.ofSentences(scores, population), () -> LearnedAnew.ofSentences(other, population),
                RocCurve.of(other.grouped(Population.MEMBERS), other.grouped(population)),
                isGrouped ? Optional.empty() : Optional.of(beyond(scores.minus(other)))));
        return new AttackResult(scores.name(), scores.definition(), members.size(), nonMembers.size(), curve.areaUnderCurve(),
                areaInterval(members, nonMembers, () -> LearnedAnew.ofSentences(scores, population)), curve.bestAdvantage(),
                rates.wanted, rates.curve, calibrated,
                areaTest,
                isGrouped ? Optional.empty() : Optional.of(Exceedance.of(members.scores(), nonMembers.scores())), difference,
                isGrouped ? Optional.empty() : leakage(calibrated), canaries, comparable ? byPatient() : Optional.empty());
    }

    /** What is found at each wanted rate, and at those that are drawn. */
    private record Rates(List<OperatingPoint> wanted, RocBand curve) {
    }

    /** With intervals that are all from the same draws. */
    private Rates rates(RocCurve curve, GroupedScores ofMembers, GroupedScores ofOthers) {
        int wanted = evaluation.falsePositiveRates().size();
        List<Double> drawn = RocBand.rates(ofOthers.size());
        List<Double> rates = Stream.concat(evaluation.falsePositiveRates().stream(), drawn.stream()).toList();
        List<Optional<Interval>> intervals = truePositiveRates(ofMembers, ofOthers, rates);
        return new Rates(
                IntStream.range(0, wanted).mapToObj(rate -> point(curve, ofOthers, rates.get(rate), intervals.get(rate))).toList(),
                RocBand.of(curve, drawn, intervals.subList(wanted, rates.size())));
    }

    private Optional<Interval> areaInterval(GroupedScores ofMembers, GroupedScores ofOthers, Supplier<DeLong> area) {
        return enough(ofMembers, ofOthers) ? Optional.of(area.get().interval(evaluation.confidence())) : Optional.empty();
    }

    private static boolean enough(GroupedScores ofMembers, GroupedScores ofOthers) {
        return Math.min(ofMembers.groupCount(), ofOthers.groupCount()) >= AttackResult.FEWEST_FOR_INTERVAL;
    }

    /** The intervals of the TPR at several rates, all from the same draws. */
    private List<Optional<Interval>> truePositiveRates(GroupedScores ofMembers, GroupedScores ofOthers, List<Double> rates) {
        return enough(ofMembers, ofOthers)
                ? ClusterBootstrap.of(ofMembers, ofOthers).withReplicates(evaluation.bootstrapReplicates()).withSeed(evaluation.seed())
                        .truePositiveRates(rates, evaluation.confidence()).stream().map(Optional::of).toList()
                : rates.stream().map(rate -> Optional.<Interval>empty()).toList();
    }

    /** Whether members score higher than the others by any of several attacks, all on the same sentences. */
    static JointPermutationTest areaTests(List<AttackScores> attacks, Population population, Evaluation evaluation) {
        return areaTests(attacks.stream().map(attack -> attack.grouped(Population.MEMBERS)).toList(),
                attacks.stream().map(attack -> attack.grouped(population)).toList(), evaluation);
    }

    private static JointPermutationTest areaTests(List<GroupedScores> ofMembers, List<GroupedScores> ofOthers, Evaluation evaluation) {
        if (Math.min(ofMembers.get(0).groupCount(), ofOthers.get(0).groupCount()) < 2) { // nobody to change places with
            List<PermutationTest> nothing = Collections.nCopies(ofMembers.size(), new PermutationTest(1, 1));
            return new JointPermutationTest(nothing, nothing);
        }
        return JointPermutationTest.of(ofMembers, ofOthers, evaluation.permutations(), evaluation.seed());
    }

    private Exceedance beyond(AttackScores difference) {
        return Exceedance.of(difference.scores(Population.MEMBERS), difference.scores(population));
    }

    private Optional<ControlDifference> difference(GroupedScores ofMembers, GroupedScores ofOthers, Supplier<DeLong> ofTarget,
            Supplier<DeLong> control, RocCurve curve, Optional<Exceedance> exceedance) {
        if (!enough(ofMembers, ofOthers)) {
            return Optional.empty();
        }
        DeLong ofControl = control.get();
        return Optional.of(new ControlDifference(ofControl.areaUnderCurve(),
                ofTarget.get().minus(ofControl, evaluation.confidence()),
                evaluation.falsePositiveRates().stream().map(curve::bestAtFalsePositiveRate).toList(),
                exceedance));
    }

    /** The same figures with a patient as a row; empty if p-values can't be calibrated for want of a second patient. */
    private Optional<AttackResult> byPatient() {
        return PatientScores.of(scores, population, evaluation)
                .map(patients -> independent(scores.definition() + "; of a patient the " + evaluation.groupReduction().label()
                        + (evaluation.groupReduction().isOfPValues() ? " of conformal p-values" : ""), patients));
    }

    /** The figures of rows that have nothing to do with one another. */
    private AttackResult independent(String definition, PatientScores patients) {
        RocCurve ofPatients = RocCurve.of(patients.members(), patients.nonMembers());
        GroupedScores rows = GroupedScores.ungrouped(patients.members());
        GroupedScores otherRows = GroupedScores.ungrouped(patients.nonMembers());
        Rates rates = rates(ofPatients, rows, otherRows);
        List<CalibratedPoint> calibrated = calibrated(rows, otherRows);
        Optional<ControlDifference> difference = control.flatMap(other -> {
            PatientScores ofControl = PatientScores.of(other, population, evaluation).orElseThrow();
            return difference(rows, otherRows, () -> LearnedAnew.ofPatients(scores, population, evaluation, patients),
                    () -> LearnedAnew.ofPatients(other, population, evaluation, ofControl),
                    RocCurve.of(ofControl.members(), ofControl.nonMembers()),
                    PatientScores.of(scores.minus(other), population, evaluation)
                            .map(beyond -> Exceedance.of(beyond.members(), beyond.nonMembers())));
        });
        return new AttackResult(scores.name(), definition, rows.size(), otherRows.size(), ofPatients.areaUnderCurve(),
                areaInterval(rows, otherRows, () -> LearnedAnew.ofPatients(scores, population, evaluation, patients)),
                ofPatients.bestAdvantage(), rates.wanted, rates.curve, calibrated,
                areaTests(List.of(rows), List.of(otherRows), evaluation).each().get(0),
                Optional.of(Exceedance.of(patients.members(), patients.nonMembers())), difference,
                leakage(calibrated), Optional.empty(), Optional.empty());
    }

    private Optional<Leakage> leakage(List<CalibratedPoint> calibrated) {
        List<ConfusionMatrix> decisions = calibrated.stream().flatMap(point -> point.decisions().stream()).map(Decisions::confusion)
                .toList();
        if (decisions.isEmpty()) {
            return Optional.empty();
        }
        double level = evaluation.confidence();
        int tests = 2 * decisions.size();
        double bound = decisions.stream()
                .flatMap(accepted -> Stream.of(accepted,
                        new ConfusionMatrix(accepted.trueNegatives(), accepted.falsePositives(), accepted.falseNegatives(),
                                accepted.truePositives())))
                .mapToDouble(matrix -> EmpiricalLeakage.ratioBound(matrix, 0, level, tests).orElse(0)).max().orElseThrow();
        return Optional.of(new Leakage(Math.max(0, bound), level, tests));
    }

    private CanaryBound canaries(int guesses) {
        int all = Math.addExact(members.size(), nonMembers.size());
        if (guesses > all) {
            throw new AuditException(guesses + " canary guesses, but only " + all + " canaries; guess at most as many");
        }
        double level = evaluation.confidence();
        int correct = EmpiricalLeakage.correctGuesses(members.scores(), nonMembers.scores(), guesses);
        return new CanaryBound(all, guesses, correct, EmpiricalLeakage.oneRunLowerBound(all, guesses, correct, 0, level), level);
    }

    private OperatingPoint point(RocCurve of, GroupedScores ofOthers, double rate, Optional<Interval> interval) {
        int allowed = DecisionThreshold.falsePositivesAllowed(of.nonMemberCount(), rate);
        RocPoint best = of.bestAtFalsePositiveRate(rate);
        OptionalDouble partial = rate > 0 ? OptionalDouble.of(of.standardisedPartialArea(rate)) : OptionalDouble.empty();
        return new OperatingPoint(rate, best, interval,
                share(GroupedCounts.of(ofOthers, score -> score >= best.threshold()), BinomialInterval::clustered),
                allowed, allowed > 0, partial, evaluation.prior().isPresent()
                        ? best.confusion().positivePredictiveValue(evaluation.prior().getAsDouble()) : OptionalDouble.empty());
    }

    private List<CalibratedPoint> calibrated(GroupedScores ofMembers, GroupedScores ofOthers) {
        if (ofOthers.groupCount() < 2) {
            return List.of();
        }
        List<GroupedScores> halves = ofOthers.halves(evaluation.seed());
        ConformalCalibration calibration = ConformalCalibration.of(halves.get(0));
        List<CalibratedPoint> points = new ArrayList<>();
        for (double alpha : evaluation.falsePositiveRates()) {
            if (alpha > 0) { // nothing can promise no false positive at all
                long needed = ConformalCalibration.groupsNeeded(alpha);
                points.add(new CalibratedPoint(alpha, calibration.groupCount(), needed, calibration.groupCount() < needed ? Optional.empty()
                        : Optional.of(decisions(calibration, ofMembers, halves.get(1), alpha))));
            }
        }
        return points;
    }

    private Decisions decisions(ConformalCalibration calibration, GroupedScores ofMembers, GroupedScores ofOthers, double alpha) {
        double threshold = calibration.threshold(alpha);
        GroupedCounts truePositives = GroupedCounts.of(ofMembers, score -> score > threshold);
        GroupedCounts falsePositives = GroupedCounts.of(ofOthers, score -> score > threshold);
        return new Decisions(
                new ConfusionMatrix(truePositives.successes(), ofMembers.size() - truePositives.successes(), falsePositives.successes(),
                        ofOthers.size() - falsePositives.successes()),
                truePositives.meanShare(), share(truePositives, BinomialInterval::ofGroups), falsePositives.meanShare(),
                share(falsePositives, BinomialInterval::ofGroups));
    }

    /** Of a share of trials in groups, at a level. */
    private interface GroupedInterval {
        Interval of(GroupedCounts accepted, double level);
    }

    /** The interval of the share of scores that a threshold accepts; empty where one patient has them all. */
    private Optional<Interval> share(GroupedCounts accepted, GroupedInterval ofGroups) {
        if (accepted.groupCount() < accepted.trials()) {
            return accepted.groupCount() < 2 ? Optional.empty() : Optional.of(ofGroups.of(accepted, evaluation.confidence()));
        }
        return Optional.of(BinomialInterval.of(accepted.successes(), accepted.trials(), evaluation.confidence()));
    }
}
