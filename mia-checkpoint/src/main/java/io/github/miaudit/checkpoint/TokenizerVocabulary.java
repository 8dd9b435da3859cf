package io.github.miaudit.checkpoint;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.github.miaudit.io.InvalidFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The ids of a tokenizer's tokens.
 *
 * @param ofModel the tokens that were not added
 */
record TokenizerVocabulary(Map<String, Integer> ids, Set<String> ofModel) {

    /** The vocabulary's size must be a number as well. */
    private static final int LARGEST_ID = Integer.MAX_VALUE - 1;

    /** Of the model of a {@code tokenizer.json}: by name or by place. */
    static TokenizerVocabulary ofModel(Path file, JsonObject json) {
        Map<String, Integer> ids = new LinkedHashMap<>();
        try {
            JsonElement vocab = json.getAsJsonObject("model").get("vocab");
            if (vocab instanceof JsonArray pieces) {
                for (int id = 0; id < pieces.size(); id++) {
                    JsonArray piece = pieces.get(id).getAsJsonArray();
                    piece.get(1).getAsDouble(); // its score
                    ids.put(piece.get(0).getAsString(), id);
                }
            } else {
                vocab.getAsJsonObject().entrySet().forEach(entry -> ids.put(entry.getKey(), id(file, entry.getValue())));
            }
        } catch (RuntimeException e) { // a part is missing or of the wrong kind
            throw new InvalidFileException(file, "has no valid model.vocab of tokens and ids or scores");
        }
        return new TokenizerVocabulary(ids, Set.copyOf(ids.keySet()));
    }

    /** With tokens that were added. */
    TokenizerVocabulary with(List<AddedToken> added) {
        Map<String, Integer> all = new LinkedHashMap<>(ids);
        added.forEach(token -> all.put(token.content(), token.id()));
        return new TokenizerVocabulary(all, ofModel);
    }

    /** Whether a token is in the model's own vocabulary. */
    boolean isOfModel(String token) {
        return ofModel.contains(token);
    }

    /** One more than the highest id. */
    int size() {
        return ids.values().stream().mapToInt(Integer::intValue).max().orElse(-1) + 1;
    }

    /** An id, of which Gson would wrap around one that is too large; null is none. */
    static int id(Path file, JsonElement number) {
        try {
            int id = number.getAsBigDecimal().intValueExact();
            if (id >= 0 && id <= LARGEST_ID) {
                return id;
            }
        } catch (RuntimeException e) {
            // no number, or one that is none; told below
        }
        throw new InvalidFileException(file, "has a token id that is no whole number from 0 to " + LARGEST_ID);
    }
}
