package io.github.miaudit.evaluation;

import io.github.miaudit.data.Population;
import io.github.miaudit.membership.AttackScores;
import java.util.List;

/**
 * The members against one other population.
 *
 * @param nonMembers     the population that plays the non-members: {@link Population#NON_MEMBERS} or
 *                       {@link Population#EXTERNALS}
 * @param memberCount    members compared
 * @param nonMemberCount sentences of the other population compared
 * @param attacks        one result an attack, in the audit's order
 * @param scores         what they were computed from, in the same order
 * @param validity       whether the comparison measures membership at all
 */
public record ComparisonResult(Population nonMembers, int memberCount, int nonMemberCount, List<AttackResult> attacks,
        List<AttackScores> scores, Validity validity) {

    /** Copies the lists. */
    public ComparisonResult {
        attacks = List.copyOf(attacks);
        scores = List.copyOf(scores);
    }

    /**
     * Evaluates attacks on one pair of populations. The best of several bounds of epsilon would be none, so only the first attack
     * gets one.
     *
     * @param nonMembers the population to compare the members with
     * @param attacks    the attacks' scores, all on the same sentences; at least one
     * @param blind      scores that never look at the target
     * @param evaluation rates to report, level of the intervals
     * @throws IllegalArgumentException if a population is empty
     */
    public static ComparisonResult of(Population nonMembers, List<AttackScores> attacks, BlindChecks blind, Evaluation evaluation) {
        List<AttackResult> results = attacks.stream()
                .map(scores -> new AttackEvaluator(scores, nonMembers, evaluation).evaluate(scores == attacks.get(0))).toList();
        return new ComparisonResult(nonMembers, attacks.get(0).scores(Population.MEMBERS).length, attacks.get(0).scores(nonMembers).length,
                results, attacks, Validity.of(results, attacks, blind, nonMembers, evaluation));
    }

    /** Whether any sentence's patient is known, so that patients are the units of all intervals. */
    public boolean isGrouped() {
        return scores.get(0).hasGroups(Population.MEMBERS) || scores.get(0).hasGroups(nonMembers);
    }

    /** The populations alone. */
    @Override
    public String toString() {
        return "ComparisonResult[members against " + nonMembers.label() + "]";
    }
}
