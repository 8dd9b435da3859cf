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

    private static final Set<String> USUAL = Set.of("<s>", "</s>", "<pad>", "<unk>", "<mask>", "[CLS]", "[SEP]", "[PAD]", "[UNK]",
            "[MASK]");
    /** Begins the names that they get in the vocabulary, so that no text can spell them: Unicode has no such character. */
    private static final String UNTYPEABLE = "\uFDD0";

    /** With {@code split_special_tokens} also those that a text could have named otherwise. */
    static SpecialTokens of(TokenizerSettings settings, List<AddedToken> added) {
        Set<String> names = new TreeSet<>(USUAL);
        TokenizerSettings.ROLES.stream().filter(settings::has).forEach(role -> names.add(settings.token(role, "")));
        if (settings.flag("split_special_tokens", false)) {
            added.stream().filter(AddedToken::special).map(AddedToken::content).forEach(names::add);
        }
        return new SpecialTokens(names);
    }

    /** The added tokens that are looked for in a text. */
    List<AddedToken> inReach(List<AddedToken> added) {
        return added.stream().filter(token -> !names.contains(token.content())).toList();
    }

    /** A tokenizer with names for them that nobody can type; it adds the given tokens, in their order, for that numbers them. */
    JsonObject outOfReach(JsonObject tokenizer, List<AddedToken> added) {
        JsonObject plain = copy(tokenizer);
        plain.add("added_tokens", AddedTokens.toJson(
                added.stream().map(token -> names.contains(token.content()) ? token.withContent(untypeable(token.content())) : token)
                        .toList()));
        JsonObject model = copy(tokenizer.getAsJsonObject("model"));
        plain.add("model", model);
        if (model.get("vocab") instanceof JsonObject ids) {
            JsonObject renamed = new JsonObject();
            ids.entrySet().forEach(entry -> renamed.add(untypeable(entry.getKey()), entry.getValue()));
            model.add("vocab", renamed);
            if (model.get("unk_token") instanceof JsonPrimitive unknown && names.contains(unknown.getAsString())) {
                model.addProperty("unk_token", untypeable(unknown.getAsString()));
            }
        } else {
            JsonArray renamed = new JsonArray();
            model.getAsJsonArray("vocab").forEach(piece -> renamed.add(renamed(piece.getAsJsonArray())));
            model.add("vocab", renamed);
        }
        return plain;
    }

    private JsonArray renamed(JsonArray piece) {
        String name = piece.get(0).getAsString();
        if (!names.contains(name)) {
            return piece;
        }
        JsonArray renamed = new JsonArray();
        renamed.add(untypeable(name));
        piece.asList().stream().skip(1).forEach(renamed::add);
        return renamed;
    }

    /** Of an object, not of what it holds: vocabularies are large. */
    private static JsonObject copy(JsonObject object) {
        JsonObject copy = new JsonObject();
        object.entrySet().forEach(member -> copy.add(member.getKey(), member.getValue()));
        return copy;
    }

    /** The name of a token out of reach; another token's is as it was. */
    String untypeable(String token) {
        return names.contains(token) ? UNTYPEABLE + token : token;
    }
}
