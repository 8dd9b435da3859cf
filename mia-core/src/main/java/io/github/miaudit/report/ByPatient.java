package io.github.miaudit.report;

import io.github.miaudit.evaluation.AttackResult;
import io.github.miaudit.metrics.Interval;
import java.util.List;
import java.util.Optional;

/**
 * How well an attack tells patients among the members from other patients; all counts are of patients.
 *
 * @param definition        what the attack computes of a patient, in one line
 * @param memberCount       patients among the members
 * @param nonMemberCount    patients of the other population
 * @param auc               the probability that a member scores above another, ties counting half
 * @param aucInterval       of it; empty with too few patients
 * @param bestAdvantage     the threshold at which TPR - FPR is largest
 * @param tprAtFpr          the best threshold at each wanted false positive rate
 * @param calibrated        thresholds promised by calibration on half of the other patients
 * @param aucPValue         of the hypothesis that members score no higher on the whole
 * @param exceeding         members above every other; empty where rows depend on one another
 * @param control           beside a control model; empty without one
 * @param empiricalLeakage  empty where nothing is calibrated, or if suppressed
 * @param canaryBound       always empty: canaries are sentences, not patients
 * @param roc               the curve, as {@link Attack#roc}
 * @param exposed           how many patients are exposed at each wanted rate
 */
public record ByPatient(String definition, int memberCount, int nonMemberCount, double auc, Optional<Interval> aucInterval,
        BestAdvantage bestAdvantage, List<OperatingPoint> tprAtFpr, List<CalibratedPoint> calibrated, double aucPValue,
        Optional<Exceeding> exceeding, Optional<Control> control, Optional<Leakage> empiricalLeakage, Optional<CanaryBound> canaryBound,
        List<List<Double>> roc, List<Exposed> exposed) {

    /**
     * Copies the lists.
     *
     * @throws IllegalArgumentException if the AUC or the p-value is not in [0, 1], or a row of the curve is no point
     */
    public ByPatient {
        tprAtFpr = List.copyOf(tprAtFpr);
        calibrated = List.copyOf(calibrated);
        exposed = List.copyOf(exposed);
        roc = Attack.points("byPatient", roc);
        Shares.require("byPatient", List.of(Optional.of(auc), Optional.of(aucPValue)));
    }

    static ByPatient of(AttackResult patients, Disclosure.OfCurve disclosure) {
        return new ByPatient(patients.definition(), patients.memberCount(), patients.nonMemberCount(), disclosure.area(),
                disclosure.areaInterval(), BestAdvantage.of(patients.bestAdvantage(), disclosure),
                patients.operatingPoints().stream().map(point -> OperatingPoint.of(point, disclosure)).toList(),
                patients.calibrated().stream().map(point -> CalibratedPoint.of(point, disclosure)).toList(),
                disclosure.pValue(patients.areaTest().higher()),
                patients.exceedance().map(found -> Exceeding.of(found, disclosure.tells(found))),
                Control.of(patients, disclosure), Leakage.of(patients, disclosure), CanaryBound.of(patients, disclosure),
                disclosure.curve(),
                patients.operatingPoints().stream().map(point -> Exposed.of(point, patients.memberCount(), disclosure)).toList());
    }
}
