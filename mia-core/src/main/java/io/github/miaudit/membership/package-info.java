/**
 * From log-likelihoods to one membership score a sentence: higher = more likely a member.
 *
 * <pre>{@code
 * static AttackScores attack(ScoreTable scores) {
 *     MembershipAttack attack = LikelihoodRatioAttack.withDefaults();
 *     System.out.println(attack.name() + ": " + attack.definition());
 *     AttackScores made = AttackScores.of(attack, scores);
 *     System.out.println(Arrays.toString(made.scores(Population.MEMBERS))); // higher = more likely a member
 *     AttackTable.of(List.of(attack, LossAttack.withDefaults()), scores).write(Path.of("attack-scores.csv"));
 *     return made;
 * }
 * }</pre>
 *
 * <p>To add an attack, implement {@link io.github.miaudit.membership.MembershipAttack}: which rules, references and rewritings it
 * needs, its formula, the scores. A nested {@link io.github.miaudit.membership.NamedAttack} lets the command find it by name. Its
 * contract is {@code MembershipAttackContract} in the tests.
 *
 * <p>Attacks that need a reference: {@link ResidualAttack}, {@link LikelihoodRatioAttack} (several references joined by
 * {@link ReferenceMean}), {@link CombinedAttack}, {@link EzMiaAttack}, {@link InfoRmiaAttack}, {@link LiraAttack},
 * {@link RmiaAttack}, {@link SamaAttack}, {@link SurprisalWeightedAttack}, {@link WbcAttack}; shadow models:
 * {@link OnlineLiraAttack}, {@link SequenceLiraAttack}; none: {@link LossAttack}, {@link LowerCaseAttack}, {@link MinKAttack},
 * {@link MinKPlusPlusAttack}, {@link NeighbourhoodAttack}, {@link QuantileAttack}, {@link ZlibAttack}. Those that learn have
 * {@link Refits}. A {@link LossFile} has losses that were computed elsewhere.
 */
@NullMarked
package io.github.miaudit.membership;

import org.jspecify.annotations.NullMarked;
