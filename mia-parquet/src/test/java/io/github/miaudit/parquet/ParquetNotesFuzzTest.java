package io.github.miaudit.parquet;

import io.github.miaudit.io.FileReaderContract;
import io.github.miaudit.notes.BadRowPolicy;
import io.github.miaudit.notes.NoteFiles;
import java.nio.file.Path;

class ParquetNotesFuzzTest extends FileReaderContract {

    ParquetNotesFuzzTest() {
        super("notes.parquet", 200000);
    }

    @Override
    protected void read(Path file) {
        NoteFiles.at(file).withBadRows(BadRowPolicy.SKIP).read(note -> {
        });
        NoteFiles.at(file).read(note -> {
        });
    }
}
