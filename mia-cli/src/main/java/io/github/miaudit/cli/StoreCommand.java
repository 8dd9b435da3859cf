package io.github.miaudit.cli;

import io.github.miaudit.store.StoreMaintenance;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.TypeConversionException;

/** {@code mia store}: looks after a store of scores. */
@Command(name = "store", description = "Looks after a store of scores.")
final class StoreCommand extends MiaCommand {

    private enum Action {
        INFO, VERIFY, EXPORT, VACUUM;

        private String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    @Parameters(index = "0", paramLabel = "ACTION", converter = ActionConverter.class,
            description = "info: what is in it; verify: whether it is whole; export: its sums and means, to --output; vacuum: give"
                    + " unused space back.")
    private Action action;

    @Parameters(index = "1", paramLabel = "FILE", description = "The store.")
    private Path store;

    @Option(names = "--output", paramLabel = "FILE", description = "The CSV file that export writes.")
    private Path output;

    @Override
    void execute() {
        if (output == null == (action == Action.EXPORT)) {
            throw new BadUsageException("--output is for export, which needs it");
        }
        switch (action) {
            case INFO -> StoreMaintenance.holdings(store)
                    .forEach(holding -> System.out.printf("%d sentences by %s: model sha256 %.12s, tokenizer sha256 %.12s, %s, %s%n",
                            holding.sentences(), holding.rule(), holding.modelDigest(), holding.tokenizerDigest(), holding.precision(),
                            holding.lengthPolicy()));
            case VERIFY -> System.out.println(StoreMaintenance.verify(store) + " scores, all whole");
            case EXPORT -> {
                StoreMaintenance.export(store, output);
                System.out.println("written to " + output);
            }
            case VACUUM -> StoreMaintenance.vacuum(store);
        }
    }

    static final class ActionConverter implements ITypeConverter<Action> {
        @Override
        public Action convert(String value) {
            return Stream.of(Action.values()).filter(action -> action.label().equals(value)).findFirst()
                    .orElseThrow(() -> new TypeConversionException("'" + value + "' is none of "
                            + Stream.of(Action.values()).map(Action::label).collect(Collectors.joining(", "))));
        }
    }
}
