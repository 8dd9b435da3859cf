package io.github.miaudit.checkpoint;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import io.github.miaudit.io.InvalidFileException;
import java.nio.file.Path;
import java.util.List;

/**
 * The post-processor {@code TemplateProcessing}: what the tokenizers library looks up in it without a doubt must be there. A sentence
 * stands in its template once.
 */
final class SentenceTemplate {

    private static final int MOST_PIECES = 64;
    private static final int MOST_TOKENS = 1000;

    private final Path file;
    private final String place;
    private final JsonObject tokens;

    private SentenceTemplate(Path file, String place, JsonObject tokens) {
        this.file = file;
        this.place = place;
        this.tokens = tokens;
    }

    static void requireWellFormed(Path file, String place, JsonObject template) {
        if (!(template.get("special_tokens") instanceof JsonObject tokens) || tokens.size() > MOST_TOKENS) {
            throw new InvalidFileException(file, place + ".special_tokens must be an object of at most " + MOST_TOKENS + " tokens");
        }
        SentenceTemplate reader = new SentenceTemplate(file, place, tokens);
        tokens.asMap().forEach(reader::requireToken);
        List.of("single", "pair").forEach(key -> reader.requirePieces(key, template.get(key)));
        reader.requireOneSentence(template.getAsJsonArray("single"));
    }

    private void requireToken(String name, JsonElement token) {
        boolean known = token instanceof JsonObject stated && stated.size() == 3 && PartValue.TOKEN.isMet(stated.get("id"))
                && stated.get("ids") instanceof JsonArray ids && stated.get("tokens") instanceof JsonArray names
                && ids.size() == names.size() && ids.size() <= MOST_PIECES
                && ids.asList().stream().allMatch(PartValue.ID::isMet) && names.asList().stream().allMatch(PartValue.TOKEN::isMet);
        if (!known) {
            throw new InvalidFileException(file, place + ".special_tokens: \"" + InvalidFileException.printable(name)
                    + "\" must have an id, ids and as many tokens, at most " + MOST_PIECES);
        }
    }

    private void requirePieces(String key, JsonElement pieces) {
        if (!(pieces instanceof JsonArray items) || items.size() > MOST_PIECES || !items.asList().stream().allMatch(this::isPiece)) {
            throw new InvalidFileException(file, place + "." + key + " must be a list of at most " + MOST_PIECES
                    + " pieces, each a Sequence A or B or a SpecialToken of special_tokens, with a type_id");
        }
    }

    private void requireOneSentence(JsonArray pieces) {
        List<String> sentences = pieces.asList().stream().map(JsonElement::getAsJsonObject).filter(piece -> piece.has("Sequence"))
                .map(piece -> piece.getAsJsonObject("Sequence").get("id").getAsString()).toList();
        if (!sentences.equals(List.of("A"))) {
            throw new InvalidFileException(file, place + ".single must hold the sentence, Sequence A, once, and no other");
        }
    }

    private boolean isPiece(JsonElement piece) {
        if (!(piece instanceof JsonObject named) || named.size() != 1
                || !(named.entrySet().iterator().next().getValue() instanceof JsonObject content) || content.size() != 2
                || !PartValue.ID.isMet(content.get("type_id"))
                || !(content.get("id") instanceof JsonPrimitive id) || !id.isString()) {
            return false;
        }
        return named.has("Sequence") ? id.getAsString().equals("A") || id.getAsString().equals("B")
                : named.has("SpecialToken") && tokens.has(id.getAsString());
    }
}
