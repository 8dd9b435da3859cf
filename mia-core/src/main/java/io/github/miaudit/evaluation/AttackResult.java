package io.github.miaudit.evaluation;

import io.github.miaudit.data.Population;
import io.github.miaudit.io.AuditException;
import io.github.miaudit.membership.AttackScores;
import io.github.miaudit.metrics.BinomialInterval;
import io.github.miaudit.metrics.ClusterBootstrap;
import io.github.miaudit.metrics.ConformalCalibration;
import io.github.miaudit.metrics.ConfusionMatrix;
import io.github.miaudit.metrics.DeLong;
import io.github.miaudit.metrics.DecisionThreshold;
import io.github.miaudit.metrics.EmpiricalLeakage;
import io.github.miaudit.metrics.GroupReduction;
import io.github.miaudit.metrics.GroupedScores;
import io.github.miaudit.metrics.Interval;
import io.github.miaudit.metrics.PermutationTest;
import io.github.miaudit.metrics.RocCurve;
import io.github.miaudit.metrics.RocPoint;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.DoublePredicate;
import java.util.function.IntPredicate;
import java.util.stream.Stream;

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
 * @param areaInterval    of the AUC: by cluster bootstrap over groups, else DeLong's; empty with fewer than
 *                        {@value #FEWEST_FOR_INTERVAL} groups, or rows, of a kind, where neither holds
 * @param bestAdvantage   the threshold at which TPR - FPR is largest
 * @param operatingPoints the best threshold at each wanted false positive rate, in the order wanted
 * @param calibrated      thresholds promised by calibration on half of the non-members' groups, at the wanted rates,
 *                        evaluated on the other half; empty with fewer than two groups
 * @param permutationPValue of the hypothesis that members score no higher, groups (else rows) being dealt anew to the
 *                        two sides; empty if no permutations were asked for
 * @param leakage         how much likelier members are accepted than others, at least; empty where rows depend on one
 *                        another or nothing is calibrated
 * @param canaries        a lower bound of epsilon, if the sentences are canaries
 * @param byGroup         the same figures with a group as a row; empty unless groups are known on both sides, or if p-values
 *                        can't be calibrated for want of a second group
 */
public record AttackResult(String name, String definition, int memberCount, int nonMemberCount, double areaUnderCurve,
        Optional<Interval> areaInterval, RocPoint bestAdvantage, List<OperatingPoint> operatingPoints, List<CalibratedPoint> calibrated,
        OptionalDouble permutationPValue, Optional<Leakage> leakage, Optional<CanaryBound> canaries, Optional<AttackResult> byGroup) {

    /** With fewer patients, or sentences, of a kind there is no interval of the AUC: measured, it would hold too rarely. */
    public static final int FEWEST_FOR_INTERVAL = 5;

    /**
     * The best threshold whose false positive rate does not exceed a wanted one.
     *
     * @param maximumFalsePositiveRate the wanted rate
     * @param point                    the point of the ROC curve, never interpolated
     * @param interval                 of the TPR: by cluster bootstrap over groups, the threshold chosen anew each
     *                                 time, else Clopper and Pearson's or Wilson's with the threshold taken as fixed;
     *                                 empty with fewer than {@value #FEWEST_FOR_INTERVAL} groups of a kind
     * @param falsePositiveInterval    of the threshold's false positive rate: Korn and Graubard's over groups, else as the
     *                                 TPR's; empty with fewer than two groups
     * @param falsePositivesAllowed    how many false positives the rate allows; below 10 the figure hangs on a few
     * @param resolvable               whether it allows any: if not, the TPR is that without a single false positive
     * @param standardisedPartialArea  of the ROC curve up to the wanted rate, 0.5 by chance and 1 at best (McClish 1989);
     *                                 empty at the rate 0
     * @param positivePredictiveValue  at the stated prior; empty without a prior, or if nobody is accepted
     */
    public record OperatingPoint(double maximumFalsePositiveRate, RocPoint point, Optional<Interval> interval,
            Optional<Interval> falsePositiveInterval, int falsePositivesAllowed, boolean resolvable, OptionalDouble standardisedPartialArea, OptionalDouble positivePredictiveValue) {
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
    }

    /**
     * What a calibrated threshold decides. Rates are means over groups, which is what is promised: a group counts as one
     * however many rows it has.
     *
     * @param confusion             the counts of rows
     * @param truePositiveRate      mean over the members' groups of the share of their rows that is accepted
     * @param truePositiveInterval  of it: Korn and Graubard's over groups, else Clopper and Pearson's or Wilson's; empty
     *                              with fewer than two groups
     * @param falsePositiveRate     likewise of the evaluated non-members
     * @param falsePositiveInterval likewise
     */
    public record Decisions(ConfusionMatrix confusion, double truePositiveRate, Optional<Interval> truePositiveInterval,
            double falsePositiveRate, Optional<Interval> falsePositiveInterval) {
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

    /**
     * Copies the lists.
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
     * @param permutationPValue kept
     * @param leakage         kept
     * @param canaries        kept
     * @param byGroup         kept
     */
    public AttackResult {
        operatingPoints = List.copyOf(operatingPoints);
        calibrated = List.copyOf(calibrated);
    }

    /**
     * Which counts of accepted sentences, members or not, are too small to be told: where patients are known, few sentences are of
     * few patients.
     *
     * @param evaluation says how few
     * @return whether a count is hidden
     */
    public IntPredicate hiddenCounts(Evaluation evaluation) {
        return byGroup.isPresent() ? evaluation::hides : count -> false;
    }

    static AttackResult of(AttackScores scores, Population population, Evaluation evaluation) {
        GroupedScores members = scores.grouped(Population.MEMBERS);
        GroupedScores nonMembers = scores.grouped(population);
        Optional<CanaryBound> canaries = population != Population.NON_MEMBERS || evaluation.canaryGuesses().isEmpty() ? Optional.empty()
                : Optional.of(canaries(members.scores(), nonMembers.scores(), evaluation.canaryGuesses().getAsInt(), evaluation.confidence()));
        return scores.hasGroups(Population.MEMBERS) || scores.hasGroups(population)
                ? clustered(scores, population, members, nonMembers, canaries, evaluation)
                : independent(scores.name(), scores.definition(), members.scores(), nonMembers.scores(), canaries, evaluation);
    }

    /** The figures of sentences that come in groups. */
    private static AttackResult clustered(AttackScores scores, Population population, GroupedScores members, GroupedScores nonMembers, Optional<CanaryBound> canaries, Evaluation evaluation) {
        boolean comparable = scores.hasGroups(Population.MEMBERS) && scores.hasGroups(population); // patients with patients
        Optional<AttackResult> byGroup = comparable ? byGroup(scores, population, evaluation) : Optional.empty();
        Optional<ClusterBootstrap> bootstrap = Math.min(members.groupCount(), nonMembers.groupCount()) < FEWEST_FOR_INTERVAL ? Optional.empty()
                : Optional.of(ClusterBootstrap.of(members, nonMembers).withReplicates(evaluation.bootstrapReplicates()).withSeed(evaluation.seed()));
        RocCurve curve = RocCurve.of(members.scores(), nonMembers.scores());
        Optional<List<Interval>> intervals = bootstrap.map(drawn -> drawn.truePositiveRates(evaluation.falsePositiveRates(), evaluation.confidence()));
        List<OperatingPoint> points = new ArrayList<>();
        for (int rate = 0; rate < evaluation.falsePositiveRates().size(); rate++) {
            int wanted = rate;
            points.add(point(curve, nonMembers, evaluation.falsePositiveRates().get(rate), evaluation, intervals.map(all -> all.get(wanted))));
        }
        Optional<Interval> area = bootstrap.map(drawn -> evaluation.areaMethod().of(drawn, evaluation.confidence()));
        return new AttackResult(scores.name(), scores.definition(), members.size(), nonMembers.size(), curve.areaUnderCurve(), area,
                curve.bestAdvantage(), points, calibrated(members, nonMembers, evaluation), permutationPValue(members, nonMembers, evaluation),
                Optional.empty(), canaries, byGroup);
    }

    private static Optional<AttackResult> byGroup(AttackScores scores, Population population, Evaluation evaluation) {
        return patientScores(scores, population, evaluation).map(patients -> independent(scores.name(),
                scores.definition() + "; of a group the " + evaluation.groupReduction().label() + (evaluation.groupReduction().isOfPValues() ? " of conformal p-values" : ""),
                patients.members, patients.nonMembers, Optional.empty(), evaluation));
    }

    /** One score a group, in the order in which groups first appear; where p-values are combined, of half of the non-members' groups. */
    record PatientScores(double[] members, double[] nonMembers) {
    }

    /** Empty if p-values can't be calibrated for want of a second group. */
    static Optional<PatientScores> patientScores(AttackScores scores, Population population, Evaluation evaluation) {
        GroupReduction reduction = evaluation.groupReduction();
        GroupedScores members = scores.grouped(Population.MEMBERS);
        GroupedScores nonMembers = scores.grouped(population);
        if (!reduction.isOfPValues()) {
            return Optional.of(new PatientScores(members.reduce(reduction), nonMembers.reduce(reduction)));
        }
        if (nonMembers.groupCount() < 2) {
            return Optional.empty();
        }
        List<GroupedScores> halves = nonMembers.halves(evaluation.seed());
        ConformalCalibration calibration = ConformalCalibration.of(GroupedScores.ungrouped(halves.get(0).scores())); // scores, no promises
        return Optional.of(new PatientScores(members.withScores(calibration.pValues(members.scores())).reduce(reduction),
                halves.get(1).withScores(calibration.pValues(halves.get(1).scores())).reduce(reduction)));
    }

    /** The figures of rows that have nothing to do with one another. */
    private static AttackResult independent(String name, String definition, double[] members, double[] nonMembers, Optional<CanaryBound> canaries, Evaluation evaluation) {
        RocCurve curve = RocCurve.of(members, nonMembers);
        Optional<Interval> area = Math.min(members.length, nonMembers.length) < FEWEST_FOR_INTERVAL ? Optional.empty()
                : Optional.of(DeLong.of(members, nonMembers).interval(evaluation.confidence()));
        List<OperatingPoint> points = new ArrayList<>();
        GroupedScores rows = GroupedScores.ungrouped(members);
        GroupedScores otherRows = GroupedScores.ungrouped(nonMembers);
        for (double rate : evaluation.falsePositiveRates()) {
            double threshold = curve.bestAtFalsePositiveRate(rate).threshold();
            points.add(point(curve, otherRows, rate, evaluation, share(rows, score -> score >= threshold, evaluation, BinomialInterval::clustered)));
        }
        List<CalibratedPoint> calibrated = calibrated(rows, otherRows, evaluation);
        return new AttackResult(name, definition, members.length, nonMembers.length, curve.areaUnderCurve(), area, curve.bestAdvantage(), points,
                calibrated, permutationPValue(rows, otherRows, evaluation), leakage(calibrated, evaluation.confidence()), canaries, Optional.empty());
    }

    private static OptionalDouble permutationPValue(GroupedScores members, GroupedScores nonMembers, Evaluation evaluation) {
        return evaluation.permutations() == 0 ? OptionalDouble.empty()
                : OptionalDouble.of(PermutationTest.membersScoreHigher(members, nonMembers, evaluation.permutations(), evaluation.seed()));
    }

    private static Optional<Leakage> leakage(List<CalibratedPoint> calibrated, double level) {
        List<ConfusionMatrix> decisions = calibrated.stream().flatMap(point -> point.decisions().stream()).map(Decisions::confusion).toList();
        if (decisions.isEmpty()) {
            return Optional.empty();
        }
        int tests = 2 * decisions.size();
        double bound = decisions.stream()
                .flatMap(accepted -> Stream.of(accepted, new ConfusionMatrix(accepted.trueNegatives(), accepted.falsePositives(),
                        accepted.falseNegatives(), accepted.truePositives())))
                .mapToDouble(matrix -> EmpiricalLeakage.ratioBound(matrix, 0, level, tests).orElse(0)).max().orElseThrow();
        return Optional.of(new Leakage(Math.max(0, bound), level, tests));
    }

    private static CanaryBound canaries(double[] members, double[] nonMembers, int guesses, double level) {
        int all = Math.addExact(members.length, nonMembers.length);
        if (guesses > all) {
            throw new AuditException(guesses + " canary guesses, but only " + all + " canaries; guess at most as many");
        }
        int correct = EmpiricalLeakage.correctGuesses(members, nonMembers, guesses);
        return new CanaryBound(all, guesses, correct, EmpiricalLeakage.oneRunLowerBound(all, guesses, correct, 0, level), level);
    }

    private static OperatingPoint point(RocCurve curve, GroupedScores nonMembers, double rate, Evaluation evaluation, Optional<Interval> interval) {
        int allowed = DecisionThreshold.falsePositivesAllowed(curve.nonMemberCount(), rate);
        RocPoint best = curve.bestAtFalsePositiveRate(rate);
        OptionalDouble partial = rate > 0 ? OptionalDouble.of(curve.standardisedPartialArea(rate)) : OptionalDouble.empty();
        return new OperatingPoint(rate, best, interval, share(nonMembers, score -> score >= best.threshold(), evaluation, BinomialInterval::clustered), allowed, allowed > 0, partial, evaluation.prior().isPresent()
                ? best.confusion().positivePredictiveValue(evaluation.prior().getAsDouble()) : OptionalDouble.empty());
    }

    private static List<CalibratedPoint> calibrated(GroupedScores members, GroupedScores nonMembers, Evaluation evaluation) {
        if (nonMembers.groupCount() < 2) {
            return List.of();
        }
        List<GroupedScores> halves = nonMembers.halves(evaluation.seed());
        ConformalCalibration calibration = ConformalCalibration.of(halves.get(0));
        List<CalibratedPoint> points = new ArrayList<>();
        for (double alpha : evaluation.falsePositiveRates()) {
            if (alpha > 0) { // nothing can promise no false positive at all
                long needed = ConformalCalibration.groupsNeeded(alpha);
                points.add(new CalibratedPoint(alpha, calibration.groupCount(), needed, calibration.groupCount() < needed ? Optional.empty()
                        : Optional.of(decisions(calibration, members, halves.get(1), alpha, evaluation))));
            }
        }
        return points;
    }

    private static Decisions decisions(ConformalCalibration calibration, GroupedScores members, GroupedScores nonMembers, double alpha, Evaluation evaluation) {
        DoublePredicate accepted = score -> calibration.accepts(score, alpha);
        int truePositives = (int) Arrays.stream(members.scores()).filter(accepted).count();
        int falsePositives = (int) Arrays.stream(nonMembers.scores()).filter(accepted).count();
        return new Decisions(new ConfusionMatrix(truePositives, members.size() - truePositives, falsePositives, nonMembers.size() - falsePositives),
                meanShare(members, accepted), share(members, accepted, evaluation, BinomialInterval::ofGroups),
                meanShare(nonMembers, accepted), share(nonMembers, accepted, evaluation, BinomialInterval::ofGroups));
    }

    private static double[] outcomes(GroupedScores scores, DoublePredicate accepted) {
        return Arrays.stream(scores.scores()).map(score -> accepted.test(score) ? 1 : 0).toArray();
    }

    private static double meanShare(GroupedScores scores, DoublePredicate accepted) {
        return Arrays.stream(scores.withScores(outcomes(scores, accepted)).reduce(GroupReduction.mean())).sum() / scores.groupCount();
    }

    /** Of a share of trials in groups, at a level. */
    private interface GroupedInterval {
        Interval of(GroupedScores outcomes, double level);
    }

    /** The interval of the share of scores that a threshold accepts. */
    private static Optional<Interval> share(GroupedScores scores, DoublePredicate accepted, Evaluation evaluation, GroupedInterval ofGroups) {
        double[] outcomes = outcomes(scores, accepted);
        if (scores.groupCount() < scores.size()) {
            return scores.groupCount() < 2 ? Optional.empty() : Optional.of(ofGroups.of(scores.withScores(outcomes), evaluation.confidence()));
        }
        int count = (int) Arrays.stream(outcomes).sum();
        return Optional.of(ofShare(count, scores.size(), evaluation));
    }

    /** The interval of a share of independent trials. */
    static Interval ofShare(int count, int size, Evaluation evaluation) {
        return evaluation.rateMethod().of(count, size, evaluation.confidence());
    }
}
