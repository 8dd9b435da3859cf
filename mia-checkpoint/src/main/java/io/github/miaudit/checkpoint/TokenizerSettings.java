package io.github.miaudit.checkpoint;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import io.github.miaudit.io.InvalidFileException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What {@code tokenizer_config.json} and {@code special_tokens_map.json} say of a tokenizer, in one, and what {@code config.json}
 * says of its class. As in Hugging Face transformers, the first counts alone if it lists the added tokens; else the second wins.
 *
 * @param merged  the settings that are not null
 * @param mapped  those of them that are of {@code special_tokens_map.json}
 * @param network the {@code config.json}, empty if there is none
 */
record TokenizerSettings(Configuration merged, Set<String> mapped, Configuration network) {

    static final String ADDED = "added_tokens_decoder";

    private static final String CLASS = "tokenizer_class";

    /** The roles of special tokens. */
    static final List<String> ROLES = List.of("cls_token", "sep_token", "mask_token", "pad_token", "unk_token", "bos_token", "eos_token");

    /** Of a tokenizer's folder and that of the network's configuration, which are two for an adapter that has a tokenizer. */
    static TokenizerSettings read(Path folder, Path base) {
        Path file = folder.resolve("tokenizer_config.json");
        Configuration stated = readIfThere(file);
        JsonObject merged = notNull(stated.json());
        Set<String> mapped = Set.of();
        if (!stated.has(ADDED)) {
            JsonObject map = notNull(readIfThere(folder.resolve("special_tokens_map.json")).json());
            map.entrySet().forEach(entry -> merged.add(entry.getKey(), entry.getValue()));
            mapped = Set.copyOf(map.keySet());
        }
        return new TokenizerSettings(new Configuration(file, merged), mapped, readIfThere(base.resolve(Checkpoint.CONFIGURATION)));
    }

    private static Configuration readIfThere(Path file) {
        return Files.exists(file) ? Configuration.read(file) : new Configuration(file, new JsonObject());
    }

    private static JsonObject notNull(JsonObject json) {
        JsonObject stated = new JsonObject();
        json.entrySet().stream().filter(entry -> !entry.getValue().isJsonNull())
                .forEach(entry -> stated.add(entry.getKey(), entry.getValue()));
        return stated;
    }

    boolean has(String key) {
        return merged.has(key);
    }

    boolean flag(String key, boolean otherwise) {
        return merged.flag(key, otherwise);
    }

    /** A special token by its role: a string or an object with its {@code content}. */
    String token(String role, String otherwise) {
        return merged.json().get(role) instanceof JsonObject ? merged.object(role).text("content", otherwise)
                : merged.text(role, otherwise);
    }

    /** The name of the file that states a setting. */
    String fileOf(String key) {
        return mapped.contains(key) ? "special_tokens_map.json" : "tokenizer_config.json";
    }

    /** The name of the family, empty if it is not stated. */
    String modelType() {
        return network.text("model_type", "");
    }

    /** The tokenizer's class, if a file names it. */
    Optional<String> className() {
        return Stream.of(merged, network).filter(file -> file.has(CLASS)).map(file -> file.text(CLASS, "")).findFirst();
    }

    /** The class of tokenizers that is called as the network's, which is all that a configuration of 2019 tells. */
    Optional<String> networksName() {
        return network.texts("architectures").stream().findFirst().map(name -> name.replaceFirst("(For[A-Z]|Model$).*", "Tokenizer"));
    }

    /** What tells the tokenizer's class, in words. */
    String classStated() {
        return className().map(name -> CLASS + " is " + name)
                .orElse(modelType().isEmpty() ? "no tokenizer_class is stated" : "model_type is " + modelType());
    }

    /** The file that tells the tokenizer's class. */
    Path classFile() {
        return has(CLASS) ? merged.file() : network.file();
    }

    /** Special tokens beside those with a usual role, in the order in which they are named. */
    List<String> extraTokens() {
        List<String> tokens = new ArrayList<>();
        merged.json().entrySet().forEach(entry -> {
            if (entry.getKey().equals("additional_special_tokens") || entry.getKey().equals("extra_special_tokens")) {
                tokens.addAll(contents(entry.getKey(), entry.getValue()));
            } else if (entry.getKey().endsWith("_token") && !ROLES.contains(entry.getKey())
                    && (entry.getValue() instanceof JsonObject || entry.getValue() instanceof JsonPrimitive text && text.isString())) {
                tokens.add(token(entry.getKey(), ""));
            }
        });
        return tokens.stream().distinct().toList();
    }

    /** Those of them that make a word of {@code added_tokens.json} a special token; the older list does not in the older file. */
    List<String> listedTokens() {
        return Stream.of("additional_special_tokens", "extra_special_tokens")
                .filter(key -> merged.json().get(key) instanceof JsonArray && !(key.startsWith("additional") && mapped.contains(key)))
                .flatMap(key -> contents(key, merged.json().get(key)).stream()).toList();
    }

    private List<String> contents(String key, JsonElement tokens) {
        List<JsonElement> items = new ArrayList<>();
        if (tokens instanceof JsonObject named) {
            items.addAll(named.asMap().values());
        } else if (tokens instanceof JsonArray listed) {
            items.addAll(listed.asList());
        } else {
            throw merged.invalid(key, "it must be a list of tokens");
        }
        return items.stream().map(item -> {
            JsonElement content = item instanceof JsonObject token ? token.get("content") : item;
            if (content instanceof JsonPrimitive text && text.isString()) {
                return text.getAsString();
            }
            throw merged.invalid(key, "each must be a string or an object with its content");
        }).toList();
    }

    /** The tokens that {@code tokenizer_config.json} lists as added, by their ids. */
    Map<Integer, AddedToken> addedTokens() {
        Map<Integer, AddedToken> tokens = new TreeMap<>();
        Configuration listed = merged.object(ADDED);
        listed.json().keySet().forEach(text -> {
            int id = TokenizerVocabulary.id(merged.file(), new JsonPrimitive(text));
            tokens.put(id, AddedToken.of(id, listed.object(text)));
        });
        return tokens;
    }

    /**
     * Refuses settings that tokenizers in Python obey and those of the Rust library don't, so that it is not clear what the model's
     * tokens were.
     */
    void requireKnown(TokenizerClass tokenizer) {
        if (isCustom(merged) || isCustom(network)) {
            throw new InvalidFileException(isCustom(merged) ? merged.file() : network.file(),
                    "auto_map names code of its own for the tokenizer, which is not run; if a tokenizer.json beside it makes the same"
                            + " tokens, take AutoTokenizer out of auto_map and set \"tokenizer_class\": \"PreTrainedTokenizerFast\" in"
                            + " tokenizer_config.json");
        }
        for (String role : ROLES) {
            if (has(role) && token(role, "").matches("\\p{L}+|\\p{N}+|\\X")) {
                throw new InvalidFileException(merged.file().resolveSibling(fileOf(role)), role + " is \"" + token(role, "")
                        + "\", which texts hold as well; supported are tokens that stand for no text");
            }
        }
        for (String other : merged.texts("fast_tokenizer_files")) {
            if (!other.equals("tokenizer.json")) {
                throw merged.invalid("fast_tokenizer_files",
                        "supported is tokenizer.json alone; keep the one that was used under this name");
            }
        }
        merged.require("word_tokenizer_type", "basic");
        merged.require("subword_tokenizer_type", "wordpiece");
        if (merged.has("sp_model_kwargs") && merged.object("sp_model_kwargs").flag("enable_sampling", false)) {
            throw merged.invalid("sp_model_kwargs", "tokens that are drawn at random can't be audited");
        }
        if (tokenizer.model() == TokenizerClass.Model.WORD_PIECE) {
            merged.require("do_basic_tokenize", true);
            merged.require("clean_text", true);
            merged.require("wordpieces_prefix", "##");
            if (!merged.texts("never_split").isEmpty()) {
                throw merged.invalid("never_split", "only tokenizers in Python obey it, and nothing tells which one the model was trained"
                        + " with; take it out if it was this library's");
            }
        }
        if (tokenizer.model() == TokenizerClass.Model.UNIGRAM) {
            merged.require("remove_space", true);
            merged.require("vocab_type", "spm");
        }
    }

    private static boolean isCustom(Configuration configuration) {
        JsonElement map = configuration.json().get("auto_map");
        JsonElement code = map instanceof JsonObject named ? named.get("AutoTokenizer") : map;
        return code instanceof JsonPrimitive
                || code instanceof JsonArray classes && classes.asList().stream().anyMatch(each -> !each.isJsonNull());
    }
}
