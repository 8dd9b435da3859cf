package io.github.miaudit.notes;

import io.github.miaudit.io.FileReaderContract;
import java.nio.file.Path;

class ZipNotesFuzzTest extends FileReaderContract {

    ZipNotesFuzzTest() {
        super("notes.zip", 100000);
    }

    @Override
    protected void read(Path file) {
        NoteFiles.at(file).withBadRows(BadRowPolicy.SKIP).read(note -> {
        });
        NoteFiles.at(file).read(note -> {
        });
    }
}
