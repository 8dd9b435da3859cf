/**
 * Notes in Parquet files. Nothing here needs calling: with this module on the class path,
 * {@link io.github.miaudit.notes.NoteFiles} reads {@code .parquet} files too.
 */
package io.github.miaudit.parquet;
