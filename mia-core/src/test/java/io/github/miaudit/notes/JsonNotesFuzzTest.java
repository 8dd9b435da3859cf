package io.github.miaudit.notes;

import io.github.miaudit.io.FileReaderContract;
import java.nio.file.Path;

class JsonNotesFuzzTest extends FileReaderContract {

    JsonNotesFuzzTest() {
        super("notes.jsonl", 1000);
    }

    @Override
    protected void read(Path file) {
        NoteFiles.at(file).withBadRows(BadRowPolicy.SKIP).read(note -> {
        });
        NoteFiles.at(file).read(note -> {
        });
    }
}
