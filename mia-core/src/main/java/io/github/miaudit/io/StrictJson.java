package io.github.miaudit.io;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonPrimitive;
import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import java.io.IOException;
import java.io.StringReader;
import java.math.BigDecimal;

/** JSON as the standard has it and nothing else (RFC 8259); an object that states a member twice is refused. */
public final class StrictJson {

    /** In characters; the time that a number takes grows with the square of its length. */
    public static final int LONGEST_NUMBER = 1000;

    private StrictJson() {
    }

    /**
     * The one value of a text.
     *
     * @param text the JSON
     * @return the value
     * @throws JsonParseException if it is no JSON, states a member twice or goes on behind the value; its message can quote the text
     */
    public static JsonElement parse(String text) {
        try (JsonReader json = new JsonReader(new StringReader(text))) {
            json.setStrictness(Strictness.STRICT);
            JsonElement value = value(json);
            json.peek(); // throws if anything follows
            return value;
        } catch (IOException | IllegalStateException e) {
            throw new JsonParseException(e);
        }
    }

    private static JsonElement value(JsonReader json) throws IOException {
        return switch (json.peek()) {
            case BEGIN_OBJECT -> object(json);
            case BEGIN_ARRAY -> array(json);
            case STRING -> new JsonPrimitive(json.nextString());
            case NUMBER -> new JsonPrimitive(number(json.nextString()));
            case BOOLEAN -> new JsonPrimitive(json.nextBoolean());
            case NULL -> {
                json.nextNull();
                yield JsonNull.INSTANCE;
            }
            default -> throw new JsonParseException("no value");
        };
    }

    /** The time that it takes grows with the square of the length. */
    private static BigDecimal number(String digits) {
        if (digits.length() > LONGEST_NUMBER) {
            throw new JsonParseException("a number of more than " + LONGEST_NUMBER + " characters");
        }
        try {
            return new BigDecimal(digits);
        } catch (NumberFormatException e) { // its exponent is beyond all numbers
            throw new JsonParseException(e);
        }
    }

    private static JsonObject object(JsonReader json) throws IOException {
        JsonObject object = new JsonObject();
        json.beginObject();
        while (json.hasNext()) {
            String name = json.nextName();
            if (object.has(name)) {
                throw new JsonParseException("a member twice");
            }
            object.add(name, value(json));
        }
        json.endObject();
        return object;
    }

    private static JsonArray array(JsonReader json) throws IOException {
        JsonArray array = new JsonArray();
        json.beginArray();
        while (json.hasNext()) {
            array.add(value(json));
        }
        json.endArray();
        return array;
    }
}
