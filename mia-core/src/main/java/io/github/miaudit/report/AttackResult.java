package io.github.miaudit.report;

import io.github.miaudit.data.Population;
import io.github.miaudit.membership.AttackScores;
import io.github.miaudit.metrics.BinomialInterval;
import io.github.miaudit.metrics.ClusterBootstrap;
import io.github.miaudit.metrics.ConformalCalibration;
import io.github.miaudit.metrics.ConfusionMatrix;
import io.github.miaudit.metrics.DeLong;
import io.github.miaudit.metrics.DecisionThreshold;
import io.github.miaudit.metrics.GroupReduction;
import io.github.miaudit.metrics.GroupedScores;
import io.github.miaudit.metrics.Interval;
import io.github.miaudit.metrics.RocCurve;
import io.github.miaudit.metrics.RocPoint;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * How well one attack tells members from another population. Where groups (patients) are known, they are the units
 * of all intervals.
 *
 * @param name            the attack
 * @param definition      what it computes, in one line
 * @param memberCount     members compared
 * @param nonMemberCount  rows of the other population
 * @param areaUnderCurve  AUC: the probability that a member scores above a non-member, ties counting half; below
 *                        0.5 is reported as it is
 * @param areaInterval    of the AUC: by cluster bootstrap over groups, else DeLong's; empty with fewer than two groups
 *                        or rows of a kind
 * @param bestAdvantage   the threshold at which TPR - FPR is largest
 * @param operatingPoints the best threshold at each wanted false positive rate, in the order wanted
 * @param calibrated      thresholds promised by calibration on half of the non-members' groups, at the wanted rates,
 *                        evaluated on the other half; empty with fewer than two groups
 * @param byGroup         the same figures with a group as a row, scored by the mean of its sentences; empty where
 *                        groups are not known
 */
public record AttackResult(String name, String definition, int memberCount, int nonMemberCount, double areaUnderCurve,
        Optional<Interval> areaInterval, RocPoint bestAdvantage, List<OperatingPoint> operatingPoints, List<CalibratedPoint> calibrated,
        Optional<AttackResult> byGroup) {

    /**
     * The best threshold whose false positive rate does not exceed a wanted one.
     *
     * @param maximumFalsePositiveRate the wanted rate
     * @param point                    the point of the ROC curve, never interpolated
     * @param interval                 of the TPR: by cluster bootstrap over groups, the threshold chosen anew each
     *                                 time, else Clopper and Pearson's with the threshold taken as fixed; empty with
     *                                 fewer than two groups of a kind
     * @param falsePositivesAllowed    how many false positives the rate allows; below 10 the figure hangs on a few
     * @param resolvable               whether it allows any: if not, the TPR is that without a single false positive
     * @param positivePredictiveValue  at the stated prior; empty without a prior, or if nobody is accepted
     */
    public record OperatingPoint(double maximumFalsePositiveRate, RocPoint point, Optional<Interval> interval,
            int falsePositivesAllowed, boolean resolvable, OptionalDouble positivePredictiveValue) {
    }

    /**
     * Decisions by conformal p-values of at most alpha, from non-members that are not evaluated.
     *
     * @param alpha            the false positive rate that is promised
     * @param calibrationCount non-members that it was calibrated on
     * @param needed           how many it takes at least
     * @param decisions        on the members and the evaluated non-members; empty if there are fewer than needed
     */
    public record CalibratedPoint(double alpha, int calibrationCount, long needed, Optional<ConfusionMatrix> decisions) {
    }

    /**
     * Copies the list.
     *
     * @param name            kept
     * @param definition      kept
     * @param memberCount     kept
     * @param nonMemberCount  kept
     * @param areaUnderCurve  kept
     * @param areaInterval    kept
     * @param bestAdvantage   kept
     * @param operatingPoints copied
     * @param calibrated      copied
     * @param byGroup         kept
     */
    public AttackResult {
        operatingPoints = List.copyOf(operatingPoints);
        calibrated = List.copyOf(calibrated);
    }

    static AttackResult of(AttackScores scores, Population population, Evaluation evaluation) {
        GroupedScores members = scores.grouped(Population.MEMBERS);
        GroupedScores nonMembers = scores.grouped(population);
        if (!scores.hasGroups(Population.MEMBERS) && !scores.hasGroups(population)) {
            return independent(scores, members.scores(), nonMembers.scores(), evaluation);
        }
        AttackResult byGroup = independent(scores, members.reduce(GroupReduction.mean()), nonMembers.reduce(GroupReduction.mean()), evaluation);
        Optional<ClusterBootstrap> bootstrap = members.groupCount() < 2 || nonMembers.groupCount() < 2 ? Optional.empty()
                : Optional.of(ClusterBootstrap.of(members, nonMembers).withReplicates(evaluation.bootstrapReplicates()).withSeed(evaluation.seed()));
        RocCurve curve = RocCurve.of(members.scores(), nonMembers.scores());
        List<OperatingPoint> points = new ArrayList<>();
        for (double rate : evaluation.falsePositiveRates()) {
            points.add(point(curve, rate, evaluation, bootstrap.map(drawn -> drawn.truePositiveRate(rate, evaluation.confidence()))));
        }
        return new AttackResult(scores.name(), scores.definition(), members.size(), nonMembers.size(), curve.areaUnderCurve(),
                bootstrap.map(drawn -> drawn.areaUnderCurve(evaluation.confidence())), curve.bestAdvantage(), points,
                calibrated(members, nonMembers, evaluation), Optional.of(byGroup));
    }

    /** The figures of rows that have nothing to do with one another. */
    private static AttackResult independent(AttackScores scores, double[] members, double[] nonMembers, Evaluation evaluation) {
        RocCurve curve = RocCurve.of(members, nonMembers);
        Optional<Interval> area = members.length < 2 || nonMembers.length < 2 ? Optional.empty()
                : Optional.of(DeLong.of(members, nonMembers).interval(evaluation.confidence()));
        List<OperatingPoint> points = new ArrayList<>();
        for (double rate : evaluation.falsePositiveRates()) {
            int accepted = curve.bestAtFalsePositiveRate(rate).confusion().truePositives();
            points.add(point(curve, rate, evaluation, Optional.of(BinomialInterval.clopperPearson(accepted, members.length, evaluation.confidence()))));
        }
        return new AttackResult(scores.name(), scores.definition(), members.length, nonMembers.length, curve.areaUnderCurve(), area,
                curve.bestAdvantage(), points,
                calibrated(GroupedScores.ungrouped(members), GroupedScores.ungrouped(nonMembers), evaluation), Optional.empty());
    }

    private static OperatingPoint point(RocCurve curve, double rate, Evaluation evaluation, Optional<Interval> interval) {
        int allowed = DecisionThreshold.falsePositivesAllowed(curve.nonMemberCount(), rate);
        RocPoint best = curve.bestAtFalsePositiveRate(rate);
        return new OperatingPoint(rate, best, interval, allowed, allowed > 0, evaluation.prior().isPresent()
                ? best.confusion().positivePredictiveValue(evaluation.prior().getAsDouble()) : OptionalDouble.empty());
    }

    private static List<CalibratedPoint> calibrated(GroupedScores members, GroupedScores nonMembers, Evaluation evaluation) {
        if (nonMembers.groupCount() < 2) {
            return List.of();
        }
        List<GroupedScores> halves = nonMembers.halves(evaluation.seed());
        ConformalCalibration calibration = ConformalCalibration.of(halves.get(0).scores());
        List<CalibratedPoint> points = new ArrayList<>();
        for (double alpha : evaluation.falsePositiveRates()) {
            if (alpha > 0) { // nothing can promise no false positive at all
                long needed = ConformalCalibration.scoresNeeded(alpha);
                points.add(new CalibratedPoint(alpha, calibration.size(), needed, calibration.size() < needed ? Optional.empty()
                        : Optional.of(decisions(calibration, members, halves.get(1), alpha))));
            }
        }
        return points;
    }

    private static ConfusionMatrix decisions(ConformalCalibration calibration, GroupedScores members, GroupedScores nonMembers, double alpha) {
        int truePositives = calibration.countAccepted(members.scores(), alpha);
        int falsePositives = calibration.countAccepted(nonMembers.scores(), alpha);
        return new ConfusionMatrix(truePositives, members.size() - truePositives, falsePositives, nonMembers.size() - falsePositives);
    }
}
