package io.github.miaudit.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.google.gson.JsonParseException;
import java.nio.file.Path;
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
            "{\"a\":TRUE}", "{\"a\"=1}",
            "{\"a\":01}", "{\"a\":\"\t\"}", "{} // why", "{/* why */}", "[1;2]", "[1,,2]", "{\"a\":1,\"a\":2}",
            "[{\"a\":{\"b\":1,\"b\":null}}]"})
    void noOtherDialectIsRead(String text) {
        assertThrows(JsonParseException.class, () -> StrictJson.parse(text));
        assertThrows(InvalidFileException.class, () -> StrictJson.object(FILE, text));
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
