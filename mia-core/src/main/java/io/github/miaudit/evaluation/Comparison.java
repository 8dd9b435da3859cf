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
 * @param curves         their ROC curves, in the same order
 * @param validity       whether the comparison measures membership at all
 */
public record Comparison(Population nonMembers, int memberCount, int nonMemberCount, List<AttackResult> attacks, List<RocBand> curves,
        Validity validity) {

    /**
     * Copies the list.
     *
     * @param nonMembers     kept
     * @param memberCount    kept
     * @param nonMemberCount kept
     * @param attacks        copied
     * @param curves         copied
     * @param validity       kept
     */
    public Comparison {
        attacks = List.copyOf(attacks);
        curves = List.copyOf(curves);
    }

    /**
     * Evaluates attacks on one pair of populations.
     *
     * @param nonMembers the population to compare the members with
     * @param attacks    the attacks' scores, all on the same sentences; at least one
     * @param blind      scores that never look at the target
     * @param evaluation rates to report, level of the intervals
     * @return the figures
     * @throws IllegalArgumentException if a population is empty
     */
    public static Comparison of(Population nonMembers, List<AttackScores> attacks, BlindChecks blind, Evaluation evaluation) {
        // The best of several bounds of epsilon would be none: only the first attack gets one.
        List<AttackResult> results = attacks.stream().map(scores ->
                AttackResult.of(scores, nonMembers, scores == attacks.get(0) ? evaluation : evaluation.withoutCanaries())).toList();
        return new Comparison(nonMembers,
                attacks.get(0).scores(Population.MEMBERS).length,
                attacks.get(0).scores(nonMembers).length,
                results,
                attacks.stream().map(scores -> RocBand.of(scores, nonMembers, evaluation)).toList(),
                Validity.of(results, attacks, blind, nonMembers, evaluation));
    }
}
