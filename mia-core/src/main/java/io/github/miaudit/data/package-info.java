/**
 * What an audit compares: sentences ({@link io.github.miaudit.data.Sample}), whose they are, and the three populations of an
 * {@link io.github.miaudit.data.AttackDataset}; canaries; rewritings of sentences. To audit sentences that are kept in another way,
 * implement {@code AttackDataset}; its contract is {@code AttackDatasetContract} in the tests.
 */
@NullMarked
package io.github.miaudit.data;

import org.jspecify.annotations.NullMarked;
