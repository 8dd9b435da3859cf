package io.github.miaudit.evaluation;

import io.github.miaudit.data.Population;
import io.github.miaudit.membership.AttackScores;
import io.github.miaudit.metrics.JointPermutationTest;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The members against one other population.
 *
 * @param nonMembers     the population that plays the non-members: {@link Population#NON_MEMBERS} or
 *                       {@link Population#EXTERNALS}
 * @param memberCount    members compared
 * @param nonMemberCount sentences of the other population compared
 * @param attacks        one result an attack, in the audit's order
 * @param scores         what they were computed from, in the same order
 * @param validity       whether the comparison could show memory at all
 * @param targetWorks    whether the target fails no {@link TargetCheck}
 * @param findings       the tests that the answer rests on
 * @param level          of the intervals, and 1 less the error of the answer
 */
public record ComparisonResult(Population nonMembers, int memberCount, int nonMemberCount, List<AttackResult> attacks,
        List<AttackScores> scores, Validity validity, boolean targetWorks, List<Finding> findings, double level) {

    /** Copies the lists. */
    public ComparisonResult {
        attacks = List.copyOf(attacks);
        scores = List.copyOf(scores);
        findings = List.copyOf(findings);
    }

    /**
     * Evaluates attacks on one pair of populations. The best of several bounds of epsilon would be none, so only the first attack
     * gets one.
     *
     * @param nonMembers the population to compare the members with
     * @param attacks    the attacks' scores, all on the same sentences; at least one
     * @param control    the scores of the same attacks with a control in the place of the target, in the same order; none without one
     * @param checks     of the target
     * @param blind      scores that never look at the target
     * @param evaluation rates to report, level of the intervals
     * @throws IllegalArgumentException if a population is empty
     */
    public static ComparisonResult of(Population nonMembers, List<AttackScores> attacks, List<AttackScores> control,
            List<TargetCheck> checks, BlindChecks blind,
            Evaluation evaluation) {
        JointPermutationTest areaTests = AttackEvaluator.areaTests(attacks, nonMembers, evaluation);
        List<AttackResult> results = IntStream.range(0, attacks.size())
                .mapToObj(attack -> new AttackEvaluator(attacks.get(attack), control.stream().skip(attack).findFirst(), nonMembers,
                        evaluation).evaluate(areaTests.each().get(attack), attack == 0))
                .toList();
        return new ComparisonResult(nonMembers, attacks.get(0).size(Population.MEMBERS), attacks.get(0).size(nonMembers),
                results, attacks, Validity.of(results.get(0), attacks, checks, blind, nonMembers, evaluation),
                checks.stream().noneMatch(check -> check.outcome() == TargetCheck.Outcome.FAILED),
                Finding.of(results, areaTests.amongAll()),
                evaluation.confidence());
    }

    /** Whether any sentence's patient is known, so that patients are the units of all intervals. */
    public boolean isGrouped() {
        return scores.get(0).hasGroups(Population.MEMBERS) || scores.get(0).hasGroups(nonMembers);
    }

    /** What it answers. */
    public Conclusion conclusion() {
        return Conclusion.of(this, level);
    }

    /** The attack that the answer rests on. */
    public AttackResult surest() {
        return Conclusion.surest(this, level);
    }

    /** The populations alone. */
    @Override
    public String toString() {
        return "ComparisonResult[members against " + nonMembers.words() + "]";
    }
}
