package io.github.miaudit.cli;

import picocli.CommandLine.Command;

/** The {@code mia} command, which only holds the subcommands. */
@Command(name = "mia", mixinStandardHelpOptions = true, versionProvider = MiaCommand.Version.class,
        description = "Measures how much masked language models leak about the people in their training data.",
        subcommands = {DemoCommand.class, DoctorCommand.class, PrepareCommand.class, CheckModelCommand.class, ScoreCommand.class,
                AuditCommand.class,
                CompareCommand.class, IdentifiersCommand.class,
                AuditScoresCommand.class, RenderCommand.class, CompareReportsCommand.class, DossierCommand.class, StoreCommand.class,
                CanariesCommand.class,
                TrainCommand.class,
                TrainControlCommand.class, TrainShadowsCommand.class, TrainDemoCommand.class, BenchmarkCommand.class,
                ExportProgramCommand.class, SchemaCommand.class, CompletionCommand.class})
public final class Mia {

    Mia() {
    }

    /** Runs a subcommand and exits: 0 done, 1 failed, 2 bad usage, 3 a policy is broken, 4 it can't be told. */
    public static void main(String[] arguments) {
        System.exit(MiaCommand.run(new Mia(), arguments));
    }
}
