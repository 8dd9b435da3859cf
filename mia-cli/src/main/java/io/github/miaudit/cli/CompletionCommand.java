package io.github.miaudit.cli;

import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code mia completion}: what makes a shell complete commands, options and their values. */
@Command(name = "completion", description = "Prints a script for bash and zsh that completes commands and options:"
        + " source <(mia completion)")
final class CompletionCommand extends MiaCommand {

    @Spec
    private CommandSpec spec;

    @Override
    void execute() {
        CommandLine root = spec.root().commandLine();
        System.out.print(AutoComplete.bash(root.getCommandName(), root));
    }
}
