package io.github.miaudit.cli;

import io.github.miaudit.store.SqliteScoreStore;
import io.github.miaudit.store.StoreMaintenance;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code mia store}: looks after a store of scores. */
@Command(name = "store", description = "Looks after a store of scores.")
final class StoreCommand extends MiaCommand {

    private enum Action {
        INFO, VERIFY, EXPORT, VACUUM, MIGRATE;

        private String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    @Parameters(index = "0", paramLabel = "ACTION", converter = ActionConverter.class,
            description = "info: what is in it; verify: whether it is whole, and nobody changed it; export: its sums and means, to"
                    + " --output; vacuum: give unused space back; migrate: seal a store that an earlier version made.")
    private Action action;

    @Parameters(index = "1", paramLabel = "FILE", description = "The store.")
    private Path store;

    @Option(names = "--store-secret", paramLabel = "FILE", description = "The store's secret (default: FILE.secret beside the store).")
    private Path secret;

    @Option(names = "--output", paramLabel = "FILE", description = "The CSV file that export writes.")
    private Path output;

    @Mixin
    private OverwriteOptions overwrite;

    @Override
    void execute() {
        if (output == null == (action == Action.EXPORT)) {
            throw new BadUsageException("--output is for export, which needs it");
        }
        Path secretFile = secret == null ? SqliteScoreStore.secretBeside(store) : secret;
        switch (action) {
            case INFO -> info(secretFile);
            case VERIFY -> System.out.println(StoreMaintenance.verify(store, secretFile) + " scores, all whole");
            case EXPORT -> {
                overwrite.require(output);
                StoreMaintenance.export(store, secretFile, output);
                System.out.println("written to " + output);
            }
            case VACUUM -> StoreMaintenance.vacuum(store);
            case MIGRATE -> migrate(secretFile);
        }
    }

    private void info(Path secretFile) {
        if (secret == null && !Files.exists(secretFile, LinkOption.NOFOLLOW_LINKS)) {
            System.out.printf("%d rows; what they hold takes the store's secret, which is not in %s: name it with --store-secret%n",
                    StoreMaintenance.rows(store), secretFile);
            return;
        }
        StoreMaintenance.holdings(store, secretFile)
                .forEach(holding -> System.out.printf("%d sentences by %s: model sha256 %.12s, tokenizer sha256 %.12s, %s, %s%n",
                        holding.sentences(), holding.rule(), holding.modelDigest(), holding.tokenizerDigest(), holding.precision(),
                        holding.lengthPolicy()));
    }

    private void migrate(Path secretFile) {
        StoreMaintenance.Migrated migrated = StoreMaintenance.migrate(store, secretFile);
        System.out.printf("%d scores sealed in %s%n", migrated.scores(), store);
        if (migrated.leftOut() > 0) {
            System.out.printf("%d scores were damaged and left out; they are scored again%n", migrated.leftOut());
        }
        System.out.println("backups, and blocks of the disk that are free now, may still hold the store as it was, which told"
                + " log-likelihoods: destroy the backups");
    }

    static final class ActionConverter implements ITypeConverter<Action> {
        @Override
        public Action convert(String value) {
            return Stream.of(Action.values()).filter(action -> action.label().equals(value)).findFirst()
                    .orElseThrow(() -> Misspelling.noneOf(value, Stream.of(Action.values()).map(Action::label).toList()));
        }
    }
}
