package io.github.miaudit.report;

import io.github.miaudit.evaluation.AttackResult;
import io.github.miaudit.evaluation.AttackResult.Decisions;
import io.github.miaudit.metrics.ConformalCalibration;
import io.github.miaudit.metrics.Interval;
import java.util.List;
import java.util.Optional;

/**
 * Decisions by conformal p-values of at most alpha, from non-members that are not evaluated. Where patients are known, rates are
 * means over them. All rates are empty if there are too few to calibrate on, or if one of them is of too few patients to be told: how
 * many others are accepted says where on the curve the TPR is.
 *
 * @param alpha                       the false positive rate that is promised
 * @param fpr                         the share of the evaluated non-members that is accepted; empty if suppressed
 * @param fprInterval                 of it; empty where there are too few, or if suppressed
 * @param tpr                         the share of the members that is accepted; empty if suppressed
 * @param tprInterval                 of it; empty where there are too few, or if suppressed
 * @param calibrationNonMembers       how many there are to calibrate on: patients where they are known, else rows
 * @param calibrationNonMembersNeeded how many of them alpha takes at least
 * @param suppressed                  whether the rates are not told because one of them is of few
 */
public record CalibratedPoint(double alpha, Optional<Double> fpr, Optional<Interval> fprInterval, Optional<Double> tpr,
        Optional<Interval> tprInterval, int calibrationNonMembers, long calibrationNonMembersNeeded, boolean suppressed) {

    /**
     * Checks the rates.
     *
     * @throws IllegalArgumentException if one is not in [0, 1]
     */
    public CalibratedPoint {
        Shares.require("calibrated", List.of(Optional.of(alpha), fpr, tpr));
    }

    static CalibratedPoint of(AttackResult.CalibratedPoint point, Disclosure.OfCurve disclosure) {
        boolean told = disclosure.tells(point);
        Optional<Decisions> decisions = point.decisions().filter(decided -> told);
        return new CalibratedPoint(point.alpha(), decisions.map(disclosure::falsePositiveRate),
                decisions.flatMap(Decisions::falsePositiveInterval).map(CalibratedPoint::told), decisions.map(disclosure::truePositiveRate),
                decisions.flatMap(Decisions::truePositiveInterval).map(CalibratedPoint::told), point.calibrationCount(), point.needed(),
                !told);
    }

    private static Interval told(Interval exact) {
        return Digits.of(exact).outward(exact);
    }

    /** How many to calibrate on it takes for an FPR near alpha; with fewer it is mostly far below. */
    public long neededForNear() {
        return ConformalCalibration.groupsForNear(alpha);
    }

    /** Whether there are enough to calibrate on; what came of it may not be told. */
    public boolean isPromised() {
        return suppressed || tpr.isPresent();
    }
}
