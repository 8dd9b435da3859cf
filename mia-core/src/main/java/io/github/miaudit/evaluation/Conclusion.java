package io.github.miaudit.evaluation;

import io.github.miaudit.metrics.Interval;
import java.util.Comparator;

/** What a comparison answers to the question whether an outsider can tell members from others. */
public enum Conclusion {

    /**
     * They can: some attack's interval of the AUC lies above 0.5, or at some false positive rate that can be resolved its TPR's
     * interval lies above the FPR's, so that few or many members stand out.
     */
    MEMBERS_CAN_BE_TOLD,

    /** No attack's does; which is no proof that none could. */
    NO_DIFFERENCE_DETECTED,

    /** The sets differ in more than membership ({@link Validity.Verdict#NOT_INTERPRETABLE}), so no figure shows memory. */
    NOT_INTERPRETABLE,

    /** No attack's AUC has an interval: there are too few patients, or sentences. */
    TOO_FEW;

    /**
     * The answer of a comparison. With several attacks and rates the best is looked at, and its interval is not corrected for
     * that: an answer is rather too alarming than too reassuring.
     *
     * @param comparison the comparison
     */
    public static Conclusion of(ComparisonResult comparison) {
        if (comparison.validity().verdict() == Validity.Verdict.NOT_INTERPRETABLE) {
            return NOT_INTERPRETABLE;
        }
        return strongest(comparison).areaInterval()
                .map(interval -> interval.lower() > 0.5 || comparison.attacks().stream().anyMatch(Conclusion::tellsSome)
                        ? MEMBERS_CAN_BE_TOLD : NO_DIFFERENCE_DETECTED)
                .orElse(TOO_FEW);
    }

    private static boolean tellsSome(AttackResult attack) {
        return attack.operatingPoints().stream().filter(AttackResult.OperatingPoint::resolvable)
                .anyMatch(point -> point.interval()
                        .flatMap(found -> point.falsePositiveInterval()
                                .filter(accused -> found.lower() > Math.max(accused.upper(), point.maximumFalsePositiveRate())))
                        .isPresent());
    }

    /**
     * The attack that an answer rests on: that with the highest lower bound of the AUC, or without intervals the highest AUC.
     *
     * @param comparison the comparison
     * @return its result
     */
    public static AttackResult strongest(ComparisonResult comparison) {
        return comparison.attacks().stream()
                .max(Comparator.comparingDouble((AttackResult attack) -> attack.areaInterval().map(Interval::lower).orElse(-1.0))
                        .thenComparingDouble(AttackResult::areaUnderCurve))
                .orElseThrow();
    }
}
