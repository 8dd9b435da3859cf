package io.github.miaudit.checkpoint;

import io.github.miaudit.io.FileReaderContract;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

class TensorUnpicklerFuzzTest extends FileReaderContract {

    TensorUnpicklerFuzzTest() {
        super("data.pkl", 500);
    }

    @Override
    protected void read(Path file) throws IOException {
        new TensorUnpickler(file).read(new ByteArrayInputStream(Files.readAllBytes(file)));
    }
}
