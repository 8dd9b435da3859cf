package io.github.miaudit.cli;

import io.github.miaudit.io.Nearest;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.TypeConversionException;
import picocli.CommandLine.UnmatchedArgumentException;

/** What somebody probably meant who wrote what is unknown: options, commands and values. */
final class Misspelling {

    private Misspelling() {
    }

    /** An error of picocli in plain words, with the nearest of what there is. */
    static String explained(ParameterException error) {
        if (error instanceof UnmatchedArgumentException unmatched) {
            return unmatched(unmatched.getCommandLine(), unmatched.getUnmatched());
        }
        List<String> others = error.getCommandLine().getUnmatchedArguments().stream().filter(Misspelling::isOption).toList();
        return error instanceof MissingParameterException && !others.isEmpty()
                ? error.getMessage() + "; u" + unmatched(error.getCommandLine(), others).substring(1)
                : error.getMessage();
    }

    private static String unmatched(CommandLine command, List<String> unmatched) {
        List<String> options = unmatched.stream().filter(Misspelling::isOption).toList();
        boolean noCommand = !command.getSubcommands().isEmpty() && !isOption(unmatched.get(0));
        if (noCommand) {
            return "'" + unmatched.get(0) + "' is no command" + Nearest.question(unmatched.get(0), command.getSubcommands().keySet());
        }
        if (options.isEmpty()) {
            return "'" + unmatched.get(0) + "' is one argument too many; an option's value stands behind its name, one with spaces in"
                    + " quotation marks";
        }
        String option = options.get(0).replaceFirst("=.*", "");
        List<String> names = command.getCommandSpec().options().stream().flatMap(each -> Stream.of(each.names())).toList();
        return "Unknown option: '" + option + "'" + Nearest.question(option, names);
    }

    private static boolean isOption(String argument) {
        return argument.startsWith("-");
    }

    /** The error of a value that is none of those there are. */
    static TypeConversionException noneOf(String value, Collection<String> known) {
        return new TypeConversionException("'" + value + "' is none of " + String.join(", ", known) + Nearest.question(value, known));
    }
}
