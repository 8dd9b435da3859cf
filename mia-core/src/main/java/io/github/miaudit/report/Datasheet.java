package io.github.miaudit.report;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import io.github.miaudit.io.StrictJson;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * How the dataset was prepared, as a report tells it: counts and settings without the names of files, which can be patients', and
 * without counts of few patients.
 *
 * @param sets               for each set its counts, as {@code datasheet.json} has them; null where they are not told
 * @param settings           the options of the preparation by name
 * @param saltDigest         SHA-256 of the salt of the patients' pseudonyms, if the data sheet has one
 * @param inputs             how many files were read
 * @param trainingRowsUnread malformed rows of the training files whose patient can't be told
 * @param ignored            files of no known format
 * @param badRows            malformed rows that were left out
 */
public record Datasheet(Map<String, JsonObject> sets, Map<String, String> settings, Optional<String> saltDigest, int inputs,
        long trainingRowsUnread, int ignored, int badRows) {

    static Datasheet of(String datasheet, Disclosure disclosure) {
        JsonObject sheet = StrictJson.parse(datasheet).getAsJsonObject();
        Map<String, JsonObject> sets = new LinkedHashMap<>();
        object(sheet, "sets").entrySet().forEach(set -> sets.put(set.getKey(), told(set.getValue().getAsJsonObject(), disclosure)));
        Map<String, String> settings = new LinkedHashMap<>();
        object(sheet, "settings").entrySet().forEach(setting -> settings.put(setting.getKey(), setting.getValue().getAsString()));
        return new Datasheet(sets, settings, Optional.ofNullable(sheet.get("saltDigest")).filter(salt -> !salt.isJsonNull()).map(JsonElement::getAsString),
                object(sheet, "inputs").size(), sheet.has("trainingRowsUnread") ? sheet.get("trainingRowsUnread").getAsLong() : 0,
                names(sheet, "ignored"), names(sheet, "badRows"));
    }

    private static JsonObject told(JsonObject counts, Disclosure disclosure) {
        JsonObject told = counts.deepCopy();
        for (Map.Entry<String, JsonElement> count : told.entrySet()) {
            if (count.getKey().toLowerCase(Locale.ROOT).contains("patients") && disclosure.hides(count.getValue().getAsLong())) {
                count.setValue(JsonNull.INSTANCE);
            }
        }
        return told;
    }

    private static JsonObject object(JsonObject sheet, String name) {
        return sheet.has(name) ? sheet.getAsJsonObject(name) : new JsonObject();
    }

    private static int names(JsonObject sheet, String list) {
        return sheet.get(list) instanceof JsonArray names ? names.size() : 0;
    }
}
