package io.github.miaudit.djl;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import io.github.miaudit.io.InvalidFileException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads a JSON object or plain text from one of a checkpoint's files. */
final class JsonFile {

    private static final Pattern LINE = Pattern.compile("line (\\d+)");

    private JsonFile() {
    }

    static JsonObject read(Path file) {
        return parse(file, text(file));
    }

    static String text(Path file) {
        ModelFile.requireInItsFolder(file);
        try {
            return Files.readString(file);
        } catch (CharacterCodingException e) {
            throw new InvalidFileException(file, "is not UTF-8");
        } catch (IOException e) {
            throw new InvalidFileException(file, e);
        }
    }

    static JsonObject parse(Path file, String text) {
        try {
            JsonElement json = JsonParser.parseString(text);
            if (!json.isJsonObject()) {
                throw new InvalidFileException(file, "holds no JSON object");
            }
            return json.getAsJsonObject();
        } catch (JsonParseException | StackOverflowError e) {
            Matcher line = LINE.matcher(String.valueOf(e.getMessage()));
            throw new InvalidFileException(file, line.find() ? Long.parseLong(line.group(1)) : 1, "is not valid JSON; is the file complete?");
        }
    }
}
