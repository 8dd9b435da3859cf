package io.github.miaudit.cli;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/**
 * The options of a command, of its line or its configuration, as a report tells them. A value is told where it can only be a number, a
 * choice or yes: a path or a text may name a person.
 */
final class GivenOptions {

    /** They change nothing that a report tells. */
    private static final Set<String> OF_THE_RUN = Set.of("--quiet", "--verbose", "--log-format", "--overwrite", "--output");

    private GivenOptions() {
    }

    static Map<String, List<String>> of(ParseResult line) {
        Map<String, List<String>> options = new TreeMap<>();
        line.matchedOptions().stream().filter(option -> !OF_THE_RUN.contains(option.longestName()))
                .forEach(option -> options.put(option.longestName().substring(2), values(option)));
        return options;
    }

    private static List<String> values(OptionSpec option) {
        if (Arrays.stream(option.auxiliaryTypes()).anyMatch(type -> type == Path.class || type == String.class)) {
            return List.of();
        }
        if (option.arity().max() == 0) {
            return List.of("true");
        }
        return option.originalStringValues().stream()
                .flatMap(value -> option.splitRegex().isEmpty() ? Stream.of(value) : Stream.of(value.split(option.splitRegex())))
                .map(String::strip).toList();
    }
}
