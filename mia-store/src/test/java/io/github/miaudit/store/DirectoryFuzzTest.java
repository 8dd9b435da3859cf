package io.github.miaudit.store;

import io.github.miaudit.io.FileReaderContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

class DirectoryFuzzTest extends FileReaderContract {

    DirectoryFuzzTest() {
        super("directory", 1000);
    }

    @Override
    protected void read(Path file) throws IOException {
        try {
            Directory.read(Files.readAllBytes(file)).bytes();
        } catch (IllegalArgumentException e) {
            // what it says of bytes that are no directory
        }
    }
}
