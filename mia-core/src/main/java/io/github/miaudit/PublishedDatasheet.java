package io.github.miaudit;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.github.miaudit.evaluation.Evaluation;
import java.util.Locale;
import java.util.Map;

/**
 * A data sheet as a report tells it: counts and settings without the names of files, which can be patients', and without
 * counts of few patients.
 */
final class PublishedDatasheet {

    private PublishedDatasheet() {
    }

    static String of(String datasheet, Evaluation evaluation) {
        JsonObject sheet = JsonParser.parseString(datasheet).getAsJsonObject();
        JsonObject published = new JsonObject();
        published.add("sets", sheet.has("sets") ? sheet.getAsJsonObject("sets").deepCopy() : new JsonObject());
        for (Map.Entry<String, JsonElement> set : published.getAsJsonObject("sets").entrySet()) {
            for (Map.Entry<String, JsonElement> count : set.getValue().getAsJsonObject().entrySet()) {
                if (count.getKey().toLowerCase(Locale.ROOT).contains("patients") && evaluation.hides(count.getValue().getAsLong())) {
                    count.setValue(JsonNull.INSTANCE);
                }
            }
        }
        published.add("settings", sheet.has("settings") ? sheet.get("settings") : new JsonObject());
        published.add("saltDigest", sheet.has("saltDigest") ? sheet.get("saltDigest") : JsonNull.INSTANCE);
        published.addProperty("inputs", sheet.has("inputs") ? sheet.getAsJsonObject("inputs").size() : 0);
        published.addProperty("trainingRowsUnread", sheet.has("trainingRowsUnread") ? sheet.get("trainingRowsUnread").getAsLong() : 0);
        for (String list : new String[] {"ignored", "badRows"}) {
            published.addProperty(list, sheet.get(list) instanceof JsonArray names ? names.size() : 0);
        }
        return published.toString();
    }
}
