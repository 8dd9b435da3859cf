package io.github.miaudit.checkpoint;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import io.github.miaudit.io.InvalidFileException;
import io.github.miaudit.io.StrictJson;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The ids that a tokenizer's post-processor sets around a sentence. */
record SentenceFrame(List<Integer> before, List<Integer> after) {

    /**
     * Reads a post-processor, which may be missing.
     *
     * @throws InvalidFileException if it is of an unknown kind, marks a single sentence by another type than 0, or gives tokens other
     *                              ids than the vocabulary
     */
    static SentenceFrame of(Path file, JsonElement processor, Map<String, Integer> ids) {
        SentenceFrame frame = new SentenceFrame(new ArrayList<>(), new ArrayList<>());
        try {
            frame.read(file, processor, ids);
        } catch (InvalidFileException e) {
            throw e;
        } catch (RuntimeException e) { // a part is missing or of the wrong kind
            throw new InvalidFileException(file, "has a post_processor that can't be read");
        }
        return frame;
    }

    boolean holds(int id) {
        return before.contains(id) || after.contains(id);
    }

    /** The start token, the sentence, the end token. */
    static JsonObject template(String start, int startId, String end, int endId) {
        JsonObject template = StrictJson.parse("""
                {"type": "TemplateProcessing",
                 "single": [{"SpecialToken": {"id": %1$s, "type_id": 0}}, {"Sequence": {"id": "A", "type_id": 0}},
                  {"SpecialToken": {"id": %2$s, "type_id": 0}}],
                 "pair": [{"SpecialToken": {"id": %1$s, "type_id": 0}}, {"Sequence": {"id": "A", "type_id": 0}},
                  {"SpecialToken": {"id": %2$s, "type_id": 0}}, {"Sequence": {"id": "B", "type_id": 1}},
                  {"SpecialToken": {"id": %2$s, "type_id": 1}}],
                 "special_tokens": {}}""".formatted(new JsonPrimitive(start), new JsonPrimitive(end))).getAsJsonObject();
        JsonObject tokens = template.getAsJsonObject("special_tokens");
        tokens.add(start, specialToken(start, startId));
        tokens.add(end, specialToken(end, endId)); // which can be the same
        return template;
    }

    private static JsonElement specialToken(String token, int id) {
        return StrictJson.parse("{\"id\": %1$s, \"ids\": [%2$s], \"tokens\": [%1$s]}".formatted(new JsonPrimitive(token), id));
    }

    private void read(Path file, @Nullable JsonElement processor, Map<String, Integer> ids) {
        if (processor == null || processor.isJsonNull()) {
            return;
        }
        JsonObject stated = processor.getAsJsonObject();
        switch (stated.get("type").getAsString()) {
            case "ByteLevel" -> {
                // changes no ids
            }
            case "Sequence" -> stated.getAsJsonArray("processors").forEach(part -> read(file, part, ids));
            case "BertProcessing", "RobertaProcessing" -> {
                before.add(id(file, stated.getAsJsonArray("cls"), ids));
                after.add(id(file, stated.getAsJsonArray("sep"), ids));
            }
            case "TemplateProcessing" -> readTemplate(file, stated, ids);
            default -> throw new InvalidFileException(file, "post_processor is of type " + stated.get("type")
                    + "; supported are TemplateProcessing, BertProcessing, RobertaProcessing, ByteLevel and sequences of them");
        }
    }

    private void readTemplate(Path file, JsonObject template, Map<String, Integer> ids) {
        boolean past = false;
        for (JsonElement piece : template.getAsJsonArray("single")) {
            JsonObject named = piece.getAsJsonObject();
            JsonElement content = named.entrySet().iterator().next().getValue();
            JsonElement type = content.getAsJsonObject().get("type_id");
            if (TokenizerVocabulary.id(file, type) != 0) {
                throw new InvalidFileException(file, "post_processor.single holds the type_id " + type
                        + "; sentences are scored with token type 0 alone; set it to 0 if the model was trained so");
            }
            if (named.has("Sequence")) {
                past = true;
            } else {
                JsonObject special = template.getAsJsonObject("special_tokens")
                        .getAsJsonObject(content.getAsJsonObject().get("id").getAsString());
                JsonArray tokens = special.getAsJsonArray("tokens");
                for (int place = 0; place < tokens.size(); place++) {
                    JsonArray pair = new JsonArray();
                    pair.add(tokens.get(place));
                    pair.add(special.getAsJsonArray("ids").get(place));
                    (past ? after : before).add(id(file, pair, ids));
                }
            }
        }
    }

    /** The id of a token and its id, which must be that of the vocabulary. */
    private static int id(Path file, JsonArray pair, Map<String, Integer> ids) {
        String token = pair.get(0).getAsString();
        int id = TokenizerVocabulary.id(file, pair.get(1));
        if (!Integer.valueOf(id).equals(ids.get(token))) {
            throw new InvalidFileException(file, "post_processor gives " + token + " the id " + id + ", the vocabulary "
                    + (ids.containsKey(token) ? ids.get(token) : "none") + "; save the tokenizer anew");
        }
        return id;
    }
}
