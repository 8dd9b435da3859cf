package io.github.miaudit.cli;

import io.github.miaudit.io.AuditException;
import io.github.miaudit.io.InvalidFileException;
import io.github.miaudit.io.OwnerOnly;
import io.github.miaudit.io.SoftwareVersions;
import io.github.miaudit.io.TemporaryFiles;
import io.github.miaudit.likelihood.ScoringCancelledException;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Option;
import picocli.CommandLine;

/** What all subcommands share: exit codes (0 done, 1 failed, 2 bad usage, 3 a policy is broken or a decision does not hold, 4 it can't be told), one-line errors,
 * offline DJL. */
@Command(mixinStandardHelpOptions = true, versionProvider = MiaCommand.Version.class)
abstract class MiaCommand implements Callable<Integer> {

    /** What Java puts in the place of characters of arguments that it can't read. */
    private static final char UNREADABLE = '\uFFFD';

    @Option(names = "--verbose", description = "Show the stack trace of an error, and what opening a model takes.")
    private boolean verbose;

    /** Whether the user wants to know more. */
    final boolean isVerbose() {
        return verbose;
    }

    /** Does the work; failures are exceptions. */
    abstract void execute();

    @Override
    public final Integer call() {
        TemporaryFiles.folder(); // whatever needs one would fail later, in other words
        try {
            execute();
        } catch (OutOfMemoryError e) {
            throw new AuditException("Java has too little memory; give it more, such as MIA_JAVA_OPTIONS=-Xmx8g", e);
        }
        return CommandLine.ExitCode.OK;
    }

    /** Runs a command line and returns the exit code. */
    static int run(Object command, String... arguments) {
        System.getProperties().putIfAbsent("ai.djl.offline", "true"); // DJL would ask the network for natives and for cloud metadata;
        System.getProperties().putIfAbsent("OPT_OUT_TRACKING", "true"); // a user who wants that says so with -D
        System.getProperties().putIfAbsent("java.awt.headless", "true"); // plots are drawn into files
        PrintStream out = System.out;
        PrintStream err = System.err;
        System.setOut(new HarmlessStream(out));
        System.setErr(new HarmlessStream(err));
        CommandLine line = new CommandLine(command);
        String encoding = System.getProperty("sun.jnu.encoding", "UTF-8");
        if (!encoding.equals("UTF-8") && Stream.of(arguments).anyMatch(argument -> argument.indexOf(UNREADABLE) >= 0)) {
            line.getErr().println("mia: an argument has characters that this locale, of encoding " + encoding
                    + ", does not know; set the environment variable LC_ALL to C.UTF-8 or another locale of UTF-8, and run again");
            return CommandLine.ExitCode.USAGE;
        }
        try {
            return line.setCaseInsensitiveEnumValuesAllowed(true).setResourceBundle(new HelpTexts())
                    .setParameterExceptionHandler((error, given) -> badUsage(error.getCommandLine(), error))
                    .setExecutionExceptionHandler(MiaCommand::failure).execute(arguments);
        } catch (AuditException e) { // such as two attacks of one name, which the help would list
            line.getErr().println("mia: " + oneLine(e.getMessage()));
            return CommandLine.ExitCode.SOFTWARE;
        } finally {
            System.setOut(out);
            System.setErr(err);
        }
    }

    /** Makes a folder for results, before any long work. */
    static void makeFolder(Path folder) {
        try {
            OwnerOnly.makeFolders(folder);
        } catch (IOException e) {
            throw new InvalidFileException(folder, e);
        }
        if (!Files.isWritable(folder)) {
            throw new InvalidFileException(folder, "is not writable");
        }
    }

    private static int badUsage(CommandLine command, Exception error) {
        command.getErr().println("mia: " + oneLine(error.getMessage()) + "; see " + command.getCommandSpec().qualifiedName() + " --help");
        return command.getCommandSpec().exitCodeOnInvalidInput();
    }

    private static int failure(Exception error, CommandLine command, CommandLine.ParseResult parsed) {
        if (error instanceof BadUsageException) {
            return badUsage(command, error);
        }
        if (error instanceof PolicyBrokenException) {
            return PolicyBrokenException.EXIT_CODE;
        }
        if (error instanceof DecisionDoesNotHoldException) {
            return DecisionDoesNotHoldException.EXIT_CODE;
        }
        if (error instanceof UndecidedException) {
            return UndecidedException.EXIT_CODE;
        }
        if (error instanceof ScoringCancelledException) { // the process is ending; GracefulStop has the word
            return command.getCommandSpec().exitCodeOnExecutionException();
        }
        boolean verbose = command.getCommand() instanceof MiaCommand subcommand && subcommand.verbose;
        boolean expected = error instanceof AuditException || error instanceof IllegalArgumentException;
        command.getErr().println("mia: " + (expected ? "" : error.getClass().getSimpleName() + ": ") + oneLine(error.getMessage()));
        if (verbose) {
            error.printStackTrace(command.getErr());
        } else if (!expected) {
            command.getErr().println("mia: this is a defect; --verbose shows where");
        }
        return command.getCommandSpec().exitCodeOnExecutionException();
    }

    /** What a message quotes of a file could be a command to the terminal. */
    private static String oneLine(String message) {
        return HarmlessStream.harmless(String.valueOf(message).replaceAll("\\s*\\R\\s*", " ").replace('\t', ' '));
    }

    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {"MIAudit " + SoftwareVersions.miaudit()};
        }
    }
}
