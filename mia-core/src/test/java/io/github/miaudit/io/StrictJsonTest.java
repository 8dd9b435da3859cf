package io.github.miaudit.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.google.gson.JsonElement;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Path;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StrictJsonTest {

    private static final Path FILE = Path.of("a.json");

    @Test
    void whatIsReadIsWhatWasWritten() {
        String text = "{\"a\":[1,1.50,-0,1e-05,\"x\",null,true,{}],\"b\":{\"a\":1E400}}";
        assertEquals(text, StrictJson.parse(text).toString());
        assertEquals(text, StrictJson.object(FILE, "\uFEFF " + text + "\n").toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "{", "{\"a\":NaN}", "{\"a\":Infinity}", "{a:1}", "{'a':1}", "{\"a\":1,}", "{\"a\":1}}", "{} {}",
            "{\"a\":TRUE}", "[truE]", "[Null]", "{\"a\":\"\\'\"}", "{\"a\":\"\\\n\"}", "{\"a\"=1}", "{\"a\":01}", "{\"a\":\"\t\"}",
            "{} // why", "{/* why */}", "[1;2]", "[1,,2]", "{\"a\":1,\"a\":2}",
            "[{\"a\":{\"b\":1,\"b\":null}}]"})
    void noOtherDialectIsRead(String text) {
        assertThrows(JsonParseException.class, () -> StrictJson.parse(text));
        assertThrows(InvalidFileException.class, () -> StrictJson.object(FILE, text));
    }

    /** Whatever release of Gson reads: as strictly as the one that these tests have does, asked to be strict. */
    @Property(tries = 20_000)
    void isWhatGsonCallsStrict(@ForAll @From("texts") String text) throws IOException {
        Optional<JsonElement> strict;
        try (JsonReader json = new JsonReader(new StringReader(text))) {
            json.setStrictness(Strictness.STRICT);
            json.peek();
            JsonElement value = JsonParser.parseReader(json);
            json.peek();
            strict = Optional.of(value);
        } catch (JsonParseException | IOException e) {
            strict = Optional.empty();
        }
        Optional<JsonElement> read;
        try {
            read = Optional.of(StrictJson.parse(text));
        } catch (JsonParseException e) {
            read = Optional.empty();
        }
        assertEquals(strict, read);
    }

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries
                .of("{", "}", "[", "]", ",", "\"a\":", "\"", "\\", "'", "\n", "true", "truE", "NULL", "null", "E", "1", "1E5", "e", "x",
                        " ",
                        "\u0001", "\\\"", "\\'", "\\n")
                .list().ofMaxSize(8).map(parts -> String.join("", parts)).flatMap(text -> Arbitraries.of(text,
                        "\"" + text + "\"", "[" + text + "]"));
    }

    @Test
    void asDeepAsGsonReads() {
        String deepest = "[".repeat(StandardJsonText.DEEPEST) + "]".repeat(StandardJsonText.DEEPEST);
        assertEquals(deepest, StrictJson.parse(deepest).toString());
        assertThrows(JsonParseException.class, () -> StrictJson.parse("[" + deepest + "]"));
    }

    @Test
    void whatCostsTooMuchIsRefused() {
        assertThrows(JsonParseException.class, () -> StrictJson.parse("1".repeat(StrictJson.LONGEST_NUMBER + 1)));
        assertEquals(StrictJson.LONGEST_NUMBER, StrictJson.parse("1".repeat(StrictJson.LONGEST_NUMBER)).getAsString().length());
        assertThrows(JsonParseException.class, () -> StrictJson.parse("[1e9999999999]"));
        assertThrows(JsonParseException.class, () -> StrictJson.parse("[".repeat(1_000_000)));
        assertThrows(JsonParseException.class, () -> StrictJson.parse("{\"a\":".repeat(1_000_000)));
    }

    @Test
    void errorsTellTheLine() {
        assertEquals("a.json:3: is not valid JSON; is the file complete?", message("{\n\"a\": 1,\n\"b\": }"));
        assertEquals("a.json:4: states \"b\" twice; remove one of the two", message("{\n\"a\": 1,\n\"b\": {},\n\"b\": [\n]}"));
        assertEquals("a.json:1: states \"" + "?".repeat(80) + "\" twice; remove one of the two",
                message("{\"%1$s\": 1, \"%1$s\": 2}".formatted("\u00e9".repeat(100))));
        assertEquals("a.json: holds no JSON object", message("[]"));
    }

    private static String message(String text) {
        return assertThrows(InvalidFileException.class, () -> StrictJson.object(FILE, text)).getMessage();
    }
}
