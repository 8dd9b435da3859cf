package io.github.miaudit.evaluation;

import io.github.miaudit.data.Population;
import io.github.miaudit.likelihood.ScoreTable;
import io.github.miaudit.membership.AttackScores;
import io.github.miaudit.membership.MembershipAttack;
import io.github.miaudit.metrics.MultipleTesting;
import io.github.miaudit.metrics.PairedDifference;
import io.github.miaudit.metrics.RocCurve;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/**
 * Whether versions of a target leak more or less than a first one, such as before and after deduplication: the
 * differences of the attacks' AUCs on the same sentences, paired; where patients are known on both sides also of their AUCs by patient.
 * Far fewer sentences show a difference this way than by comparing two intervals.
 *
 * @param baseline    the first target's name
 * @param differences each other target's, attack by attack, by patient first
 */
public record TargetComparison(String baseline, List<Difference> differences) {

    /**
     * One attack on one target, beside the same attack on the baseline.
     *
     * @param target             the target's name
     * @param reference          the name of the reference that the attack used, if there are several to tell apart
     * @param attack             the attack's name
     * @param nonMembers         the population that plays the non-members
     * @param ranked             what the AUCs rank
     * @param baselineArea       the baseline's AUC
     * @param area               the target's AUC
     * @param difference         the target's AUC minus the baseline's: below 0, the target leaks less; paired, by groups where they are
     *                           known
     * @param adjustedPValue     its p-value, corrected for the number of all differences here with the same non-members, of patients and of
     *                           sentences together (Holm 1979)
     * @param smallestDetectable see {@link PairedDifference#smallestDetectable}, for as many differences
     * @param margin             p-value of the hypothesis that the AUCs differ by the stated margin or more, by two one-sided tests
     *                           (Schuirmann 1987), corrected likewise; empty if no margin is stated
     */
    public record Difference(String target, Optional<String> reference, String attack, Population nonMembers, Ranked ranked,
            double baselineArea, double area, PairedDifference difference, double adjustedPValue, OptionalDouble smallestDetectable,
            OptionalDouble margin) {

        /** Whether the test finds a difference: the corrected p-value is at most 1 - level of the interval. */
        public boolean isDetected() {
            return adjustedPValue <= alpha();
        }

        /** Whether the two are alike within the margin; empty if no margin is stated. */
        public Optional<Boolean> isWithinMargin() {
            return margin.isEmpty() ? Optional.empty() : Optional.of(margin.getAsDouble() <= alpha());
        }

        private double alpha() {
            return 1 - difference.interval().level();
        }

        private Difference among(int differences, double adjusted, OptionalDouble adjustedMargin) {
            return new Difference(target, reference, attack, nonMembers, ranked, baselineArea, area, difference, adjusted,
                    difference.smallestDetectable(difference.interval().level(), differences), adjustedMargin);
        }

        private Difference withReference(String name) {
            return new Difference(target, Optional.of(name), attack, nonMembers, ranked, baselineArea, area, difference, adjustedPValue,
                    smallestDetectable, margin);
        }
    }

    /** Copies the list. */
    public TargetComparison {
        differences = List.copyOf(differences);
    }

    /**
     * Compares targets.
     *
     * @param targets    name and scores of each target, the baseline first; of the same sentences
     * @param attacks    at least one
     * @param nonMembers the population that plays the non-members
     * @param evaluation level of the intervals, and the margin if there is one
     * @throws IllegalArgumentException          if there are fewer than two targets, no attack, or the sentences or their
     *                                           groups differ; or if members or non-members are fewer than two groups,
     *                                           or sentences
     * @throws io.github.miaudit.io.AuditException if nothing is left that all targets could score, or an attack fails
     */
    public static TargetComparison of(Map<String, ScoreTable> targets, List<MembershipAttack> attacks, Population nonMembers,
            Evaluation evaluation) {
        if (targets.size() < 2 || attacks.isEmpty()) {
            throw new IllegalArgumentException(
                    targets.size() + " targets and " + attacks.size() + " attacks; a comparison needs at least 2 and 1");
        }
        List<String> names = List.copyOf(targets.keySet());
        List<ScoreTable> tables = ScoreTable.scoredByAll(List.copyOf(targets.values()));
        List<Difference> differences = new ArrayList<>();
        for (MembershipAttack attack : attacks) {
            AttackScores baseline = AttackScores.withRefits(attack, tables.get(0));
            for (int target = 1; target < tables.size(); target++) {
                AttackScores scores = AttackScores.withRefits(attack, tables.get(target));
                String name = names.get(target);
                byPatient(scores, baseline, nonMembers, evaluation)
                        .map(found -> found.of(name, attack.name(), nonMembers, Ranked.PATIENTS, evaluation)).ifPresent(differences::add);
                differences.add(bySentence(scores, baseline, nonMembers, evaluation).of(name, attack.name(), nonMembers, Ranked.SENTENCES,
                        evaluation));
            }
        }
        return corrected(names.get(0), differences);
    }

    /**
     * The comparison by attacks that used a reference.
     *
     * @param name the reference's
     */
    public TargetComparison withReference(String name) {
        return new TargetComparison(baseline, differences.stream().map(difference -> difference.withReference(name)).toList());
    }

    /**
     * All differences of several comparisons, corrected for the number of all with the same non-members.
     *
     * @param comparisons of the same baseline, at least one
     * @return one comparison
     * @throws IllegalArgumentException if there is none or the baselines differ
     */
    public static TargetComparison joined(List<TargetComparison> comparisons) {
        List<String> baselines = comparisons.stream().map(TargetComparison::baseline).distinct().toList();
        if (baselines.size() != 1) {
            throw new IllegalArgumentException("baselines are " + baselines + "; one is needed");
        }
        return corrected(baselines.get(0), comparisons.stream().flatMap(comparison -> comparison.differences.stream()).toList());
    }

    /** Non-members and externals are questions of their own, each with its own correction. */
    private static TargetComparison corrected(String baseline, List<Difference> differences) {
        List<Difference> corrected = new ArrayList<>(differences);
        for (Population population : Population.values()) {
            int[] places = IntStream.range(0, differences.size()).filter(place -> differences.get(place).nonMembers == population)
                    .toArray();
            double[] adjusted = MultipleTesting
                    .holm(Arrays.stream(places).mapToDouble(place -> differences.get(place).difference.pValue()).toArray());
            double[] margins = MultipleTesting
                    .holm(Arrays.stream(places).mapToDouble(place -> differences.get(place).margin.orElse(1)).toArray());
            for (int each = 0; each < places.length; each++) {
                Difference plain = differences.get(places[each]);
                corrected.set(places[each], plain.among(places.length, adjusted[each],
                        plain.margin.isEmpty() ? plain.margin : OptionalDouble.of(margins[each])));
            }
        }
        return new TargetComparison(baseline, corrected);
    }

    /** Two areas and their difference. */
    private record Found(double baselineArea, double area, PairedDifference difference) {

        private Difference of(String target, String attack, Population nonMembers, Ranked ranked, Evaluation evaluation) {
            return new Difference(target, Optional.empty(), attack, nonMembers, ranked, baselineArea, area, difference, difference.pValue(),
                    OptionalDouble.empty(), evaluation.margin().isEmpty() ? OptionalDouble.empty()
                            : OptionalDouble.of(Math.max(difference.pValueOfAtLeast(evaluation.margin().getAsDouble()),
                                    difference.negated().pValueOfAtLeast(evaluation.margin().getAsDouble()))));
        }
    }

    private static Found bySentence(AttackScores scores, AttackScores baseline, Population other, Evaluation evaluation) {
        return new Found(area(baseline.scores(Population.MEMBERS), baseline.scores(other)),
                area(scores.scores(Population.MEMBERS), scores.scores(other)),
                LearnedAnew.ofSentences(scores, other).minus(LearnedAnew.ofSentences(baseline, other), evaluation.confidence()));
    }

    /** By the patients' scores, as {@link AttackResult#byPatient}; empty where they are not known on both sides, or fewer than two. */
    private static Optional<Found> byPatient(AttackScores scores, AttackScores baseline, Population other, Evaluation evaluation) {
        if (!scores.hasGroups(Population.MEMBERS) || !scores.hasGroups(other)) {
            return Optional.empty();
        }
        return PatientScores.of(scores, other, evaluation)
                .filter(patients -> Math.min(patients.members().length, patients.nonMembers().length) > 1).map(patients -> {
                    PatientScores before = PatientScores.of(baseline, other, evaluation).orElseThrow();
                    return new Found(area(before.members(), before.nonMembers()), area(patients.members(), patients.nonMembers()),
                            LearnedAnew.ofPatients(scores, other, evaluation, patients)
                                    .minus(LearnedAnew.ofPatients(baseline, other, evaluation, before), evaluation.confidence()));
                });
    }

    private static double area(double[] members, double[] others) {
        return RocCurve.of(members, others).areaUnderCurve();
    }
}
