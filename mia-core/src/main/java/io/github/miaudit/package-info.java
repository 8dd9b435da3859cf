/**
 * The audit: how much a masked language model leaks about the people in its training data.
 *
 * <p>Sentences ({@link io.github.miaudit.data}) and models go in. A
 * {@link io.github.miaudit.likelihood.SequenceScorer} turns sentence &times; model into token
 * log-likelihoods ({@link io.github.miaudit.likelihood}), a
 * {@link io.github.miaudit.membership.MembershipAttack} turns those into one membership score a sentence
 * ({@link io.github.miaudit.membership}), pure functions turn scores into ROC, AUC and TPR at low FPR
 * ({@link io.github.miaudit.evaluation}), and the {@link io.github.miaudit.AuditReport} tells of these results what may be told
 * ({@link io.github.miaudit.report}).
 * {@link io.github.miaudit.Audit} runs these steps in this order, on what the attacks need and all models scored.
 *
 * <p>Conventions: log-likelihoods are in nats, higher = likelier; membership scores are higher = more likely a
 * member.
 */
@NullMarked
package io.github.miaudit;

import org.jspecify.annotations.NullMarked;
