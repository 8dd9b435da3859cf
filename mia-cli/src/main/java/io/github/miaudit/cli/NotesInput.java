package io.github.miaudit.cli;

import io.github.miaudit.io.PlainText;
import io.github.miaudit.io.YamlValue;
import io.github.miaudit.notes.NoteFiles;
import io.github.miaudit.notes.NoteInputs;
import io.github.miaudit.notes.Preset;
import io.github.miaudit.notes.RowFilter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * An input of notes as a user writes it: a path, {@code notes=PATH,patient=COLUMN,…} or a mapping in a recipe.
 *
 * @param values what its keys say, but for the conditions on rows
 * @param where  the conditions
 */
record NotesInput(Map<String, String> values, RowFilter where) {

    private static final String NOTES = "notes";
    private static final String WHERE = "where";
    private static final String WHERE_NOT = "where-not";
    private static final String QUOTE = "quote";
    private static final String TEXT_FILES = "text-files";
    /** Patterns with | between them, or in a recipe a list. */
    private static final String IGNORE = "ignore";
    private static final String BAD_ROWS = "on-bad-row";
    /** Those with one value. */
    private static final List<String> KEYS = List.of(NOTES, "preset", "patient", "text", QUOTE, TEXT_FILES, IGNORE, BAD_ROWS);

    /**
     * Looks at the values, and copies them.
     *
     * @throws IllegalArgumentException if the notes are missing, or a value is none that its key can have
     */
    NotesInput {
        values = Map.copyOf(values);
        if (!values.containsKey(NOTES)) {
            throw new IllegalArgumentException("has no key notes; add it, with the path of a file or a folder");
        }
        preset(values);
        value(values, BAD_ROWS, new NotesOptions.PolicyConverter());
        value(values, QUOTE, new NotesOptions.QuotingConverter());
        value(values, TEXT_FILES, new NotesOptions.TextFilesConverter());
    }

    /**
     * An input of the command line.
     *
     * @throws IllegalArgumentException if it is none, with what is wrong
     */
    static NotesInput of(String argument) {
        if (argument.isEmpty()) {
            throw new IllegalArgumentException("is empty; name a file or a folder");
        }
        if (argument.indexOf(',') < 0 && argument.indexOf('=') < 0) {
            return new NotesInput(Map.of(NOTES, argument), RowFilter.none());
        }
        Map<String, String> values = new TreeMap<>();
        RowFilter where = RowFilter.none();
        for (String part : argument.split(",", -1)) {
            int equals = part.indexOf('=');
            if (equals < 0) {
                throw new IllegalArgumentException(
                        shown(part) + " is no KEY=VALUE; a path or a value with a comma or an equals sign goes into"
                                + " a recipe (--recipe)");
            }
            String key = part.substring(0, equals).strip();
            String value = part.substring(equals + 1).strip();
            if (value.isEmpty()) {
                throw new IllegalArgumentException("key " + shown(key) + " is empty; give it a value, or leave it out");
            }
            if (key.equals(WHERE)) {
                where = where.and(condition(value));
            } else if (!KEYS.contains(key)) {
                throw new IllegalArgumentException("key " + shown(key) + " is unknown; known are " + String.join(", ", KEYS) + ", " + WHERE
                        + "; a path with a comma or an equals sign goes into a recipe (--recipe)");
            } else if (values.put(key, value) != null) {
                throw new IllegalArgumentException("key " + key + " is there twice; leave one out");
            }
        }
        return new NotesInput(values, where);
    }

    /** {@code COLUMN:VALUE|VALUE…}, or with {@code !:} those that are left out. */
    private static RowFilter condition(String written) {
        int colon = written.indexOf(':');
        if (colon < 0) {
            throw new IllegalArgumentException(
                    "where is " + shown(written) + "; it must be COLUMN:VALUE, COLUMN:VALUE|VALUE or COLUMN!:VALUE");
        }
        boolean negated = colon > 0 && written.charAt(colon - 1) == '!';
        String column = written.substring(0, negated ? colon - 1 : colon).strip();
        List<String> values = Arrays.asList(written.substring(colon + 1).split("\\|", -1));
        return negated ? RowFilter.none().leavingOut(column, values) : RowFilter.none().keeping(column, values);
    }

    /** An input of a recipe; its errors name the line. */
    static NotesInput of(YamlValue mapping) {
        List<String> known = new ArrayList<>(KEYS);
        known.addAll(List.of(WHERE, WHERE_NOT));
        Map<String, YamlValue> entries = mapping.entries(known, "an input");
        Map<String, String> values = new TreeMap<>();
        KEYS.stream().filter(entries::containsKey).forEach(key -> values.put(key,
                key.equals(IGNORE) ? String.join("|", texts(key, entries.get(key))) : entries.get(key).text(key)));
        RowFilter where = RowFilter.none();
        for (Map.Entry<String, YamlValue> column : conditions(entries, WHERE).entrySet()) {
            where = where.keeping(column.getKey(), texts(column.getKey(), column.getValue()));
        }
        for (Map.Entry<String, YamlValue> column : conditions(entries, WHERE_NOT).entrySet()) {
            where = where.leavingOut(column.getKey(), texts(column.getKey(), column.getValue()));
        }
        try {
            return new NotesInput(values, where);
        } catch (IllegalArgumentException e) {
            throw mapping.problem("this input " + e.getMessage());
        }
    }

    private static Map<String, YamlValue> conditions(Map<String, YamlValue> entries, String key) {
        return entries.containsKey(key)
                ? entries.get(key).entries(key + " has columns and their values, such as CATEGORY: [Nursing, Radiology]")
                : Map.of();
    }

    private static List<String> texts(String column, YamlValue value) {
        if (column.isBlank()) {
            throw value.problem("names no column; name one");
        }
        List<YamlValue> values = value.list().orElse(List.of(value));
        if (values.isEmpty()) {
            throw value.problem(PlainText.name(column) + " is empty; give it a value, or leave it out");
        }
        return values.stream().map(each -> each.text(PlainText.name(column))).toList();
    }

    /** The inputs of a role, which is not without any. */
    static NoteInputs toInputs(List<NotesInput> inputs, NotesOptions others) {
        return BadUsageException.ifRefused(() -> new NoteInputs(inputs.stream().map(input -> input.toFiles(others)).toList()));
    }

    private NoteFiles toFiles(NotesOptions others) {
        Path path = Path.of(values.get(NOTES));
        NoteFiles files = preset(values).map(preset -> preset.at(path)).orElseGet(() -> others.applied(NoteFiles.at(path)));
        files = values.containsKey("patient") ? files.withPatientColumn(values.get("patient")) : files;
        files = values.containsKey("text") ? files.withTextColumn(values.get("text")) : files;
        files = value(values, QUOTE, new NotesOptions.QuotingConverter()).map(files::withQuoting).orElse(files);
        files = value(values, TEXT_FILES, new NotesOptions.TextFilesConverter()).map(files::withTextFiles).orElse(files);
        List<String> ignored = Stream.of(files.ignored(), others.ignored(),
                Optional.ofNullable(values.get(IGNORE)).map(patterns -> List.of(patterns.split("\\|"))).orElse(List.of()))
                .flatMap(List::stream).distinct().toList();
        return files.withRows(files.filter().and(where)).withIgnored(ignored)
                .withBadRows(value(values, BAD_ROWS, new NotesOptions.PolicyConverter()).orElse(others.badRows()));
    }

    private static Optional<Preset> preset(Map<String, String> values) {
        return Optional.ofNullable(values.get("preset")).map(name -> Preset.labelled(name).orElseThrow(
                () -> new IllegalArgumentException("has the preset " + shown(name) + ", which is unknown; known are " + Preset.labels())));
    }

    private static <T> Optional<T> value(Map<String, String> values, String key, ITypeConverter<T> converter) {
        try {
            return values.containsKey(key) ? Optional.of(converter.convert(values.get(key))) : Optional.empty();
        } catch (Exception e) {
            throw new IllegalArgumentException("has the key " + key + ": " + e.getMessage(), e);
        }
    }

    private static String shown(String value) {
        return "'" + PlainText.name(value) + "'";
    }

    static final class Converter implements ITypeConverter<NotesInput> {
        @Override
        public NotesInput convert(String value) {
            try {
                return NotesInput.of(value);
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException("'" + value + "': " + e.getMessage());
            }
        }
    }
}
