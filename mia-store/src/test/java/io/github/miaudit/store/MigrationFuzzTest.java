package io.github.miaudit.store;

import io.github.miaudit.io.FileReaderContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

class MigrationFuzzTest extends FileReaderContract {

    MigrationFuzzTest() {
        super("scores.db", 1000);
    }

    @Override
    protected void prepare(Path folder) throws IOException {
        Files.deleteIfExists(folder.resolve("scores.db-wal"));
        Files.deleteIfExists(folder.resolve("scores.db-shm"));
        Secrets.write(folder.resolve("scores.db.secret"));
    }

    @Override
    protected void read(Path file) {
        StoreMaintenance.migrate(file, file.resolveSibling("scores.db.secret"));
        StoreMaintenance.verify(file, file.resolveSibling("scores.db.secret"));
    }
}
