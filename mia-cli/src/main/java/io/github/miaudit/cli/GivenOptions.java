package io.github.miaudit.cli;

import io.github.miaudit.djl.ScoringDevice;
import io.github.miaudit.likelihood.MaskingRule;
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

    /** Types whose values are names that the project gives. */
    private static final Set<Class<?>> CHOICES = Set.of(AttackOptions.Chosen.class, MaskingRule.class, ScoringDevice.class);

    private GivenOptions() {
    }

    static Map<String, List<String>> of(ParseResult line) {
        Map<String, List<String>> options = new TreeMap<>();
        line.matchedOptions().stream().filter(option -> !OF_THE_RUN.contains(option.longestName()))
                .forEach(option -> options.put(option.longestName().substring(2), values(option)));
        return options;
    }

    private static boolean isToldOf(Class<?> type) {
        return type.isPrimitive() || Number.class.isAssignableFrom(type) || type.isEnum() || CHOICES.contains(type);
    }

    private static List<String> values(OptionSpec option) {
        if (!Arrays.stream(option.auxiliaryTypes()).allMatch(GivenOptions::isToldOf)) {
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
