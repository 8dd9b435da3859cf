package io.github.miaudit.store;

import io.github.miaudit.io.FileReaderContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

class StoreSecretFuzzTest extends FileReaderContract {

    StoreSecretFuzzTest() {
        super("scores.db.secret", 1000);
    }

    @Override
    protected void prepare(Path folder) throws IOException {
        Files.deleteIfExists(folder.resolve("scores.db"));
        Secrets.write(folder.resolve("scores.db.secret")); // so that it is the owner's alone
    }

    @Override
    protected void read(Path file) {
        SqliteScoreStore.open(file.resolveSibling("scores.db")).close();
    }
}
