package io.github.miaudit.identifiers;

import io.github.miaudit.io.FileReaderContract;
import java.nio.file.Path;

class StatedIdentifiersFuzzTest extends FileReaderContract {

    StatedIdentifiersFuzzTest() {
        super("members.jsonl", 1000);
    }

    @Override
    protected void read(Path file) {
        StatedIdentifiers.read(file);
    }
}
