package io.github.miaudit.data;

import io.github.miaudit.io.FileReaderContract;
import java.nio.file.Path;

class StrataFuzzTest extends FileReaderContract {

    StrataFuzzTest() {
        super("strata.csv", 500);
    }

    @Override
    protected void read(Path file) {
        Strata.read(file);
    }
}
