package io.github.miaudit.checkpoint;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.github.miaudit.io.InvalidFileException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The tokens that were added to a vocabulary, of all files that tell of them, as Hugging Face transformers 5 take them: those of
 * {@code added_tokens_decoder} in {@code tokenizer_config.json} or, without it, of {@code added_tokens.json} and
 * {@code tokenizer.json}. Files that contradict each other in an id are refused.
 */
final class AddedTokens {

    private final Path file;
    private final Map<String, Integer> vocabulary;
    private final Map<String, AddedToken> byContent = new LinkedHashMap<>();
    private final Map<Integer, String> byId = new TreeMap<>();

    private AddedTokens(Path file, Map<String, Integer> vocabulary) {
        this.file = file;
        this.vocabulary = vocabulary;
    }

    /**
     * In the order in which they get their ids.
     *
     * @param file       where the stored tokens come from
     * @param stored     those of {@code tokenizer.json}
     * @param vocabulary the ids of the others
     */
    static List<AddedToken> of(Path file, TokenizerClass tokenizer, List<AddedToken> stored, Map<String, Integer> vocabulary,
            TokenizerSettings settings) {
        AddedTokens tokens = new AddedTokens(file, vocabulary);
        boolean listed = settings.has(TokenizerSettings.ADDED);
        Path other = listed ? settings.merged().file() : file.resolveSibling("added_tokens.json");
        Map<Integer, AddedToken> others = listed ? settings.addedTokens() : older(other, settings);
        stored.forEach(token -> tokens.add(file, token));
        others.values().forEach(token -> tokens.add(other, token));
        if (listed) { // whose flags count
            others.values().forEach(token -> tokens.byContent.put(token.content(), token));
        } else {
            stored.forEach(token -> tokens.byContent.put(token.content(), token));
        }
        if (listed && tokenizer != TokenizerClass.AS_STORED) {
            stored.stream().filter(token -> !others.containsKey(token.id())).forEach(token -> tokens.requireNeedless(token, settings));
        }
        settings.extraTokens().forEach(content -> tokens.addExtra(content, settings));
        List<AddedToken> all = new ArrayList<>(tokens.byContent.values());
        if (tokenizer != TokenizerClass.AS_STORED) {
            all.sort((a, b) -> Integer.compare(a.id(), b.id()));
        }
        return all;
    }

    /** Those of a {@code tokenizer.json}. */
    static List<AddedToken> stored(Path file, JsonObject tokenizer) {
        List<AddedToken> tokens = new ArrayList<>();
        if (tokenizer.get("added_tokens") instanceof JsonArray added) {
            added.forEach(token -> {
                Configuration stated = new Configuration(file, token instanceof JsonObject object ? object : new JsonObject());
                tokens.add(AddedToken.of(TokenizerVocabulary.id(file, stated.json().get("id")), stated));
            });
        }
        return tokens;
    }

    static JsonArray toJson(List<AddedToken> tokens) {
        JsonArray json = new JsonArray();
        tokens.forEach(token -> json.add(token.toJson()));
        return json;
    }

    /** Words that a user added, as files had them at first. */
    private static Map<Integer, AddedToken> older(Path file, TokenizerSettings settings) {
        Map<Integer, AddedToken> tokens = new TreeMap<>();
        if (Files.exists(file)) {
            List<String> special = new ArrayList<>(settings.listedTokens());
            TokenizerSettings.ROLES.stream().filter(settings::has).forEach(role -> special.add(settings.token(role, "")));
            Configuration added = Configuration.read(file);
            added.json().keySet().forEach(content -> {
                int id = added.token(content, 0);
                AddedToken twin = tokens.put(id, AddedToken.of(id, content, special.contains(content)));
                if (twin != null) {
                    throw contradiction(file, "gives the id " + id + " to both \"" + twin.content() + "\" and \"" + content + "\"");
                }
            });
        }
        return tokens;
    }

    private void add(Path source, AddedToken token) {
        String content = token.content();
        Integer known = byContent.containsKey(content) ? Integer.valueOf(byContent.get(content).id()) : vocabulary.get(content);
        if (known != null && known != token.id()) {
            throw contradiction(source, "gives the token \"" + content + "\" the id " + token.id() + ", which has the id " + known + " in "
                    + file.getFileName());
        }
        String twin = byId.put(token.id(), content);
        if (twin != null && !twin.equals(content)) {
            throw contradiction(source,
                    "gives the id " + token.id() + " to \"" + content + "\", but it is that of \"" + twin + "\" as well");
        }
        byContent.putIfAbsent(content, token);
    }

    /** Refuses a token that transformers 5 would forget. */
    private void requireNeedless(AddedToken token, TokenizerSettings settings) {
        if (!token.special() || !vocabulary.containsKey(token.content())) {
            throw contradiction(file, "holds the added token \"" + token.content() + "\", which " + TokenizerSettings.ADDED + " in "
                    + settings.merged().file().getFileName() + " lacks");
        }
    }

    private void addExtra(String content, TokenizerSettings settings) {
        if (!byContent.containsKey(content)) {
            Integer id = vocabulary.get(content);
            if (id == null) {
                throw new InvalidFileException(settings.merged().file(), "or special_tokens_map.json names the special token \"" + content
                        + "\", which no vocabulary holds; take it out, or save the tokenizer anew");
            }
            byContent.put(content, AddedToken.of(id, content, true));
        }
    }

    private static InvalidFileException contradiction(Path file, String what) {
        return new InvalidFileException(file, what + "; save the tokenizer anew with the library that trained the model");
    }
}
