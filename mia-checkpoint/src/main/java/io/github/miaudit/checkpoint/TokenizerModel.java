package io.github.miaudit.checkpoint;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import io.github.miaudit.io.InvalidFileException;
import java.nio.file.Path;

/** What a {@code model} of a {@code tokenizer.json} must keep to beside the kinds of its values. */
final class TokenizerModel {

    private static final int MOST_MERGES = 2_000_000;

    private final Path file;
    private final JsonObject model;

    private TokenizerModel(Path file, JsonObject model) {
        this.file = file;
        this.model = model;
    }

    /**
     * Refuses tokens that are drawn anew each time, and what the tokenizers library would follow out of bounds.
     *
     * @param size of its vocabulary
     */
    static void requireSound(Path file, JsonObject model, int size) {
        TokenizerModel reader = new TokenizerModel(file, model);
        reader.requireCertain();
        reader.requireUnknownWithin(size);
        if (TokenizerParts.modelType(model).equals("BPE")) {
            reader.requireMerges();
        }
    }

    private void requireCertain() {
        JsonElement dropout = model.get("dropout");
        if (dropout instanceof JsonPrimitive share && !(share.isNumber() && share.getAsDouble() == 0)) {
            throw new InvalidFileException(file, "model.dropout is " + dropout + ", so tokens would be drawn at random; set it to null");
        }
    }

    private void requireUnknownWithin(int size) {
        if (model.get("unk_id") instanceof JsonPrimitive unknown && unknown.isNumber()
                && TokenizerVocabulary.id(file, unknown) >= size) {
            throw new InvalidFileException(file, "model.unk_id is " + unknown + ", but there are " + size + " tokens");
        }
    }

    private void requireMerges() {
        if (!(model.get("merges") instanceof JsonArray merges)) {
            throw new InvalidFileException(file, "has no list model.merges");
        }
        if (merges.size() > MOST_MERGES) {
            throw new InvalidFileException(file, "model.merges has " + merges.size() + " merges; supported are up to " + MOST_MERGES);
        }
        String prefix = model.get("continuing_subword_prefix") instanceof JsonPrimitive text ? text.getAsString() : "";
        for (int index = 0; index < merges.size(); index++) {
            String second = second(merges.get(index));
            if (second.isEmpty()) {
                throw new InvalidFileException(file, "model.merges[" + index + "] is no pair of tokens");
            }
            // the library cuts off as many bytes as the prefix has characters
            if (!second.startsWith(prefix) || prefix.chars().anyMatch(c -> c > Byte.MAX_VALUE)) {
                throw new InvalidFileException(file, "model.continuing_subword_prefix is \"" + InvalidFileException.printable(prefix)
                        + "\", with which model.merges[" + index + "] does not go on; it must be ASCII, and begin each second token");
            }
        }
    }

    /** The second of two tokens, empty if it is no such pair. */
    private static String second(JsonElement merge) {
        if (merge instanceof JsonPrimitive line && line.isString()) {
            String text = line.getAsString();
            int space = text.indexOf(' ');
            return space > 0 && text.indexOf(' ', space + 1) < 0 ? text.substring(space + 1) : "";
        }
        return merge instanceof JsonArray pair && pair.size() == 2 && pair.asList().stream().allMatch(PartValue.TOKEN::isMet)
                ? pair.get(1).getAsString() : "";
    }
}
