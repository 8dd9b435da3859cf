package io.github.miaudit.notes;

import io.github.miaudit.io.FileReaderContract;
import java.nio.file.Path;

class TsvNotesFuzzTest extends FileReaderContract {

    TsvNotesFuzzTest() {
        super("notes.tsv", 500);
    }

    @Override
    protected void read(Path file) {
        NoteFiles.at(file).withBadRows(BadRowPolicy.SKIP).read(note -> {
        });
        NoteFiles.at(file).read(note -> {
        });
    }
}
