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

/** Whether the files of a prepared dataset are still those that its data sheet tells of. */
final class DatasheetDigests {

    private DatasheetDigests() {
    }

    static void check(Path folder) {
        Path datasheet = folder.resolve("datasheet.json");
        if (Files.exists(datasheet)) {
            for (Map.Entry<String, JsonElement> digest : digests(datasheet).entrySet()) {
                Path file = folder.resolve(digest.getKey());
                if (!digest.getValue().isJsonPrimitive() || !Sha256.ofFiles(file).equals(digest.getValue().getAsString())) {
                    throw new InvalidFileException(file, "was changed since datasheet.json was written; prepare the dataset anew,"
                            + " or remove datasheet.json if the change was meant");
                }
            }
        }
    }

    private static JsonObject digests(Path datasheet) {
        try {
            JsonObject sheet = new Gson().fromJson(Files.readString(datasheet), JsonObject.class);
            if (sheet != null && sheet.get("digests") instanceof JsonObject digests) {
                return digests;
            }
        } catch (JsonParseException e) {
            throw new InvalidFileException(datasheet, "is no JSON; prepare the dataset anew, or remove the file");
        } catch (IOException e) {
            throw new InvalidFileException(datasheet, e);
        }
        throw new InvalidFileException(datasheet, "has no digests; prepare the dataset anew, or remove the file");
    }
}
