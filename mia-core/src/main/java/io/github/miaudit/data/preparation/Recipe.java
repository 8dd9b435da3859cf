package io.github.miaudit.data.preparation;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.github.miaudit.notes.BadRowPolicy;
import io.github.miaudit.notes.NoteFiles;
import io.github.miaudit.notes.NoteInputs;
import io.github.miaudit.notes.RowFilter;
import io.github.miaudit.notes.TextFiles;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;

/**
 * What a preparation amounts to, so that it can be repeated from its data sheet alone: the inputs of each role and the options, as
 * {@code mia prepare --recipe} reads them. Paths are as the user gave them.
 */
final class Recipe {

    private Recipe() {
    }

    static JsonObject of(Map<String, NoteInputs> roles, Map<String, String> options) {
        JsonObject recipe = new JsonObject();
        roles.forEach((role, inputs) -> {
            JsonArray ofRole = new JsonArray();
            inputs.files().forEach(input -> ofRole.add(input(input)));
            recipe.add(role, ofRole);
        });
        options.forEach(recipe::addProperty);
        return recipe;
    }

    private static JsonObject input(NoteFiles files) {
        JsonObject input = new JsonObject();
        input.addProperty("notes", files.path().toString());
        files.columns().patient().ifPresent(column -> input.addProperty("patient", column));
        files.columns().text().ifPresent(column -> input.addProperty("text", column));
        RowFilter filter = files.filter();
        add(input, "where", filter.kept());
        add(input, "where-not", filter.leftOut());
        if (files.badRows() == BadRowPolicy.SKIP) {
            input.addProperty("on-bad-row", files.badRows().name().toLowerCase(Locale.ROOT));
        }
        files.quoting().ifPresent(quoting -> input.addProperty("quote", quoting.label()));
        if (files.textFiles() != TextFiles.LINES) {
            input.addProperty("text-files", files.textFiles().label());
        }
        if (!files.ignored().isEmpty()) {
            JsonArray patterns = new JsonArray();
            files.ignored().forEach(patterns::add);
            input.add("ignore", patterns);
        }
        return input;
    }

    private static void add(JsonObject input, String key, Map<String, ? extends Collection<String>> conditions) {
        if (!conditions.isEmpty()) {
            JsonObject columns = new JsonObject();
            conditions.forEach((column, values) -> {
                JsonArray array = new JsonArray();
                values.forEach(array::add);
                columns.add(column, array);
            });
            input.add(key, columns);
        }
    }
}
