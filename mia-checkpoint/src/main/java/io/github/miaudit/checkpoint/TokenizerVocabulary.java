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

    /** No model has so many; vectors that are as long as the largest id still fit. */
    static final int LARGEST_ID = 9_999_999;

    /** The largest known, XLM-V's, has 901 629. */
    private static final int MOST_TOKENS = 2_000_000;
    /** Of a list of pieces, of which the tokenizers library keeps some 250 bytes for each new byte. */
    private static final int MOST_CHARACTERS_OF_PIECES = 16_000_000;

    /**
     * Of the model of a {@code tokenizer.json}: by name or by place.
     *
     * @throws InvalidFileException if it is none, or has more tokens, longer ones or higher ids than any model
     */
    static TokenizerVocabulary ofModel(Path file, JsonObject json) {
        Map<String, Integer> ids = new LinkedHashMap<>();
        try {
            JsonElement vocab = json.getAsJsonObject("model").get("vocab");
            requireBounded(file, vocab instanceof JsonArray pieces ? pieces.size() : vocab.getAsJsonObject().size());
            if (vocab instanceof JsonArray pieces) {
                for (int id = 0; id < pieces.size(); id++) {
                    JsonArray piece = pieces.get(id).getAsJsonArray();
                    requireScore(file, piece.get(1).getAsDouble());
                    ids.put(piece.get(0).getAsString(), id);
                }
                requireShort(file, ids.keySet());
            } else {
                vocab.getAsJsonObject().entrySet().forEach(entry -> ids.put(entry.getKey(), id(file, entry.getValue())));
            }
        } catch (InvalidFileException e) {
            throw e;
        } catch (RuntimeException e) { // a part is missing or of the wrong kind
            throw new InvalidFileException(file, "has no valid model.vocab of tokens and ids or scores");
        }
        ids.keySet().forEach(token -> requireLength(file, token));
        return new TokenizerVocabulary(ids, Set.copyOf(ids.keySet()));
    }

    /** Refuses a token that is longer than any model's. */
    static void requireLength(Path file, String token) {
        if (token.length() > PartValue.LONGEST_TOKEN) {
            throw new InvalidFileException(file, "has a token of " + token.length() + " characters; supported are up to "
                    + PartValue.LONGEST_TOKEN);
        }
    }

    private static void requireBounded(Path file, int tokens) {
        if (tokens > MOST_TOKENS) {
            throw new InvalidFileException(file, "model.vocab has " + tokens + " tokens; supported are up to " + MOST_TOKENS);
        }
    }

    private static void requireShort(Path file, Set<String> pieces) {
        long characters = pieces.stream().mapToLong(String::length).sum();
        if (characters > MOST_CHARACTERS_OF_PIECES) {
            throw new InvalidFileException(file, "model.vocab has pieces of " + characters + " characters together; supported are up to "
                    + MOST_CHARACTERS_OF_PIECES);
        }
    }

    private static void requireScore(Path file, double score) {
        if (!Double.isFinite(score)) {
            throw new InvalidFileException(file, "model.vocab has a score that is no finite number");
        }
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
