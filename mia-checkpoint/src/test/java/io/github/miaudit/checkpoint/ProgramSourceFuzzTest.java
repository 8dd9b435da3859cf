package io.github.miaudit.checkpoint;

import io.github.miaudit.io.FileReaderContract;
import io.github.miaudit.io.InvalidFileException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** A source alone, without the archive whose checksums would not fit it. */
class ProgramSourceFuzzTest extends FileReaderContract {

    ProgramSourceFuzzTest() {
        super("source.py", 2000);
    }

    @Override
    protected void read(Path file) throws IOException {
        ProgramCode code = new ProgramCode((member, line, why) -> new InvalidFileException(file, line, why));
        code.read("source.py", "__torch__", Files.readString(file, StandardCharsets.ISO_8859_1));
        code.resolve();
        code.check();
    }
}
