package io.github.miaudit.cli;

import io.github.miaudit.io.PlainText;
import io.github.miaudit.io.StrictYaml;
import io.github.miaudit.io.YamlValue;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Options of a command in a file of YAML, by their names without hyphens; those that the command line has too are not looked at. */
final class ConfigFile {

    static final String OPTION = "--config";

    /** They are of the command line itself. */
    private static final List<String> OF_THE_LINE = List.of(OPTION, "--help", "--version");
    private static final StrictYaml.Kind KIND = new StrictYaml.Kind("configuration", "target", 1 << 20, 3,
            "values are texts, numbers, true, false or lists of them");

    private final Map<String, YamlValue> values;

    private ConfigFile(Map<String, YamlValue> values) {
        this.values = values;
    }

    /**
     * Reads a file.
     *
     * @throws io.github.miaudit.io.InvalidFileException if it can't be read, or has a key that is no option of the command; it names the
     *                                                   line and the nearest option
     */
    static ConfigFile read(Path file, CommandSpec command) {
        List<String> known = command.options().stream().filter(option -> !OF_THE_LINE.contains(option.longestName()))
                .flatMap(ConfigFile::keys).sorted().toList();
        return new ConfigFile(StrictYaml.read(file, KIND).entries(known, "a configuration"));
    }

    /** The arguments that the file stands for, but for options that were given. */
    List<String> arguments(CommandSpec command, List<OptionSpec> given) {
        List<String> arguments = new ArrayList<>();
        values.forEach((key, value) -> {
            OptionSpec option = command.findOption("--" + key);
            if (!given.contains(option)) {
                arguments.addAll(arguments(option, key, value));
            }
        });
        return arguments;
    }

    private static List<String> arguments(OptionSpec option, String key, YamlValue value) {
        Optional<List<YamlValue>> list = value.list();
        if (list.isPresent() && !option.isMultiValue()) {
            throw value.problem(key + " is a list; it must be one value");
        }
        List<String> texts = list.orElse(List.of(value)).stream().map(each -> each.text(key)).toList();
        if (option.arity().max() > 0) {
            return texts.stream().map(text -> "--" + key + "=" + text).toList();
        }
        return switch (texts.get(0)) {
            case "true" -> List.of("--" + key);
            case "false" -> List.of();
            default -> throw value.problem(key + " is " + PlainText.name(texts.get(0)) + "; it must be true or false");
        };
    }

    /** The same message with file and line, if it is of a value of the file. */
    String located(Optional<ArgSpec> argument, List<OptionSpec> given, String message) {
        return argument.filter(OptionSpec.class::isInstance).map(OptionSpec.class::cast)
                .filter(option -> !given.contains(option)).flatMap(option -> keys(option).filter(values::containsKey).findFirst())
                .map(key -> values.get(key).problem(message).getMessage()).orElse(message);
    }

    /** Its names without hyphens. */
    private static Stream<String> keys(OptionSpec option) {
        return Stream.of(option.names()).filter(name -> name.startsWith("--")).map(name -> name.substring(2));
    }
}
