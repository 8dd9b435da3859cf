/**
 * How much a model gives away of who was in it: whether it prefers true identifiers to surrogates. Nothing here holds an identifier's text
 * beyond the scoring of its mentions.
 *
 * <pre>{@code
 * static void print(IdentifierResults results) {
 *     System.out.println(results.preference() + ", " + results.exposedPatients() + " patients exposed");
 *     for (TypeResult type : results.types()) {
 *         for (Ranking ranking : type.rankings()) {
 *             System.out.println(type.type() + " by " + ranking.by() + ": " + ranking.preference());
 *         }
 *     }
 * }
 * }</pre>
 *
 * <p>{@link IdentifierWork} asks {@link IdentifierModels}. Its {@link IdentifierResults} have a {@link Preference}, of each
 * {@link RankedSet} of identifiers by what it is {@link RankedBy}, each {@link OccurrenceResult}, {@link PatientExposure} and
 * {@link NonMemberResult}, and whether surrogates are fair: {@link Alikeness}. What models write themselves, as
 * {@link ExtractionSettings} ask for, is in {@link ExtractionResults}: an {@link ExtractedSet} with its {@link Recovery} and
 * {@link RecoveredShare} by {@link Likeness}; {@link FilledMention}s hold the text.
 */
@NullMarked
package io.github.miaudit.exposure;

import org.jspecify.annotations.NullMarked;
