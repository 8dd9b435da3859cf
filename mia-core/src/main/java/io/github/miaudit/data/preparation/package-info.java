/**
 * From notes as hospitals keep them to the sets of an audit: sampled by patient, cut into sentences, without what stands in the
 * training notes. {@link io.github.miaudit.data.preparation.DatasetPreparation} is the way in; other languages bring a
 * {@link io.github.miaudit.data.preparation.SentenceSplitter}.
 *
 * <pre>{@code
 * PreparedDataset prepared = DatasetPreparation
 *         .of(NoteFiles.at(Path.of("notes-of-training")), NoteFiles.at(Path.of("notes-held-out")))
 *         .withSize(1000, 1000)
 *         .withMatching(Matching.by(List.of(Matching.LENGTH)))
 *         .prepareInto(Path.of("dataset")); // a new folder, which AttackDataset.readJsonLines reads
 * prepared.datasheet().sets().forEach((population, counts) -> System.out.println(population.words() + ": " + counts.sampled()));
 * }</pre>
 *
 * <p>A {@link SentenceSplitter}, by default the {@link ClinicalSentenceSplitter}, cuts notes into {@link PreparedSentence}s;
 * {@link Pseudonyms} stand for patients; {@link Datasheet} says how it was done. {@link NoteSentences} are those of notes that a
 * model is to learn from. A {@link TrainingSearch} looks for sentences elsewhere: it is given a {@link SentenceSearch} and gives back
 * {@link Overlaps}.
 */
@NullMarked
package io.github.miaudit.data.preparation;

import org.jspecify.annotations.NullMarked;
