package io.github.miaudit.data;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import io.github.miaudit.InvalidFileException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * The digests in a prepared dataset's data sheet.
 *
 * @param bySet for each file's name; empty where there is no data sheet
 */
record DatasheetDigests(Map<String, JsonElement> bySet) {

    private static final String NAME = "datasheet.json";

    static DatasheetDigests of(Path folder) {
        return new DatasheetDigests(text(folder).map(text -> read(folder.resolve(NAME), text).asMap()).orElse(Map.of()));
    }

    /** The data sheet as it is; empty where there is none. */
    static Optional<String> text(Path folder) {
        Path datasheet = folder.resolve(NAME);
        try {
            return Files.exists(datasheet) ? Optional.of(Files.readString(datasheet)) : Optional.empty();
        } catch (IOException e) {
            throw new InvalidFileException(datasheet, e);
        }
    }

    /** Whether the data sheet tells of a file. */
    boolean tellOf(Path file) {
        return bySet.containsKey(file.getFileName().toString());
    }

    /** Makes sure that a file is still the one that the data sheet tells of, if it does. */
    void check(Path file) {
        JsonElement digest = bySet.get(file.getFileName().toString());
        if (digest != null && !(digest.isJsonPrimitive() && Sha256.ofFiles(file).equals(digest.getAsString()))) {
            throw new InvalidFileException(file, "was changed since " + NAME + " was written; prepare the dataset anew, or remove "
                    + NAME + " if the change was meant");
        }
    }

    private static JsonObject read(Path datasheet, String text) {
        try {
            JsonObject sheet = new Gson().fromJson(text, JsonObject.class);
            if (sheet != null && sheet.get("digests") instanceof JsonObject digests) {
                return digests;
            }
        } catch (JsonParseException e) {
            throw new InvalidFileException(datasheet, "is no JSON; prepare the dataset anew, or remove the file");
        }
        throw new InvalidFileException(datasheet, "has no digests; prepare the dataset anew, or remove the file");
    }
}
