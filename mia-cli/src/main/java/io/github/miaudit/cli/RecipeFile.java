package io.github.miaudit.cli;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.github.miaudit.data.preparation.DatasetPreparation;
import io.github.miaudit.data.preparation.Datasheet;
import io.github.miaudit.io.InvalidFileException;
import io.github.miaudit.io.PlainText;
import io.github.miaudit.io.StrictJson;
import io.github.miaudit.io.StrictYaml;
import io.github.miaudit.io.YamlValue;
import io.github.miaudit.notes.NoteInputs;
import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;

/** Inputs and options of a preparation in a file, or in the data sheet of a dataset that was prepared with them; read when needed. */
final class RecipeFile {

    static final String OPTION = "--recipe";

    /** What only Java can choose. */
    private static final String SPLITTER = "splitter";
    private static final List<String> ROLES = List.of("training", "nontraining", "external");
    /** The recipe, the inputs of a role, an input, its conditions, their values; and one more, so that what is too much has a name. */
    private static final StrictYaml.Kind KIND = new StrictYaml.Kind("recipe", "training", 1 << 20, 6,
            "values are texts, numbers or lists of them");

    /** The options that a recipe may hold. */
    @Command
    static final class Options {

        @Mixin
        private NotesOptions notes;

        @Mixin
        private PreparationOptions preparation;
    }

    /**
     * What a recipe says.
     *
     * @param inputs    of each role that it names
     * @param options   by name
     * @param datasheet the data sheet that it was taken from, if it was
     */
    record Recipe(Map<String, List<NotesInput>> inputs, Map<String, String> options, Optional<JsonObject> datasheet) {
    }

    private final Path file;
    private Optional<Recipe> read = Optional.empty();

    RecipeFile(Path file) {
        this.file = file;
    }

    /**
     * Reads the file, once.
     *
     * @throws InvalidFileException if it can't be read or is no recipe; the message names the line
     */
    Recipe read() {
        if (read.isEmpty()) {
            read = Optional.of(recipe());
        }
        return read.get();
    }

    /**
     * The inputs of a role; none if the recipe has none.
     *
     * @param role such as {@code training}
     */
    List<NotesInput> inputs(String role) {
        return read().inputs.getOrDefault(role, List.of());
    }

    /**
     * The inputs of a role.
     *
     * @throws InvalidFileException if there are none
     */
    List<NotesInput> required(String role) {
        if (inputs(role).isEmpty()) {
            throw new InvalidFileException(file, "has no " + role + " notes; add the key " + role);
        }
        return inputs(role);
    }

    /** The preparation of the recipe as it is. */
    DatasetPreparation toPreparation() {
        Options options = new Options();
        new CommandLine(options).parseArgs(read().options.entrySet().stream().map(option -> argument(option.getKey(), option.getValue()))
                .toArray(String[]::new));
        NoteInputs training = NotesInput.toInputs(required("training"), options.notes);
        DatasetPreparation preparation = options.preparation.of(training, NotesInput.toInputs(required("nontraining"), options.notes));
        return inputs("external").isEmpty() ? preparation
                : preparation.withExternal(NotesInput.toInputs(inputs("external"), options.notes));
    }

    /** In what the notes of a data sheet, its salt and its program were others than those of a new one. */
    List<String> changes(Datasheet now) {
        JsonObject before = read().datasheet.orElseGet(JsonObject::new);
        List<String> changes = new ArrayList<>();
        Map<String, String> inputs = strings(before, "inputs");
        List<String> changed = Stream.concat(inputs.keySet().stream(), now.inputs().keySet().stream()).distinct()
                .filter(name -> !inputs.getOrDefault(name, "").equals(now.inputs().getOrDefault(name, ""))).map(PlainText::name).toList();
        if (read().datasheet.isPresent() && !changed.isEmpty()) {
            changes.add(changed.size() + " files are not as they were when " + file + " was written, so the sets may be others: "
                    + changed.stream().limit(3).collect(Collectors.joining(", ")) + (changed.size() > 3 ? " and others" : ""));
        }
        if (read().datasheet.isPresent()
                && !Optional.ofNullable(before.get("saltDigest")).filter(JsonElement::isJsonPrimitive).map(JsonElement::getAsString)
                        .equals(now.saltDigest())) {
            changes.add("the salt is not that of " + file + ", so patients have other pseudonyms; name its file by --salt-file");
        }
        String version = strings(before, "settings").getOrDefault("version", now.settings().get("version"));
        if (!version.equals(now.settings().get("version"))) {
            changes.add(file + " was written by MIAudit " + PlainText.name(version) + ", so the sets may be others");
        }
        return changes;
    }

    private static Map<String, String> strings(JsonObject sheet, String member) {
        Map<String, String> strings = new LinkedHashMap<>();
        if (sheet.get(member) instanceof JsonObject object) {
            object.entrySet().stream().filter(entry -> entry.getValue().isJsonPrimitive())
                    .forEach(entry -> strings.put(entry.getKey(), entry.getValue().getAsString()));
        }
        return strings;
    }

    private Recipe recipe() {
        if (!file.toString().endsWith(".json")) {
            return recipe(StrictYaml.read(file, KIND), Optional.empty());
        }
        JsonObject json = json();
        if (!json.has("digests")) {
            return recipe(StrictYaml.read(file, KIND), Optional.empty());
        }
        if (!(json.get("recipe") instanceof JsonObject recipe)) {
            throw new InvalidFileException(file, "is a data sheet without a recipe; write one, or prepare the dataset anew");
        }
        String text = new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create().toJson(recipe);
        return recipe(StrictYaml.parse(Path.of(file + ", recipe"), text, KIND), Optional.of(json));
    }

    private JsonObject json() {
        try {
            return StrictJson.object(file, Files.readString(file));
        } catch (IOException e) {
            throw new InvalidFileException(file, e);
        }
    }

    private static Recipe recipe(YamlValue root, Optional<JsonObject> datasheet) {
        CommandLine options = new CommandLine(new Options());
        List<String> known = new ArrayList<>(ROLES);
        options.getCommandSpec().options().forEach(option -> known.add(name(option)));
        known.add(SPLITTER);
        Map<String, List<NotesInput>> inputs = new LinkedHashMap<>();
        Map<String, String> values = new LinkedHashMap<>();
        root.entries(known, "a recipe").forEach((key, value) -> {
            if (ROLES.contains(key)) {
                inputs.put(key, inputs(key, value));
            } else if (key.equals(SPLITTER)) {
                throw value.problem("the notes were cut into sentences by " + PlainText.name(value.text(key))
                        + ", which only a Java program has; prepare them there, or leave the key out");
            } else {
                values.put(key, option(options, key, value));
            }
        });
        return new Recipe(inputs, values, datasheet);
    }

    private static List<NotesInput> inputs(String role, YamlValue value) {
        List<YamlValue> list = value.list()
                .orElseThrow(() -> value.problem(role + " is no list; start each input with a dash, such as - notes: notes.csv"));
        if (list.isEmpty()) {
            throw value.problem(role + " is empty; name notes, or leave it out");
        }
        return list.stream().map(NotesInput::of).toList();
    }

    /** The value of an option, with which the command line could do something. */
    private static String option(CommandLine options, String key, YamlValue value) {
        String written = value.list()
                .map(several -> several.stream().map(each -> each.text(key)).collect(Collectors.joining(",")))
                .orElseGet(() -> value.text(key));
        if (value.list().isPresent() && options.getCommandSpec().findOption("--" + key).splitRegex().isEmpty()) {
            throw value.problem(key + " is a list; it must be one value");
        }
        try {
            options.parseArgs(argument(key, written));
        } catch (ParameterException e) {
            throw value.problem(PlainText.line(e.getMessage().replace("option '--" + key + "'", key)));
        }
        return written;
    }

    private static String argument(String key, String value) {
        return "--" + key + "=" + value;
    }

    private static String name(OptionSpec option) {
        return option.longestName().substring(2);
    }

    static final class Converter implements ITypeConverter<RecipeFile> {
        @Override
        public RecipeFile convert(String value) {
            return new RecipeFile(Path.of(value));
        }
    }

    /** What the command line doesn't say is as in the recipe, if there is one. */
    static final class Defaults implements IDefaultValueProvider {

        /** A recipe that can't be read is no default; the command says so when it reads it. */
        @Override
        public String defaultValue(ArgSpec argument) {
            Optional<RecipeFile> recipe = Optional.ofNullable(argument.command().findOption(OPTION)).map(OptionSpec::<RecipeFile>getValue);
            boolean mayBe = argument instanceof OptionSpec option && isOfRecipes(option);
            try {
                return recipe.isPresent() && mayBe ? recipe.get().read().options.get(name((OptionSpec) argument)) : null;
            } catch (InvalidFileException e) {
                return null;
            }
        }

        /** Other commands have options of the same names. */
        private static boolean isOfRecipes(OptionSpec option) {
            return option.userObject() instanceof Field field
                    && List.of(NotesOptions.class, PreparationOptions.class).contains(field.getDeclaringClass());
        }
    }
}
