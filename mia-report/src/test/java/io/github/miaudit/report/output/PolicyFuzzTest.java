package io.github.miaudit.report.output;

import io.github.miaudit.io.FileReaderContract;
import java.nio.file.Path;

class PolicyFuzzTest extends FileReaderContract {

    PolicyFuzzTest() {
        super("policy.yaml", 1000);
    }

    @Override
    protected void read(Path file) {
        Policy.read(file);
    }
}
