package io.github.miaudit.checkpoint;

import io.github.miaudit.io.FileReaderContract;
import java.nio.file.Path;

/** The seeds are made by programs/make.py. */
class ProgramFileFuzzTest extends FileReaderContract {

    ProgramFileFuzzTest() {
        super("model.pt", 5000);
    }

    @Override
    protected void read(Path file) {
        ProgramFile.requireHarmless(file);
    }
}
