package io.github.miaudit.report;

import io.github.miaudit.data.Population;
import io.github.miaudit.evaluation.AttackResult;
import io.github.miaudit.membership.AttackScores;
import io.github.miaudit.metrics.Interval;
import java.util.List;
import java.util.Optional;

/**
 * How well one attack tells members from another population, with a sentence as a row. Where patients are known, they are the
 * units of all intervals. Figures are told to two digits of the half width of their interval (without one, of {@code 1 / sqrt(n)} for n
 * patients, else sentences), in the attack's favour: areas away from 0.5, differences away from 0, other rates, shares and p-values
 * upwards, FPRs downwards; intervals outwards, bounds so that they hold. Where patients are known, and unless the smallest count is 1,
 * what would tell counts of few is rounded more: areas and the ends of their intervals to a step within which {@code 2 c} ranks of
 * patients lie, c being that count or at least 5; where some rate finds few of the m patients, or all but few, those within
 * {@code c / m} of 0, or of 1, are told as one, and all areas to the nearest step. P-values have one digit then, else two.
 *
 * @param name              the attack; no two of an audit share one
 * @param definition        what it computes, in one line
 * @param auc               the probability that a member scores above another, ties counting half
 * @param aucInterval       of it; empty with too few patients, or sentences
 * @param bestAdvantage     the threshold at which TPR - FPR is largest
 * @param tprAtFpr          the best threshold at each wanted false positive rate
 * @param calibrated        thresholds promised by calibration on half of the non-members
 * @param aucPValue         of the hypothesis that members score no higher on the whole
 * @param exceeding         members above every other; empty where rows depend on one another
 * @param control           beside a control model; empty without one
 * @param empiricalLeakage  empty where sentences depend on one another or nothing is calibrated, or if suppressed
 * @param canaryBound       of the first attack, if the sentences are canaries, which it counts one by one
 * @param roc               the curve: rows of FPR and TPR and, where there is one, the ends of the TPR's interval; points of few are left
 *                          out, and those that allow one false positive more or less than another that is told
 * @param byPatient         the same with a patient as a row; empty where patients are not known on both sides, or are too few to be told
 */
public record Attack(String name, String definition, double auc, Optional<Interval> aucInterval, BestAdvantage bestAdvantage,
        List<OperatingPoint> tprAtFpr, List<CalibratedPoint> calibrated, double aucPValue,
        Optional<Exceeding> exceeding, Optional<Control> control, Optional<Leakage> empiricalLeakage, Optional<CanaryBound> canaryBound,
        List<List<Double>> roc, Optional<ByPatient> byPatient) {

    /**
     * Copies the lists.
     *
     * @throws IllegalArgumentException if the AUC or the p-value is not in [0, 1], or a row of the curve is no point
     */
    public Attack {
        tprAtFpr = List.copyOf(tprAtFpr);
        calibrated = List.copyOf(calibrated);
        roc = points(name, roc);
        Shares.require(name, List.of(Optional.of(auc), Optional.of(aucPValue)));
    }

    /** The rows of a curve, copied. */
    static List<List<Double>> points(String name, List<List<Double>> roc) {
        if (roc.isEmpty() || !roc.stream().allMatch(Attack::isPoint)) {
            throw new IllegalArgumentException(
                    "roc of " + name + " must have points of 2 or 4 numbers, in [0, 1], the first of them above 0");
        }
        return roc.stream().map(List::copyOf).toList();
    }

    private static boolean isPoint(List<Double> numbers) {
        return (numbers.size() == 2 || numbers.size() == 4) && numbers.get(0) > 0
                && numbers.stream().allMatch(number -> number >= 0 && number <= 1);
    }

    static Attack of(AttackResult attack, AttackScores scores, Population others, Disclosure disclosure) {
        Disclosure.OfCurve ofSentences = disclosure.ofSentences(attack, scores, others);
        return new Attack(attack.name(), attack.definition(), ofSentences.area(), ofSentences.areaInterval(),
                BestAdvantage.of(attack.bestAdvantage(), ofSentences),
                attack.operatingPoints().stream().map(point -> OperatingPoint.of(point, ofSentences)).toList(),
                attack.calibrated().stream().map(point -> CalibratedPoint.of(point, ofSentences)).toList(),
                ofSentences.pValue(attack.areaTest().higher()),
                attack.exceedance().map(found -> Exceeding.of(found, ofSentences.tells(found))), Control.of(attack, ofSentences),
                Leakage.of(attack, ofSentences), CanaryBound.of(attack, ofSentences),
                ofSentences.curve(),
                disclosure.byPatient(attack).map(patients -> ByPatient.of(patients, disclosure.ofPatients(patients))));
    }

    /** The empirical leakage by sentence, or by patient where sentences depend on one another; empty where neither has one. */
    public Optional<Leakage> leakage() {
        return empiricalLeakage.or(() -> byPatient.flatMap(ByPatient::empiricalLeakage));
    }
}
