package io.github.miaudit.checkpoint;

import io.github.miaudit.io.FileReaderContract;
import java.nio.file.Path;

class PytorchFileFuzzTest extends FileReaderContract {

    PytorchFileFuzzTest() {
        super("pytorch_model.bin", 500);
    }

    @Override
    protected void read(Path file) {
        PytorchFile.read(file);
    }
}
