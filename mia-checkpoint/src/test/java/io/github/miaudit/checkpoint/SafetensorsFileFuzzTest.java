package io.github.miaudit.checkpoint;

import io.github.miaudit.io.FileReaderContract;
import java.nio.file.Path;

class SafetensorsFileFuzzTest extends FileReaderContract {

    SafetensorsFileFuzzTest() {
        super("model.safetensors", 500);
    }

    @Override
    protected void read(Path file) {
        SafetensorsFile.read(file);
    }
}
