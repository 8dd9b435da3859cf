package io.github.miaudit.cli;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;

/** The {@code mia} command, which only holds the subcommands. */
@Command(name = "mia", mixinStandardHelpOptions = true, versionProvider = MiaCommand.Version.class,
        description = Mia.DESCRIPTION,
        subcommands = {DemoCommand.class, DoctorCommand.class, PrepareCommand.class, CheckModelCommand.class, ScoreCommand.class,
                AuditCommand.class,
                CompareCommand.class, IdentifiersCommand.class,
                AuditScoresCommand.class, RenderCommand.class, CompareReportsCommand.class, DossierCommand.class, StoreCommand.class,
                CanariesCommand.class,
                TrainCommand.class,
                TrainControlCommand.class, TrainShadowsCommand.class, TrainDemoCommand.class, BenchmarkCommand.class,
                ExportProgramCommand.class, SchemaCommand.class, CompletionCommand.class})
public final class Mia {

    static final String DESCRIPTION = "Measures how much masked language models leak about the people in their training data.";
    private static final List<List<String>> VERSION = List.of(List.of("--version"), List.of("-V"));

    /** The same without subcommands. */
    @Command(name = "mia", mixinStandardHelpOptions = true, versionProvider = MiaCommand.Version.class, description = DESCRIPTION)
    private static final class Alone {
    }

    Mia() {
    }

    /**
     * The command, with the one subcommand that the arguments call: to look into all of them takes most of the time in which Java
     * starts. With all of them where the arguments begin with none, or with one that has a word on the others.
     */
    static CommandSpec called(String... arguments) {
        Optional<Class<?>> called = arguments.length == 0 ? Optional.empty()
                : Stream.of(Mia.class.getAnnotation(Command.class).subcommands())
                        .filter(type -> type.getAnnotation(Command.class).name().equals(arguments[0])).findFirst();
        if (called.isEmpty() && !VERSION.contains(List.of(arguments)) || called.filter(CompletionCommand.class::equals).isPresent()) {
            return CommandSpec.forAnnotatedObject(new Mia());
        }
        CommandSpec alone = CommandSpec.forAnnotatedObject(new Alone());
        called.ifPresent(type -> alone.addSubcommand(arguments[0], new CommandLine(type)));
        return alone;
    }

    /** Runs a subcommand and exits: 0 done, 1 failed, 2 bad usage, 3 a policy is broken, 4 it can't be told. */
    public static void main(String[] arguments) {
        System.exit(MiaCommand.run(called(arguments), arguments));
    }
}
