package io.github.miaudit.evaluation;

import io.github.miaudit.metrics.ConfusionMatrix;
import io.github.miaudit.metrics.Interval;
import io.github.miaudit.metrics.PermutationTest;
import io.github.miaudit.metrics.RocPoint;
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
 * @param areaInterval    of the AUC, by groups; empty with fewer than {@value #FEWEST_FOR_INTERVAL} groups, or rows, of a kind
 * @param bestAdvantage   the threshold at which TPR - FPR is largest
 * @param operatingPoints the best threshold at each wanted false positive rate, in the order wanted
 * @param curve           the ROC curve for drawing
 * @param calibrated      thresholds promised by calibration on half of the non-members' groups, at the wanted rates,
 *                        evaluated on the other half; empty with fewer than two groups
 * @param areaTest        of the hypotheses that members score no higher, and no lower, by the AUC, groups being dealt anew
 * @param exceedance      members above every other; only of rows that have nothing to do with one another
 * @param control         the difference to a control model; empty without one, or with too few groups
 * @param leakage         how much likelier members are accepted than others, at least; empty where rows depend on one
 *                        another or nothing is calibrated
 * @param canaries        a lower bound of epsilon, if the sentences are canaries
 * @param byPatient       the same figures with a patient who is known as a row; empty unless patients are known on both sides, or
 *                        if p-values can't be calibrated for want of a second patient
 */
public record AttackResult(String name, String definition, int memberCount, int nonMemberCount, double areaUnderCurve,
        Optional<Interval> areaInterval, RocPoint bestAdvantage, List<OperatingPoint> operatingPoints, RocBand curve,
        List<CalibratedPoint> calibrated, PermutationTest areaTest, Optional<Exceedance> exceedance, Optional<ControlDifference> control,
        Optional<Leakage> leakage, Optional<CanaryBound> canaries, Optional<AttackResult> byPatient) {

    /** With fewer patients, or sentences, of a kind there is no interval of the AUC: measured, it would hold too rarely. */
    public static final int FEWEST_FOR_INTERVAL = 5;

    /**
     * The best threshold whose false positive rate does not exceed a wanted one.
     *
     * @param maximumFalsePositiveRate the wanted rate
     * @param point                    the point of the ROC curve, never interpolated
     * @param interval                 of the TPR, by bootstrap over groups, the threshold chosen anew each time; empty with fewer
     *                                 than {@value #FEWEST_FOR_INTERVAL} groups of a kind
     * @param falsePositiveInterval    of the threshold's false positive rate: Korn and Graubard's over groups, else
     *                                 Clopper and Pearson's; empty with fewer than two groups
     * @param falsePositivesAllowed    how many false positives the rate allows; below 10 the figure hangs on a few
     * @param resolvable               whether it allows any: if not, the TPR is that without a single false positive
     * @param standardisedPartialArea  of the ROC curve up to the wanted rate, 0.5 by chance and 1 at best (McClish 1989);
     *                                 empty at the rate 0
     * @param positivePredictiveValue  at the stated prior; empty without a prior, or if nobody is accepted
     */
    public record OperatingPoint(double maximumFalsePositiveRate, RocPoint point, Optional<Interval> interval,
            Optional<Interval> falsePositiveInterval, int falsePositivesAllowed, boolean resolvable, OptionalDouble standardisedPartialArea,
            OptionalDouble positivePredictiveValue) {
        /** The rate alone. */
        @Override
        public String toString() {
            return "OperatingPoint[" + maximumFalsePositiveRate + "]";
        }
    }

    /**
     * Decisions by conformal p-values of at most alpha, from non-members that are not evaluated.
     *
     * @param alpha            the false positive rate that is promised
     * @param calibrationCount non-members that it was calibrated on: groups where they are known, else rows
     * @param needed           how many of them it takes at least
     * @param decisions        on the members and the evaluated non-members; empty if there are fewer than needed
     */
    public record CalibratedPoint(double alpha, int calibrationCount, long needed, Optional<Decisions> decisions) {
        /** The rate alone. */
        @Override
        public String toString() {
            return "CalibratedPoint[" + alpha + "]";
        }
    }

    /**
     * What a calibrated threshold decides. Rates are means over groups, which is what is promised: a group counts as one
     * however many rows it has.
     *
     * @param confusion             the counts of rows
     * @param truePositiveRate      mean over the members' groups of the share of their rows that is accepted
     * @param truePositiveInterval  of it: Korn and Graubard's over groups, else Clopper and Pearson's; empty with fewer
     *                              than two groups
     * @param falsePositiveRate     likewise of the evaluated non-members
     * @param falsePositiveInterval likewise
     */
    public record Decisions(ConfusionMatrix confusion, double truePositiveRate, Optional<Interval> truePositiveInterval,
            double falsePositiveRate, Optional<Interval> falsePositiveInterval) {
        /** No figure. */
        @Override
        public String toString() {
            return "Decisions";
        }
    }

    /**
     * The empirical leakage: the greatest of {@code ln(lower(TPR) / upper(FPR))} and {@code ln(lower(TNR) / upper(FNR))}
     * over the calibrated thresholds, with Clopper-Pearson bounds corrected for their number (Bonferroni). No statement
     * about differential privacy: whether a sentence is a member was not drawn at random.
     *
     * @param bound      nats, at least 0
     * @param level      of the bound
     * @param thresholds from how many tests it is the greatest
     */
    public record Leakage(double bound, double level, int thresholds) {
    }

    /**
     * A lower bound of epsilon from one training run on randomised canaries.
     *
     * @param canaries          members and non-members
     * @param guesses           of how many the attacker guessed the membership
     * @param correct           how many of the guesses are right
     * @param epsilonLowerBound nats, at least 0; pure (delta = 0) differential privacy with less is refuted
     * @param level             of the bound
     * @see io.github.miaudit.metrics.EmpiricalLeakage#oneRunLowerBound
     */
    public record CanaryBound(int canaries, int guesses, int correct, double epsilonLowerBound, double level) {
    }

    /** Copies the lists. */
    public AttackResult {
        operatingPoints = List.copyOf(operatingPoints);
        calibrated = List.copyOf(calibrated);
    }

    /** The name alone: figures of few patients belong in no log. */
    @Override
    public String toString() {
        return "AttackResult[" + name + "]";
    }
}
