package io.github.miaudit.report;

import io.github.miaudit.membership.AttackScores;
import io.github.miaudit.data.Population;
import io.github.miaudit.metrics.RocCurve;
import io.github.miaudit.metrics.RocPoint;
import java.util.ArrayList;
import java.util.List;

/**
 * How well one attack tells members from another population.
 *
 * @param name            the attack
 * @param definition      what it computes, in one line
 * @param areaUnderCurve  AUC: the probability that a member scores above a non-member, ties counting half; below
 *                        0.5 is reported as it is
 * @param bestAdvantage   the threshold at which TPR - FPR is largest
 * @param operatingPoints the best threshold at each wanted false positive rate, in the order wanted
 */
public record AttackResult(String name, String definition, double areaUnderCurve, RocPoint bestAdvantage,
        List<OperatingPoint> operatingPoints) {

    /**
     * The best threshold whose false positive rate does not exceed a wanted one.
     *
     * @param maximumFalsePositiveRate the wanted rate
     * @param point                    the point of the ROC curve, never interpolated
     */
    public record OperatingPoint(double maximumFalsePositiveRate, RocPoint point) {
    }

    /**
     * Copies the list.
     *
     * @param name            kept
     * @param definition      kept
     * @param areaUnderCurve  kept
     * @param bestAdvantage   kept
     * @param operatingPoints copied
     */
    public AttackResult {
        operatingPoints = List.copyOf(operatingPoints);
    }

    static AttackResult of(AttackScores scores, Population nonMembers, List<Double> falsePositiveRates) {
        RocCurve curve = RocCurve.of(scores.scores(Population.MEMBERS), scores.scores(nonMembers));
        List<OperatingPoint> points = new ArrayList<>();
        for (double rate : falsePositiveRates) {
            points.add(new OperatingPoint(rate, curve.bestAtFalsePositiveRate(rate)));
        }
        return new AttackResult(scores.name(), scores.definition(), curve.areaUnderCurve(), curve.bestAdvantage(), points);
    }
}
