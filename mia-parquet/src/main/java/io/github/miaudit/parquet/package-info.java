/**
 * Notes in Parquet files. Nothing here needs calling: with this module on the class path,
 * {@link io.github.miaudit.notes.NoteFiles} reads {@code .parquet} files too. Another format is added in the same way:
 * a public {@link io.github.miaudit.notes.NoteFormat}, found as a service.
 */
@NullMarked
package io.github.miaudit.parquet;

import org.jspecify.annotations.NullMarked;
