/**
 * Notes in Parquet files. Nothing here needs calling: with this module on the class path,
 * {@link io.github.miaudit.notes.NoteFiles} reads {@code .parquet} files too. Another format is added in the same way:
 * a public {@link io.github.miaudit.notes.NoteFormat}, found as a service.
 *
 * <pre>{@code
 * NoteFiles.at(Path.of("notes.parquet")).withTextColumn("text").withPatientColumn("subject_id")
 *         .read(note -> System.out.println(note.patient().orElse("nobody")));
 * }</pre>
 *
 * <p>The format is {@link ParquetNotes}.
 */
@NullMarked
package io.github.miaudit.parquet;

import org.jspecify.annotations.NullMarked;
