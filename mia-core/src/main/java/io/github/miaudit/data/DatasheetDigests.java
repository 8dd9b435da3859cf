package io.github.miaudit.data;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import io.github.miaudit.io.InvalidFileException;
import io.github.miaudit.io.Sha256;
import io.github.miaudit.io.StrictJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * The digests in a prepared dataset's data sheet.
 *
 * @param bySet for each file's name; nothing where there is no data sheet
 */
record DatasheetDigests(Optional<Map<String, JsonElement>> bySet) {

    private static final String NAME = "datasheet.json";
    private static final String REMEDY = "; prepare the dataset anew, or remove ";

    static DatasheetDigests of(Path folder) {
        return new DatasheetDigests(text(folder).map(text -> read(folder.resolve(NAME), text).asMap()));
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
        return bySet.filter(digests -> digests.containsKey(name(file))).isPresent();
    }

    /** Makes sure, where there is a data sheet, that a file is still the one that it tells of. */
    void check(Path file) {
        if (bySet.isEmpty() || !Files.exists(file)) {
            return;
        }
        JsonElement digest = bySet.get().get(name(file));
        if (digest == null) {
            throw new InvalidFileException(file, "is not one of the files that " + NAME + " was written for; remove it, or remove " + NAME + " if it was added on purpose");
        }
        if (!(digest.isJsonPrimitive() && Sha256.ofFiles(file).equals(digest.getAsString()))) {
            throw new InvalidFileException(file, "was changed since " + NAME + " was written" + REMEDY + NAME + " if the change was meant");
        }
    }

    private static String name(Path file) {
        return file.getFileName().toString();
    }

    private static JsonObject read(Path datasheet, String text) {
        JsonElement sheet;
        try {
            sheet = StrictJson.parse(text);
        } catch (JsonParseException e) { // its message can quote the file
            throw new InvalidFileException(datasheet, "is no JSON, states a member twice or a number of more than " + StrictJson.LONGEST_NUMBER + " characters" + REMEDY + "the file");
        }
        if (sheet instanceof JsonObject object && object.get("digests") instanceof JsonObject digests && !digests.isEmpty()) {
            return digests;
        }
        throw new InvalidFileException(datasheet, "has no digests" + REMEDY + "the file");
    }
}
