package io.github.miaudit.checkpoint;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.github.miaudit.io.InvalidFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** The ids of a tokenizer's tokens. */
record TokenizerVocabulary(Map<String, Integer> ids) {

    /** The vocabulary's size must be a number as well. */
    private static final int LARGEST_ID = Integer.MAX_VALUE - 1;

    /** Of a {@code tokenizer.json}: the model's, by name or by place, and those that were added. */
    static TokenizerVocabulary of(Path file, JsonObject json) {
        Map<String, Integer> ids = new LinkedHashMap<>();
        try {
            JsonElement vocab = json.getAsJsonObject("model").get("vocab");
            if (vocab instanceof JsonArray pieces) {
                for (int id = 0; id < pieces.size(); id++) {
                    ids.put(pieces.get(id).getAsJsonArray().get(0).getAsString(), id);
                }
            } else {
                vocab.getAsJsonObject().entrySet().forEach(entry -> ids.put(entry.getKey(), id(file, entry.getValue())));
            }
            if (json.get("added_tokens") instanceof JsonArray added) {
                added.forEach(token -> ids.put(token.getAsJsonObject().get("content").getAsString(),
                        id(file, token.getAsJsonObject().get("id"))));
            }
        } catch (RuntimeException e) { // a part is missing or of the wrong kind
            throw new InvalidFileException(file, "has no valid model.vocab and added_tokens of tokens and ids");
        }
        return new TokenizerVocabulary(ids);
    }

    /** One more than the highest id. */
    int size() {
        return ids.values().stream().mapToInt(Integer::intValue).max().orElse(-1) + 1;
    }

    /** An id, of which Gson would wrap around one that is too large. */
    static int id(Path file, JsonElement number) {
        try {
            int id = number.getAsBigDecimal().intValueExact();
            if (id >= 0 && id <= LARGEST_ID) {
                return id;
            }
        } catch (ArithmeticException | NumberFormatException e) {
            // told below
        }
        throw new InvalidFileException(file, "has a token id that is no whole number from 0 to " + LARGEST_ID);
    }
}
