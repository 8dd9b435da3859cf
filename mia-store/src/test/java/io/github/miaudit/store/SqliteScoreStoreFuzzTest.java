package io.github.miaudit.store;

import io.github.miaudit.data.Sample;
import io.github.miaudit.io.FileReaderContract;
import io.github.miaudit.likelihood.FakeScorer;
import io.github.miaudit.likelihood.MaskingRule;
import io.github.miaudit.likelihood.ModelIdentity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

class SqliteScoreStoreFuzzTest extends FileReaderContract {

    private static final ModelIdentity MODEL = new FakeScorer("fake", "characters", -0.5).model();
    private static final List<Sample> SENTENCES = List.of(Sample.of("a", "Slept well."), Sample.of("b", ""),
            Sample.of("c", "Slept badly."));

    SqliteScoreStoreFuzzTest() {
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
        Path secret = file.resolveSibling("scores.db.secret");
        StoreMaintenance.rows(file);
        try (SqliteScoreStore store = SqliteScoreStore.open(file)) {
            store.find(MODEL, MaskingRule.maskless(), SENTENCES);
            store.claim(MODEL, SENTENCES);
        }
        StoreMaintenance.holdings(file, secret);
        StoreMaintenance.verify(file, secret);
        StoreMaintenance.vacuum(file);
    }
}
