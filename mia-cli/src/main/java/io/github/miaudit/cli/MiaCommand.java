package io.github.miaudit.cli;

import io.github.miaudit.MistakesException;
import io.github.miaudit.io.AuditException;
import io.github.miaudit.io.InvalidFileException;
import io.github.miaudit.io.OwnerOnly;
import io.github.miaudit.io.SoftwareVersions;
import io.github.miaudit.io.TemporaryFiles;
import io.github.miaudit.likelihood.ScoringCancelledException;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;

/**
 * What all subcommands share: exit codes (0 done, 1 failed, 2 bad usage, 3 a policy is broken or a decision does not hold, 4 it can't be
 * told), one-line errors, offline DJL.
 */
@Command(mixinStandardHelpOptions = true, versionProvider = MiaCommand.Version.class)
abstract class MiaCommand implements Callable<Integer> {

    /** What Java puts in the place of characters of arguments that it can't read. */
    private static final char UNREADABLE = '\uFFFD';

    /** What Java says of a user without an entry in the system's list, such as most of a container. */
    private static final String UNKNOWN_HOME = "?";

    @Spec
    private CommandSpec command;

    @Option(names = ConfigFile.OPTION, paramLabel = "FILE",
            description = "Options in YAML by their names, such as rule: maskless; those of the command line win.")
    private Path config;

    @Option(names = "--quiet", description = "Say nothing of progress; warnings, errors and results are still told.")
    private boolean quiet;

    @Option(names = "--verbose", description = "Show the stack trace of an error, and what opening a model takes.")
    private boolean verbose;

    @Option(names = "--log-format", paramLabel = "text|json", defaultValue = "text",
            description = "Of progress, warnings and errors: json is an object a line on the standard error (default: ${DEFAULT-VALUE}).")
    private LogFormat logFormat;

    /** The options of this run, for the provenance of its report. */
    final Map<String, List<String>> givenOptions() {
        return GivenOptions.of(command.commandLine().getParseResult());
    }

    /** Whether the user wants to know more. */
    final boolean isVerbose() {
        return verbose;
    }

    /** What tells of the progress of scoring, as the user wants it. */
    final TerminalProgress progress() {
        return new TerminalProgress(quiet ? TerminalProgress.Display.NOTHING
                : System.console() == null || logFormat == LogFormat.JSON ? TerminalProgress.Display.LINES : TerminalProgress.Display.BAR,
                System::nanoTime);
    }

    /** Likewise of training. */
    final TrainingLog trainingLog() {
        return new TrainingLog(quiet, System::nanoTime);
    }

    /** Does the work; failures are exceptions. */
    abstract void execute();

    @Override
    public final Integer call() {
        if (quiet && verbose) {
            throw new BadUsageException("--quiet and --verbose contradict each other; leave one out");
        }
        TemporaryFiles.folder(); // whatever needs one would fail later, in other words
        try {
            execute();
        } catch (OutOfMemoryError e) {
            throw new AuditException("Java has too little memory; give it more, such as MIA_JAVA_OPTIONS=-Xmx8g", e);
        } catch (LinkageError e) {
            throw new AuditException(
                    "a library that this takes is missing, or of another version than MIAudit was built with; build or unpack"
                            + " MIAudit anew, and look at what MIA_CLASS_PATH adds; --verbose shows which",
                    e);
        }
        return CommandLine.ExitCode.OK;
    }

    /** Runs a command line and returns the exit code. */
    static int run(Object command, String... arguments) {
        System.getProperties().putIfAbsent("ai.djl.offline", "true"); // DJL would ask the network for natives and for cloud metadata;
        System.getProperties().putIfAbsent("OPT_OUT_TRACKING", "true"); // a user who wants that says so with -D
        System.getProperties().putIfAbsent("java.awt.headless", "true"); // plots are drawn into files
        if (System.getProperty("user.home").equals(UNKNOWN_HOME)) { // or libraries make a folder of that name
            System.setProperty("user.home", System.getenv().getOrDefault("HOME", System.getProperty("java.io.tmpdir")));
        }
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
        HelpSections.install(line);
        Conversions.register(line);
        try {
            return new Run(line.setResourceBundle(new HelpTexts())).execute(arguments);
        } catch (AuditException e) { // such as two attacks of one name, which the help would list
            error(line, e.getMessage());
            return CommandLine.ExitCode.SOFTWARE;
        } finally {
            System.setOut(out);
            System.setErr(err);
        }
    }

    /** One command line, with the configuration that it names. */
    private static final class Run {

        private final CommandLine line;
        private List<OptionSpec> given = List.of();
        private Optional<ConfigFile> config = Optional.empty();

        Run(CommandLine line) {
            this.line = line.setParameterExceptionHandler((error, all) -> badUsage(error.getCommandLine(), located(error)))
                    .setExecutionExceptionHandler(MiaCommand::failure);
        }

        int execute(String... arguments) {
            ParseResult glance;
            try {
                glance = glance(arguments);
            } catch (ParameterException e) { // what can't be gathered with others
                return badUsage(e.getCommandLine(), e.getMessage());
            }
            if (!(glance.commandSpec().userObject() instanceof MiaCommand command)) {
                return line.execute(arguments);
            }
            logAs(command.logFormat);
            if (command.config == null) {
                return line.execute(arguments);
            }
            ConfigFile file = ConfigFile.read(command.config, glance.commandSpec());
            config = Optional.of(file);
            given = glance.matchedOptions();
            String[] all = Stream.concat(Stream.of(arguments), file.arguments(glance.commandSpec(), given).stream()).toArray(String[]::new);
            glance(all);
            logAs(command.logFormat);
            return line.execute(all);
        }

        private void logAs(LogFormat format) {
            if (format == LogFormat.JSON && !(System.err instanceof JsonLog)) {
                System.setErr(new JsonLog(System.err));
                line.setErr(new PrintWriter(System.err, true));
            }
        }

        /** What is given, whatever is wrong with it. */
        private ParseResult glance(String... arguments) {
            Stream.of(arguments).filter(argument -> argument.matches("@[^@].*") && !Files.isRegularFile(Path.of(argument.substring(1))))
                    .findFirst().ifPresent(argument -> {
                        throw new ParameterException(line, "'" + argument + "': there is no file " + argument.substring(1)
                                + " to take arguments from; an argument that begins with @ is written with two");
                    });
            collectErrors(line, true);
            ParseResult result = line.parseArgs(arguments);
            while (result.hasSubcommand()) {
                result = result.subcommand();
            }
            collectErrors(line, false);
            return result;
        }

        private String located(ParameterException error) {
            String message = Misspelling.explained(error);
            return config.map(file -> file.located(Optional.ofNullable(error.getArgSpec()), given, message)).orElse(message);
        }

        private static void collectErrors(CommandLine line, boolean collected) {
            line.getCommandSpec().parser().collectErrors(collected);
            line.getSubcommands().values().forEach(each -> collectErrors(each, collected));
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

    private static int badUsage(CommandLine command, String message) {
        error(command, message + (message.endsWith("?") ? " See " : "; see ") + command.getCommandSpec().qualifiedName() + " --help");
        return command.getCommandSpec().exitCodeOnInvalidInput();
    }

    private static void error(CommandLine command, String message) {
        if (System.err instanceof JsonLog log) {
            log.error(oneLine(message));
        } else {
            command.getErr().println("mia: " + oneLine(message));
        }
    }

    private static int failure(Exception error, CommandLine command, CommandLine.ParseResult parsed) {
        if (error instanceof BadUsageException) {
            return badUsage(command, error.getMessage());
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
        error(command, told(error));
        if (verbose) {
            error.printStackTrace();
        }
        return command.getCommandSpec().exitCodeOnExecutionException();
    }

    /** What a user can do something with; names of Java's classes are none. */
    private static String told(Exception error) {
        if (error instanceof MistakesException mistakes) {
            return mistakes.problems(); // calls mend them in Java
        }
        if (error instanceof AuditException || error instanceof IllegalArgumentException) {
            return error.getMessage();
        }
        if (error instanceof UncheckedIOException unchecked && unchecked.getCause() instanceof FileSystemException file
                && file.getFile() != null) {
            return new InvalidFileException(Path.of(file.getFile()), file).getMessage();
        }
        return "this went wrong in a way that nobody foresaw, which is a defect; --verbose shows where";
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
