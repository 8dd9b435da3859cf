package io.github.miaudit.identifiers;

import io.github.miaudit.io.FileReaderContract;
import java.nio.file.Path;

class ListedIdentifiersFuzzTest extends FileReaderContract {

    ListedIdentifiersFuzzTest() {
        super("surnames.txt", 500);
    }

    @Override
    protected void read(Path file) {
        ListedIdentifiers.read("surname", file);
    }
}
