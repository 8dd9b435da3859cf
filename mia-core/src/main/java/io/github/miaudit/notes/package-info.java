/**
 * Notes as hospitals keep them, read as a stream. To add a format, implement {@link io.github.miaudit.notes.NoteFormat} and name
 * the class in {@code META-INF/services/io.github.miaudit.notes.NoteFormat}.
 */
package io.github.miaudit.notes;
