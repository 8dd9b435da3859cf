package io.github.miaudit.identifiers;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.github.miaudit.data.Sample;
import io.github.miaudit.io.InvalidFileException;
import io.github.miaudit.io.Lines;
import io.github.miaudit.io.StrictJson;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Identifiers that a dataset states: in its JSON Lines the member {@code identifiers}, a list of objects with {@code start},
 * {@code end} and {@code type}, as {@code mia prepare} writes it of notes with tags as those of n2c2 2014. Immutable.
 */
public final class StatedIdentifiers implements IdentifierFinder {

    private final Map<String, List<Mention>> byId;

    private StatedIdentifiers(Map<String, List<Mention>> byId) {
        this.byId = byId;
    }

    /**
     * Reads what a file of sentences states; what else it holds is checked where sentences are read.
     *
     * @param file one population, as {@link io.github.miaudit.data.Samples#readJsonLines} reads it
     * @return a finder for its sentences, which it knows by their ids
     * @throws InvalidFileException if it can't be read, or a line states something else than such a list
     */
    public static StatedIdentifiers read(Path file) {
        Map<String, List<Mention>> byId = new HashMap<>();
        try (Lines lines = new Lines(file)) {
            for (String line = lines.next(); line != null; line = lines.next()) {
                if (line.contains("\"identifiers\"")) {
                    take(file, lines.number(), line, byId);
                }
            }
        }
        return new StatedIdentifiers(byId);
    }

    /** Of the sentence's identifiers those that are within its text; of some that overlap the longest, then the first. */
    @Override
    public List<Mention> find(Sample sample) {
        LongestMentions longest = new LongestMentions(sample);
        longest.add(byId.getOrDefault(sample.id(), List.of()).stream().filter(mention -> mention.end() <= sample.text().length()).toList());
        return longest.inOrder();
    }

    // Gson's own messages can quote the input, so none of them is passed on.
    private static void take(Path file, long number, String line, Map<String, List<Mention>> byId) {
        try {
            JsonElement sentence = StrictJson.parse(line);
            if (sentence.isJsonObject() && sentence.getAsJsonObject().has("identifiers")) {
                JsonElement id = sentence.getAsJsonObject().get("id");
                List<Mention> mentions = new ArrayList<>();
                sentence.getAsJsonObject().getAsJsonArray("identifiers").forEach(stated -> mentions.add(mention(stated.getAsJsonObject())));
                byId.put(id == null || id.isJsonNull() ? Long.toString(number) : id.getAsString(), List.copyOf(mentions));
            }
        } catch (RuntimeException e) { // whatever Gson finds wrong
            throw new InvalidFileException(file, number,
                    "states \"identifiers\" that are no list of objects with start, end and type, where 0 <= start < end");
        }
    }

    private static Mention mention(JsonObject stated) {
        int start = stated.get("start").getAsBigDecimal().intValueExact();
        int end = stated.get("end").getAsBigDecimal().intValueExact();
        return Mention.of(start, end, TypeLabel.of(stated.get("type").getAsString()));
    }

    /** The size, never an id. */
    @Override
    public String toString() {
        return "StatedIdentifiers[of " + byId.size() + " sentences]";
    }
}
