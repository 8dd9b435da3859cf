package io.github.miaudit.checkpoint;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.github.miaudit.io.InvalidFileException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The tokens that were added to a vocabulary, of all files that tell of them, as Hugging Face transformers 5 take them: those of
 * {@code added_tokens_decoder} in {@code tokenizer_config.json} or, without it, of {@code added_tokens.json} and
 * {@code tokenizer.json}. Files that contradict each other in an id are refused.
 */
final class AddedTokens {

    /**
     * The tokenizers library takes a time that grows with the square of their number, 20 s for so many; words for medicine that were
     * added to a model are some thousands.
     */
    private static final int MOST = 50_000;

    /** Normalizers that can turn any token into white space. */
    private static final List<String> REWRITING = List.of("Replace", "Precompiled");

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
        requireBounded(other, others.size());
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
        requireBounded(file, all.size());
        all.forEach(token -> TokenizerVocabulary.requireLength(file, token.content()));
        if (tokenizer != TokenizerClass.AS_STORED) {
            all.sort((a, b) -> Integer.compare(a.id(), b.id()));
        }
        return all;
    }

    /** Those of a {@code tokenizer.json}. */
    static List<AddedToken> stored(Path file, JsonObject tokenizer) {
        List<AddedToken> tokens = new ArrayList<>();
        if (tokenizer.get("added_tokens") instanceof JsonArray added) {
            requireBounded(file, added.size());
            added.forEach(token -> {
                Configuration stated = new Configuration(file, token instanceof JsonObject object ? object : new JsonObject());
                tokens.add(AddedToken.of(TokenizerVocabulary.id(file, stated.json().get("id")), stated));
            });
        }
        return tokens;
    }

    /**
     * Refuses tokens of which one could begin in the white space that another takes in, where the tokenizers library fails: one that
     * takes in white space before it and is nothing but white space itself, beside one that takes in what is behind it.
     *
     * @param inReach those that are looked for in a text
     */
    static void requireApart(Path file, List<AddedToken> inReach, @Nullable JsonElement normalizer) {
        boolean rewrites = normalizer != null && REWRITING.stream().anyMatch(type -> normalizer.toString().contains("\"" + type + "\""));
        if (inReach.stream().anyMatch(token -> token.takesIn("rstrip"))) {
            inReach.stream().filter(token -> token.takesIn("lstrip"))
                    .filter(token -> token.normalized() ? rewrites || !isVisible(token.content()) : isWhiteSpace(token.content()))
                    .findFirst().ifPresent(token -> {
                        throw new InvalidFileException(file, "or a file beside it adds \"" + InvalidFileException.printable(token.content())
                                + "\", of id " + token.id()
                                + ", with lstrip, which can be white space alone, and another token with rstrip;"
                                + " where both meet, the tokenizers library fails; set lstrip or rstrip to false if the model was trained"
                                + " so");
                    });
        }
    }

    /** Whether no other normalizer makes white space of it. */
    private static boolean isVisible(String content) {
        return content.chars().anyMatch(c -> c > ' ' && c <= '~');
    }

    private static boolean isWhiteSpace(String content) {
        return content.chars().allMatch(c -> Character.isSpaceChar(c) || Character.isISOControl(c));
    }

    private static void requireBounded(Path file, int tokens) {
        if (tokens > MOST) {
            throw new InvalidFileException(file, "adds " + tokens + " tokens to the vocabulary; supported are up to " + MOST
                    + "; put them into model.vocab");
        }
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
