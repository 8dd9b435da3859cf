package io.github.miaudit.report;

import io.github.miaudit.evaluation.AttackResult;
import io.github.miaudit.evaluation.ControlDifference;
import io.github.miaudit.metrics.Interval;
import io.github.miaudit.metrics.RocPoint;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * What an attack finds in the target beyond what it finds in a control model that never saw the members.
 *
 * @param auc            the control's AUC
 * @param difference     the target's AUC minus the control's, paired on the same rows: above 0, the target remembers
 * @param interval       of the difference
 * @param pValue         of the hypothesis that the difference is not above 0
 * @param tprDifferences the target's TPR minus the control's at each wanted rate; those of few are empty
 * @param exceeding      members whose score by the target minus that by the control is above every other's; empty where rows depend on
 *                       one another
 */
public record Control(double auc, double difference, Interval interval, double pValue, List<Optional<Double>> tprDifferences,
        Optional<Exceeding> exceeding) {

    /**
     * Copies the list.
     *
     * @throws IllegalArgumentException if the AUC or the p-value is not in [0, 1]
     */
    public Control {
        tprDifferences = List.copyOf(tprDifferences);
        Shares.require("control", List.of(Optional.of(auc), Optional.of(pValue)));
    }

    static Optional<Control> of(AttackResult attack, Disclosure.OfCurve disclosure) {
        return attack.control().map(control -> new Control(disclosure.area(control.controlArea()),
                disclosure.difference(control), disclosure.differenceInterval(control),
                disclosure.pValue(control.difference().pValueOfNoMore()), tprDifferences(attack, control, disclosure),
                control.exceedance().map(found -> Exceeding.of(found, disclosure.tellsOfOtherScores(found.exceeding())))));
    }

    private static List<Optional<Double>> tprDifferences(AttackResult attack, ControlDifference control, Disclosure.OfCurve disclosure) {
        return IntStream.range(0, control.controlPoints().size()).mapToObj(rate -> {
            AttackResult.OperatingPoint target = attack.operatingPoints().get(rate);
            RocPoint other = control.controlPoints().get(rate);
            return OperatingPoint.told(disclosure.differenceOfRates(target, other),
                    !disclosure.membersFound(target).isExact()
                            || !disclosure.tellsOfOtherScores(other.confusion().truePositives()));
        }).toList();
    }
}
