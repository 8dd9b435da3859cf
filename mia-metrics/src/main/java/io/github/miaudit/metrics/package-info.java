/**
 * Figures from membership scores: pure functions on arrays, without I/O, logging or randomness.
 *
 * <p>Membership scores are higher = more likely a member; a sentence is predicted a member if and only if its score
 * is at least the threshold. Log-likelihoods are in nats, higher = likelier. No input is changed. All functions are
 * thread-safe.
 */
package io.github.miaudit.metrics;
