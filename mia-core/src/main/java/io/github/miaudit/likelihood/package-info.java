/**
 * From sentences and a model to token log-likelihoods: masking rules plan which tokens are hidden and scored, a
 * scorer computes them, and scores keep every token's log-likelihood in nats (higher = likelier), so that
 * reductions and attacks are arithmetic afterwards.
 */
package io.github.miaudit.likelihood;
