package io.github.miaudit.notes;

import io.github.miaudit.io.InvalidFileException;
import java.io.BufferedReader;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * The lines of a text, as UTF-8 without a byte order mark, one character a byte. None may be so long that memory can't hold it,
 * which a small packed file can make it.
 */
final class NoteLines {

    private NoteLines() {
    }

    /** Opens a file; a line that is too long is an {@link InvalidFileException} of it. */
    static BufferedReader of(NoteFile file) throws IOException {
        return of(file.path(), file.openText());
    }

    /** The same of bytes that are open already. */
    static BufferedReader of(Path file, InputStream bytes) {
        return new BufferedReader(new InputStreamReader(new Limited(file, bytes), StandardCharsets.ISO_8859_1));
    }

    private static final class Limited extends FilterInputStream {

        private final Path path;
        private long length;

        private Limited(Path path, InputStream bytes) {
            super(bytes);
            this.path = path;
        }

        @Override
        public int read(byte[] buffer, int offset, int size) throws IOException {
            int count = super.read(buffer, offset, size);
            for (int index = offset; index < offset + count; index++) {
                length = buffer[index] == '\n' || buffer[index] == '\r' ? 0 : length + 1;
                if (length > NoteFile.LONGEST_NOTE) {
                    throw NoteFile.tooLong(path, "has a line");
                }
            }
            return count;
        }
    }
}
