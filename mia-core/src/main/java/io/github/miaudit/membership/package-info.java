/**
 * From log-likelihoods to one membership score a sentence: higher = more likely a member.
 *
 * <p>To add an attack, implement {@link io.github.miaudit.membership.MembershipAttack}: which rules, references and rewritings it
 * needs, its formula, the scores. A nested {@link io.github.miaudit.membership.NamedAttack} lets the command find it by name. Its
 * contract is {@code MembershipAttackContract} in the tests.
 */
@NullMarked
package io.github.miaudit.membership;

import org.jspecify.annotations.NullMarked;
