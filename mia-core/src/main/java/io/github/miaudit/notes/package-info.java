/**
 * Notes as hospitals keep them, read as a stream. To add a format, implement {@link io.github.miaudit.notes.NoteFormat} and register
 * it as a service; {@link io.github.miaudit.notes.NoteFiles} finds those on the class path by the endings of files.
 *
 * <pre>{@code
 * NotesRead read = NoteFiles.at(Path.of("notes")) // CSV, JSON Lines, n2c2 XML, text; in zip files too
 *         .withPatientColumn("SUBJECT_ID")
 *         .withTextColumn("TEXT")
 *         .withRows(RowFilter.none().keeping("CATEGORY", List.of("Discharge summary")))
 *         .withBadRows(BadRowPolicy.SKIP)
 *         .read(note -> System.out.println(note.patient().orElse("nobody") + ": " + note.text().length() + " characters"));
 * System.out.println(read.notes() + " notes, " + read.badRows().size() + " rows skipped");
 * }</pre>
 *
 * <p>A {@link Preset} knows the columns of well-known collections, {@link Quoting} and {@link TextFiles} how their files are to
 * be read, and {@link NoteInputs} are several of them. A {@link Note} has {@link Annotation}s where its format has; patients are
 * the same by their {@link PatientKey}. Formats that are there: {@link CsvNotes}, {@link JsonNotes}, {@link PlainNotes},
 * {@link XmlNotes}; a new one is given a {@link NoteFile} and what a {@link WantedColumn} asks for, and hands rows to a
 * {@link RowSink}.
 */
@NullMarked
package io.github.miaudit.notes;

import org.jspecify.annotations.NullMarked;
