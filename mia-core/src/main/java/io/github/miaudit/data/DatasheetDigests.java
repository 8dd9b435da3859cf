package io.github.miaudit.data;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import io.github.miaudit.io.InvalidFileException;
import io.github.miaudit.io.Sha256;
import io.github.miaudit.io.StrictJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

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
            throw new InvalidFileException(file, "is not one of the files that " + NAME + " was written for; remove it, or remove " + NAME
                    + " if it was added on purpose");
        }
        if (!(digest.isJsonPrimitive() && Sha256.ofFiles(file).equals(digest.getAsString()))) {
            throw new InvalidFileException(file, "was changed since " + NAME + " was written" + REMEDY + NAME + " if the change was meant");
        }
    }

    private static String name(Path file) {
        return file.getFileName().toString();
    }

    private static JsonObject read(Path datasheet, String text) {
        JsonObject sheet = StrictJson.object(datasheet, text);
        if (!(sheet.get("digests") instanceof JsonObject digests) || digests.isEmpty()) {
            throw new InvalidFileException(datasheet, "has no digests" + REMEDY + "the file");
        }
        // what a report will tell of it is looked at now, not when all is scored
        require(sheet, datasheet, "sets",
                value -> value instanceof JsonObject sets && sets.asMap().values().stream().allMatch(DatasheetDigests::holdsCounts));
        require(sheet, datasheet, "settings",
                value -> value instanceof JsonObject settings && settings.asMap().values().stream().allMatch(JsonElement::isJsonPrimitive));
        require(sheet, datasheet, "inputs", JsonElement::isJsonObject);
        require(sheet, datasheet, "saltDigest", value -> value.isJsonNull() || value.isJsonPrimitive());
        require(sheet, datasheet, "trainingRowsUnread", DatasheetDigests::isCount);
        return digests;
    }

    private static void require(JsonObject sheet, Path datasheet, String member, Predicate<JsonElement> shape) {
        if (sheet.has(member) && !shape.test(sheet.get(member))) {
            throw new InvalidFileException(datasheet, "has " + member + " as no data sheet has them" + REMEDY + "the file");
        }
    }

    private static boolean holdsCounts(JsonElement set) {
        return set instanceof JsonObject counts && counts.entrySet().stream()
                .allMatch(count -> isCount(count.getValue()) || !count.getKey().toLowerCase(Locale.ROOT).contains("patients")
                        && count.getValue() instanceof JsonArray several && several.asList().stream().allMatch(DatasheetDigests::isCount));
    }

    private static boolean isCount(JsonElement value) {
        return value instanceof JsonPrimitive number && number.isNumber() && number.getAsDouble() >= 0
                && number.getAsDouble() <= Long.MAX_VALUE;
    }
}
