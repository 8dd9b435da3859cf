package io.github.miaudit.checkpoint;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import io.github.miaudit.io.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * SHA-256 of all that determines the tokens. The order of members, settings at their defaults, and what only
 * matters for turning ids back into text don't count.
 */
final class TokenizerDigest {

    private TokenizerDigest() {
    }

    /** A vocabulary that has one of these, and not both, has it as its mask, so that it need not be named. */
    private static final List<String> USUAL_MASKS = List.of("<mask>", "[MASK]");

    /** Of a tokenizer, those of its added tokens that are looked for in a text, and its mask token. */
    static String of(JsonObject tokenizer, TokenizerVocabulary vocabulary, List<AddedToken> added, String mask) {
        JsonObject relevant = new JsonObject();
        for (String part : List.of("normalizer", "pre_tokenizer", "post_processor", "model")) {
            relevant.add(part, tokenizer.get(part));
        }
        relevant.add("vocabulary", new JsonPrimitive(new TreeMap<>(vocabulary.ids()).toString()));
        if (tokenizer.getAsJsonObject("model").get("vocab") instanceof JsonArray pieces) {
            relevant.addProperty("scores",
                    pieces.asList().stream().map(piece -> piece.getAsJsonArray().get(1).getAsDouble()).toList().toString());
        }
        if (!USUAL_MASKS.stream().filter(vocabulary.ids()::containsKey).toList().equals(List.of(mask))) {
            relevant.addProperty("mask", mask);
        }
        if (!added.isEmpty()) {
            relevant.add("added", AddedTokens.toJson(added));
        }
        return Sha256.of(canonical(relevant).toString().getBytes(StandardCharsets.UTF_8));
    }

    private static JsonElement canonical(@Nullable JsonElement element) {
        if (element instanceof JsonArray items) {
            List<JsonElement> all = new ArrayList<>(items.asList());
            if (all.size() == 2 && all.stream().allMatch(item -> item instanceof JsonPrimitive part && part.isString())) {
                return new JsonPrimitive(all.get(0).getAsString() + " " + all.get(1).getAsString()); // a merge as older files have it
            }
            JsonArray array = new JsonArray();
            all.forEach(item -> array.add(canonical(item)));
            return array;
        }
        if (element instanceof JsonObject members) {
            JsonObject object = new JsonObject();
            new TreeMap<>(members.asMap()).forEach((name, value) -> {
                if (!isUnset(value) && !name.equals("vocab")) {
                    object.add(name, canonical(value));
                }
            });
            return object;
        }
        return element == null ? JsonNull.INSTANCE : element;
    }

    private static boolean isUnset(JsonElement value) {
        return value.isJsonNull() || value instanceof JsonPrimitive flag
                && (flag.isBoolean() && !flag.getAsBoolean() || flag.isString() && flag.getAsString().isEmpty());
    }
}
