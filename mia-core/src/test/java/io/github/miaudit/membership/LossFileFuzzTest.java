package io.github.miaudit.membership;

import io.github.miaudit.io.FileReaderContract;
import java.nio.file.Path;

class LossFileFuzzTest extends FileReaderContract {

    LossFileFuzzTest() {
        super("losses.csv", 1000);
    }

    @Override
    protected void read(Path file) {
        LossFile losses = LossFile.read(file);
        losses.attacks();
    }
}
