/**
 * Notes as hospitals keep them, read as a stream. To add a format, implement {@link io.github.miaudit.notes.NoteFormat} and register
 * it as a service; {@link io.github.miaudit.notes.NoteFiles} finds those on the class path by the endings of files.
 */
@NullMarked
package io.github.miaudit.notes;

import org.jspecify.annotations.NullMarked;
