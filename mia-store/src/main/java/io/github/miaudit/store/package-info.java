/**
 * Scores kept in SQLite, so that an interrupted run goes on where it was. {@link io.github.miaudit.store.SqliteScoreStore} is the
 * door; behind it one class knows the file, one how a score becomes bytes, one who may write.
 *
 * <p>What is kept anew of a score raises the format's version in {@code StoreFile}: a file made by a newer version is refused.
 */
package io.github.miaudit.store;
