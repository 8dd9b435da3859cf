package io.github.miaudit.checkpoint;

import io.github.miaudit.io.FileReaderContract;
import java.nio.file.Path;

class ConfigurationFuzzTest extends FileReaderContract {

    ConfigurationFuzzTest() {
        super("config.json", 2000);
    }

    @Override
    protected void read(Path file) {
        Architecture.of(Configuration.read(file));
    }
}
