/**
 * Scores kept in SQLite, so that an interrupted run goes on where it was. {@link io.github.miaudit.store.SqliteScoreStore} is the
 * door; behind it one class knows the file, one its rows and their secret, one how a row is sealed,
 * one how a score becomes bytes, one who scores.
 *
 * <pre>{@code
 * static List<SequenceScore> scores(SequenceScorer scorer, List<Sample> sentences) {
 *     try (ScoreStore store = SqliteScoreStore.open(Path.of("scores.db"))) { // its secret is scores.db.secret
 *         SequenceScorer stored = StoredScorer.of(scorer, store);
 *         return stored.score(sentences, MaskingRule.original()); // computed once; killed and run again, it goes on
 *     }
 * }
 * }</pre>
 *
 * <p>What is kept anew of a score raises the format's version in {@code StoreFormat}: a file made by another version is refused,
 * and {@code Migration} brings an earlier one into the present format.
 *
 * <p>{@link StoreMaintenance} counts, verifies, exports and tidies what is stored.
 */
@NullMarked
package io.github.miaudit.store;

import org.jspecify.annotations.NullMarked;
