package io.github.miaudit.cli;

import io.github.miaudit.likelihood.ScoreStore;
import io.github.miaudit.store.SqliteScoreStore;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Where scores are kept. */
final class StoreOptions {

    @Option(names = "--store", paramLabel = "FILE",
            description = "Keep scores in this file, and look them up in it first: an interrupted run goes on where it was. Sealed"
                    + " under its secret.")
    private Path store;

    @Option(names = "--store-secret", paramLabel = "FILE", description = "The store's secret (default: FILE.secret beside the store).")
    private Path secret;

    Optional<Path> file() {
        return Optional.ofNullable(store);
    }

    /** The store, if one is wanted; to be closed by the caller. */
    Optional<ScoreStore> open() {
        if (store == null) {
            return Optional.empty();
        }
        return Optional.of(secret == null ? SqliteScoreStore.open(store) : SqliteScoreStore.open(store, secret));
    }
}
