package io.github.miaudit.cli;

import io.github.miaudit.parquet.ParquetTable;
import io.github.miaudit.store.StoreMaintenance;
import io.github.miaudit.store.StoreMaintenance.StoredScore;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** {@code mia store}: looks after a store of scores. */
@Command(name = "store", description = "Looks after a store of scores.")
public final class StoreCommand extends MiaCommand {

    private static final ParquetTable<StoredScore> TABLE = ParquetTable.of(StoredScore.class)
            .withText("model", StoredScore::modelDigest).withText("rule", StoredScore::rule).withText("sentence", StoredScore::sentence)
            .withText("status", score -> score.status().name()).withInteger("tokens", StoredScore::tokens)
            .withOptionalNumber("sum", StoredScore::sum).withOptionalNumber("mean", StoredScore::mean);

    /** What can be done. */
    private enum Action {
        INFO, VERIFY, EXPORT, VACUUM;

        private String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    @Spec
    private CommandSpec command;

    @Parameters(index = "0", paramLabel = "ACTION", converter = ActionConverter.class,
            description = "info: what is in it; verify: whether it is whole; export: its sums and means, to --output; vacuum: give unused space back.")
    private Action action;

    @Parameters(index = "1", paramLabel = "FILE", description = "The store.")
    private Path store;

    @Option(names = "--output", paramLabel = "FILE", description = "The file that export writes: CSV, or Parquet if its name ends in .parquet.")
    private Path output;

    private StoreCommand() {
    }

    /**
     * Runs this command alone.
     *
     * @param arguments the command line
     */
    public static void main(String[] arguments) {
        System.exit(run(new StoreCommand(), arguments));
    }

    @Override
    void execute() {
        if (output == null == (action == Action.EXPORT)) {
            throw new ParameterException(new CommandLine(command), "--output is for export, which needs it");
        }
        switch (action) {
            case INFO -> StoreMaintenance.holdings(store).forEach(holding -> System.out.printf("%d sentences by %s: model sha256 %.12s, tokenizer sha256 %.12s, %s, %s%n",
                    holding.sentences(), holding.rule(), holding.modelDigest(), holding.tokenizerDigest(), holding.precision(), holding.lengthPolicy()));
            case VERIFY -> System.out.println(StoreMaintenance.verify(store) + " scores, all whole");
            case EXPORT -> {
                if (output.toString().endsWith(".parquet")) {
                    TABLE.write(output, sink -> StoreMaintenance.read(store, sink));
                } else {
                    StoreMaintenance.export(store, output);
                }
                System.out.println("written to " + output);
            }
            case VACUUM -> StoreMaintenance.vacuum(store);
            default -> throw new IllegalStateException(action.label());
        }
    }

    static final class ActionConverter implements ITypeConverter<Action> {
        @Override
        public Action convert(String value) {
            return Stream.of(Action.values()).filter(action -> action.label().equals(value)).findFirst().orElseThrow(() -> new TypeConversionException(
                    "'" + value + "' is none of " + Stream.of(Action.values()).map(Action::label).collect(Collectors.joining(", "))));
        }
    }
}
