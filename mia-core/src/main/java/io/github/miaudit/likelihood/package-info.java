/**
 * From sentences and a model to token log-likelihoods: masking rules plan which tokens are hidden and scored, a scorer computes
 * them, and scores keep every token's log-likelihood in nats (higher = likelier), so that reductions and attacks are arithmetic
 * afterwards.
 *
 * <p>To add a rule, implement {@link io.github.miaudit.likelihood.MaskingRule} and list it in a
 * {@link io.github.miaudit.likelihood.NamedRules}. To score models of another kind, implement
 * {@link io.github.miaudit.likelihood.SequenceScorer}; its contract is {@code SequenceScorerContract} in the tests.
 */
@NullMarked
package io.github.miaudit.likelihood;

import org.jspecify.annotations.NullMarked;
