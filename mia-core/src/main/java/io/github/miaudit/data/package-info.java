/**
 * What an audit compares: sentences ({@link io.github.miaudit.data.Sample}), whose they are, and the three populations of an
 * {@link io.github.miaudit.data.AttackDataset}; canaries; rewritings of sentences. To audit sentences that are kept in another way,
 * implement {@code AttackDataset}; its contract is {@code AttackDatasetContract} in the tests.
 *
 * <pre>{@code
 * AttackDataset data = AttackDataset.of(
 *         List.of(Sample.of("m1", "patient 1", "Seen in training."), Sample.of("m2", "patient 2", "Seen as well.")),
 *         List.of(Sample.of("n1", "patient 3", "Held out.")));
 * for (Population population : Population.values()) {
 *     System.out.println(population.words() + ": " + data.samples(population).size());
 * }
 * Patient whose = data.samples(Population.MEMBERS).get(0).patient();
 * System.out.println(PatientDigests.of(data).of(whose)); // what reports call the patient
 * }</pre>
 *
 * <p>{@link Samples} reads and writes files of sentences, {@link PerPopulation} holds a value for each set, a {@link PatientColumn}
 * whose the sentences of one are; {@link Canaries} are sentences to be planted. {@link Strata} say more of each patient,
 * {@link PatientContents} what two versions of a dataset have in common, {@link DatasetDigests} which one it is,
 * {@link SentenceDigest} which sentences a model was shown, and a {@link Rewriting} makes other sentences of one.
 */
@NullMarked
package io.github.miaudit.data;

import org.jspecify.annotations.NullMarked;
