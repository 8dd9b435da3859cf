/**
 * Figures from membership scores: pure functions on arrays, without I/O or logging. What is drawn at random (the bootstrap, the
 * permutation test, the halves of a calibration) is drawn from a generator that is keyed by a seed, so that the same arguments give
 * the same figures on every machine and any number of threads.
 *
 * <p>Membership scores are higher = more likely a member; a sentence is predicted a member if and only if its score is at least the
 * threshold. Log-likelihoods are in nats, higher = likelier. No input is changed. All functions are thread-safe.
 *
 * <p>To add a figure, write a final class with a private constructor and a static function, or a record that a static factory makes;
 * to add an interval, a constant of {@link io.github.miaudit.metrics.Interval.Method}, which says whose it is. Its test holds values
 * from elsewhere, with their maker beside them.
 */
@NullMarked
package io.github.miaudit.metrics;

import org.jspecify.annotations.NullMarked;
