package io.github.miaudit.report;

import io.github.miaudit.data.Population;
import io.github.miaudit.membership.AttackScores;
import io.github.miaudit.metrics.BinomialInterval;
import io.github.miaudit.metrics.ClusterBootstrap;
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
 * @param byGroup         the same figures with a group as a row, scored by the mean of its sentences; empty where
 *                        groups are not known
 */
public record AttackResult(String name, String definition, int memberCount, int nonMemberCount, double areaUnderCurve,
        Optional<Interval> areaInterval, RocPoint bestAdvantage, List<OperatingPoint> operatingPoints, Optional<AttackResult> byGroup) {

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
     */
    public record OperatingPoint(double maximumFalsePositiveRate, RocPoint point, Optional<Interval> interval,
            int falsePositivesAllowed, boolean resolvable) {
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
     * @param byGroup         kept
     */
    public AttackResult {
        operatingPoints = List.copyOf(operatingPoints);
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
            points.add(point(curve, rate, bootstrap.map(drawn -> drawn.truePositiveRate(rate, evaluation.confidence()))));
        }
        return new AttackResult(scores.name(), scores.definition(), members.size(), nonMembers.size(), curve.areaUnderCurve(),
                bootstrap.map(drawn -> drawn.areaUnderCurve(evaluation.confidence())), curve.bestAdvantage(), points, Optional.of(byGroup));
    }

    /** The figures of rows that have nothing to do with one another. */
    private static AttackResult independent(AttackScores scores, double[] members, double[] nonMembers, Evaluation evaluation) {
        RocCurve curve = RocCurve.of(members, nonMembers);
        Optional<Interval> area = members.length < 2 || nonMembers.length < 2 ? Optional.empty()
                : Optional.of(DeLong.of(members, nonMembers).interval(evaluation.confidence()));
        List<OperatingPoint> points = new ArrayList<>();
        for (double rate : evaluation.falsePositiveRates()) {
            int accepted = curve.bestAtFalsePositiveRate(rate).confusion().truePositives();
            points.add(point(curve, rate, Optional.of(BinomialInterval.clopperPearson(accepted, members.length, evaluation.confidence()))));
        }
        return new AttackResult(scores.name(), scores.definition(), members.length, nonMembers.length, curve.areaUnderCurve(), area,
                curve.bestAdvantage(), points, Optional.empty());
    }

    private static OperatingPoint point(RocCurve curve, double rate, Optional<Interval> interval) {
        int allowed = DecisionThreshold.falsePositivesAllowed(curve.nonMemberCount(), rate);
        return new OperatingPoint(rate, curve.bestAtFalsePositiveRate(rate), interval, allowed, allowed > 0);
    }
}
