package io.github.miaudit.io;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import java.io.IOException;
import java.nio.file.Path;

/**
 * JSON as the standard has it and nothing else (RFC 8259): no comments, no NaN; an object that states a member twice is
 * refused, and so is a number of more than {@value #LONGEST_NUMBER} characters. Numbers keep the digits that
 * they are written with.
 */
public final class StrictJson {

    /** In characters; the time that a number takes grows with the square of its length. */
    public static final int LONGEST_NUMBER = 1000;

    private StrictJson() {
    }

    /**
     * The one value of a text.
     *
     * @throws JsonParseException if it is no JSON, states a member twice or goes on behind the value; its message can quote the text
     */
    public static JsonElement parse(String text) {
        StrictJsonReader json = new StrictJsonReader(text);
        try {
            JsonElement value = value(json);
            if (json.repeated().isEmpty()) {
                return value;
            }
        } catch (IOException e) {
            throw new JsonParseException(e);
        }
        throw new JsonParseException("a member twice");
    }

    /**
     * The one object of a file that holds a text.
     *
     * @throws InvalidFileException if it is no JSON, states a member twice or is no object; it tells the line, and nothing of the
     *                              file but the repeated member's name
     */
    public static JsonObject object(Path file, String text) {
        StrictJsonReader json = new StrictJsonReader(text);
        JsonElement value;
        try {
            value = value(json);
        } catch (IOException e) {
            throw new InvalidFileException(file, json.line(), "is not valid JSON; is the file complete?");
        }
        json.repeated().ifPresent(repeated -> {
            throw new InvalidFileException(file, repeated.line(),
                    "states \"" + InvalidFileException.printable(repeated.member()) + "\" twice; remove one of the two");
        });
        if (value instanceof JsonObject object) {
            return object;
        }
        throw new InvalidFileException(file, "holds no JSON object");
    }

    private static JsonElement value(StrictJsonReader json) throws IOException {
        json.peek(); // throws if there is nothing
        JsonElement value = json.nextValue();
        json.peek(); // throws if anything follows
        return value;
    }
}
