package io.github.miaudit.djl;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.github.miaudit.data.Sample;
import io.github.miaudit.io.InvalidFileException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Folders whose files disagree or tell little: the tokens of Hugging Face transformers 5, or a refusal that says what it is about. */
class TokenizerOracleTest {

    private static final JsonObject ORACLE = read();

    @TempDir
    private Path folder;

    static List<Case> cases() {
        return ORACLE.getAsJsonArray("cases").asList().stream().map(each -> new Case(each.getAsJsonObject())).toList();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void tokensAreThoseOfTransformersOrRefused(Case each) throws IOException {
        writeTo(ORACLE, each.json, folder);
        if (each.json.has("refused")) {
            String message = assertThrows(InvalidFileException.class, () -> MaskedLmTokenizer.open(folder).close()).getMessage();
            strings(each.json.get("refused")).forEach(word -> assertTrue(message.contains(word), () -> word + " in: " + message));
            assertTrue(message.startsWith(folder.toString()), message);
            return;
        }
        try (MaskedLmTokenizer tokenizer = MaskedLmTokenizer.open(folder)) {
            List<String> texts = strings(ORACLE.get("texts")).toList();
            JsonObject answer = ORACLE.getAsJsonArray("answers").get(each.json.get("answer").getAsInt()).getAsJsonObject();
            JsonArray expected = answer.getAsJsonArray("ids");
            for (int index = 0; index < texts.size(); index++) {
                int[] ids = expected.get(index).getAsJsonArray().asList().stream().mapToInt(JsonElement::getAsInt).toArray();
                assertArrayEquals(ids, tokenizer.tokenise(Sample.of("a", texts.get(index))).ids(), texts.get(index));
            }
            if (!answer.get("mask").isJsonNull()) {
                assertEquals(answer.get("mask").getAsInt(), tokenizer.maskId());
            }
        }
    }

    private record Case(JsonObject json) {

        @Override
        public String toString() {
            return json.get("name").getAsString();
        }
    }

    /** Writes the files of a case of an oracle. */
    static void writeTo(JsonObject oracle, JsonObject json, Path folder) throws IOException {
        JsonObject files = oracle.getAsJsonObject("bases").getAsJsonObject(json.get("base").getAsString()).deepCopy();
        json.getAsJsonObject("patches").entrySet()
                .forEach(patch -> files.add(patch.getKey(), patched(files.get(patch.getKey()), patch.getValue())));
        strings(json.get("without")).forEach(files::remove);
        for (String name : files.keySet()) {
            JsonElement content = files.get(name);
            Files.writeString(folder.resolve(name), content.isJsonPrimitive() ? content.getAsString() : content.toString());
        }
    }

    /** A merge patch of RFC 7396, in which a list can also be added to. */
    private static JsonElement patched(JsonElement value, JsonElement patch) {
        if (!(patch instanceof JsonObject parts)) {
            return patch;
        }
        if (parts.has("+")) {
            JsonArray longer = value.getAsJsonArray().deepCopy();
            longer.addAll(parts.getAsJsonArray("+"));
            return longer;
        }
        JsonObject result = value instanceof JsonObject object ? object.deepCopy() : new JsonObject();
        parts.entrySet().forEach(part -> {
            if (part.getValue().isJsonNull()) {
                result.remove(part.getKey());
            } else {
                result.add(part.getKey(), patched(result.get(part.getKey()), part.getValue()));
            }
        });
        return result;
    }

    private static Stream<String> strings(JsonElement array) {
        return array.getAsJsonArray().asList().stream().map(JsonElement::getAsString);
    }

    private static JsonObject read() {
        try {
            return JsonParser.parseString(Files.readString(Golden.resource("/tokenizers/cases.json"))).getAsJsonObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
