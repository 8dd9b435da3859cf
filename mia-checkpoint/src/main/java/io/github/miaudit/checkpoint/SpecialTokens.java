package io.github.miaudit.checkpoint;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** The tokens that stand for no text: the usual ones, and those that a tokenizer's settings name. */
record SpecialTokens(Set<String> names) {

    /** As the settings call them. */
    private static final List<String> ROLES = List.of("cls_token", "sep_token", "mask_token", "pad_token", "unk_token", "bos_token",
            "eos_token");
    private static final Set<String> USUAL = Set.of("<s>", "</s>", "<pad>", "<unk>", "<mask>", "[CLS]", "[SEP]", "[PAD]", "[UNK]",
            "[MASK]");
    /** Begins the names that they get in the vocabulary, so that no text can spell them: Unicode has no such character. */
    private static final String UNTYPEABLE = "\uFDD0";

    static SpecialTokens of(TokenizerSettings settings) {
        Set<String> names = new TreeSet<>(USUAL);
        ROLES.stream().filter(settings::has).forEach(role -> names.add(settings.token(role, "")));
        return new SpecialTokens(names);
    }

    /** A tokenizer that does not look for them in a text, with names in its vocabulary that nobody can type. */
    JsonObject outOfReach(JsonObject tokenizer) {
        JsonObject plain = tokenizer.deepCopy();
        if (plain.get("added_tokens") instanceof JsonArray added) {
            JsonArray kept = new JsonArray();
            added.asList().stream().filter(token -> !names.contains(token.getAsJsonObject().get("content").getAsString()))
                    .forEach(kept::add);
            plain.add("added_tokens", kept);
        }
        JsonObject model = plain.getAsJsonObject("model");
        if (model.get("vocab") instanceof JsonObject ids) {
            JsonObject renamed = new JsonObject();
            ids.entrySet().forEach(entry -> renamed.add(untypeable(entry.getKey()), entry.getValue()));
            model.add("vocab", renamed);
            if (model.get("unk_token") instanceof JsonPrimitive unknown && names.contains(unknown.getAsString())) {
                model.addProperty("unk_token", untypeable(unknown.getAsString()));
            }
        } else {
            for (JsonElement piece : model.getAsJsonArray("vocab")) {
                JsonArray pair = piece.getAsJsonArray();
                if (names.contains(pair.get(0).getAsString())) {
                    pair.set(0, new JsonPrimitive(untypeable(pair.get(0).getAsString())));
                }
            }
        }
        return plain;
    }

    private String untypeable(String token) {
        return names.contains(token) ? UNTYPEABLE + token : token;
    }
}
