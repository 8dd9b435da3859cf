package io.github.miaudit.checkpoint;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import io.github.miaudit.io.InvalidFileException;
import io.github.miaudit.io.Sha256;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The tokenizer of a folder in the format of {@code tokenizer.json}: that file if it is there, else built from
 * {@code vocab.json} and {@code merges.txt} (byte-level BPE, as RoBERTa's) or from {@code vocab.txt} (WordPiece, as
 * BERT's), with the defaults of Hugging Face transformers.
 */
public final class TokenizerJson {

    /** The special tokens by their roles, as {@code tokenizer_config.json} and {@code special_tokens_map.json} name them. */
    private static final List<String> ROLES = List.of("cls_token", "sep_token", "mask_token", "pad_token", "unk_token", "bos_token", "eos_token");
    private static final Set<String> USUAL_SPECIAL_TOKENS = Set.of("<s>", "</s>", "<pad>", "<unk>", "<mask>", "[CLS]", "[SEP]", "[PAD]", "[UNK]", "[MASK]");
    /** Begins the names that special tokens get in the vocabulary, so that no text can spell them: Unicode has no such character. */
    private static final String UNTYPEABLE = "\uFDD0";

    /** The vocabulary's size must be a number as well. */
    private static final int LARGEST_ID = Integer.MAX_VALUE - 1;

    private final Path file;
    private final JsonObject json;
    private final Configuration settings;
    private final Map<String, Integer> vocabulary;

    private TokenizerJson(Path file, JsonObject json, Configuration settings) {
        this.file = file;
        this.json = json;
        this.settings = settings;
        this.vocabulary = vocabulary(file, json);
    }

    public static TokenizerJson read(Path folder) {
        Configuration settings = settings(folder);
        Path whole = folder.resolve("tokenizer.json");
        Path words = folder.resolve("vocab.txt");
        Path pieces = folder.resolve("vocab.json");
        if (Files.exists(whole)) {
            return new TokenizerJson(whole, ModelFile.json(whole), settings);
        }
        if (Files.exists(pieces)) {
            return new TokenizerJson(pieces, byteLevel(folder, pieces, settings), settings);
        }
        if (Files.exists(words)) {
            return new TokenizerJson(words, wordPiece(folder, words, settings), settings);
        }
        boolean sentencePiece = Files.exists(folder.resolve("sentencepiece.bpe.model")) || Files.exists(folder.resolve("spm.model"));
        throw new InvalidFileException(whole, sentencePiece
                ? "does not exist, and a SentencePiece model alone is not enough; save the tokenizer as tokenizer.json"
                : "does not exist, and neither do vocab.json with merges.txt or vocab.txt");
    }

    public Path file() {
        return file;
    }

    /** The id of the mask token. */
    public int maskId() {
        for (String token : settings.has("mask_token") ? List.of(token("mask_token", "")) : List.of("<mask>", "[MASK]")) {
            if (vocabulary.containsKey(token)) {
                return vocabulary.get(token);
            }
        }
        throw new InvalidFileException(file, "has no mask token" + (settings.has("mask_token") ? " " + token("mask_token", "") : " <mask> or [MASK]")
                + "; is it a masked language model's tokenizer?");
    }

    /** The id that stands for what the vocabulary lacks. */
    public OptionalInt unknownId() {
        JsonObject model = json.getAsJsonObject("model");
        if (model.get("unk_id") instanceof JsonPrimitive id && id.isNumber()) {
            return OptionalInt.of(id(file, id));
        }
        Integer id = model.get("unk_token") instanceof JsonPrimitive token ? vocabulary.get(token.getAsString()) : null;
        return id == null ? OptionalInt.empty() : OptionalInt.of(id);
    }

    /** One more than the highest token id. */
    public int vocabularySize() {
        return vocabulary.values().stream().mapToInt(Integer::intValue).max().orElse(-1) + 1;
    }

    /** The ids of the tokens that must not come out of a text. */
    public Set<Integer> specialIds() {
        Set<Integer> ids = new TreeSet<>();
        specialTokens().stream().filter(vocabulary::containsKey).forEach(token -> ids.add(vocabulary.get(token)));
        unknownId().ifPresent(ids::remove);
        return ids;
    }

    /**
     * SHA-256 of all that determines the tokens. The order of members, settings at their defaults, and what only
     * matters for turning ids back into text don't count, so that the same tokenizer has the same digest whichever
     * file it was read from.
     */
    public String digest() {
        JsonObject relevant = new JsonObject();
        for (String part : List.of("normalizer", "pre_tokenizer", "post_processor", "model")) {
            relevant.add(part, json.get(part));
        }
        relevant.add("vocabulary", new JsonPrimitive(new TreeMap<>(vocabulary).toString()));
        return Sha256.of(canonical(relevant).toString().getBytes(StandardCharsets.UTF_8));
    }

    /**
     * The tokenizer with its special tokens out of a text's reach: they are no longer looked for in the text, and
     * their names in the vocabulary are such that nobody can type them. The ids that frame a sentence stay, for the
     * post-processor holds them as numbers.
     */
    public byte[] withoutSpecialTokensInText() {
        JsonObject plain = json.deepCopy();
        Set<String> special = specialTokens();
        if (plain.get("added_tokens") instanceof JsonArray added) {
            JsonArray kept = new JsonArray();
            added.asList().stream().filter(token -> !special.contains(token.getAsJsonObject().get("content").getAsString())).forEach(kept::add);
            plain.add("added_tokens", kept);
        }
        JsonObject model = plain.getAsJsonObject("model");
        if (model.get("vocab") instanceof JsonObject ids) {
            JsonObject renamed = new JsonObject();
            ids.entrySet().forEach(entry -> renamed.add(special.contains(entry.getKey()) ? UNTYPEABLE + entry.getKey() : entry.getKey(), entry.getValue()));
            model.add("vocab", renamed);
            if (model.get("unk_token") instanceof JsonPrimitive unknown && special.contains(unknown.getAsString())) {
                model.addProperty("unk_token", UNTYPEABLE + unknown.getAsString());
            }
        } else {
            for (JsonElement piece : model.getAsJsonArray("vocab")) {
                JsonArray pair = piece.getAsJsonArray();
                if (special.contains(pair.get(0).getAsString())) {
                    pair.set(0, new JsonPrimitive(UNTYPEABLE + pair.get(0).getAsString()));
                }
            }
        }
        return plain.toString().getBytes(StandardCharsets.UTF_8);
    }

    private Set<String> specialTokens() {
        Set<String> tokens = new TreeSet<>(USUAL_SPECIAL_TOKENS);
        ROLES.stream().filter(settings::has).forEach(role -> tokens.add(token(role, "")));
        return tokens;
    }

    private String token(String role, String otherwise) {
        return token(settings, role, otherwise);
    }

    /** A special token is a string or an object with its {@code content}. */
    private static String token(Configuration settings, String role, String otherwise) {
        return settings.json().get(role) instanceof JsonObject object
                ? new Configuration(settings.file(), object).text("content", otherwise)
                : settings.text(role, otherwise);
    }

    /** Both files of settings in one; the tokenizer's own wins. */
    private static Configuration settings(Path folder) {
        JsonObject merged = new JsonObject();
        Path file = folder.resolve("tokenizer_config.json");
        for (Path source : List.of(folder.resolve("special_tokens_map.json"), file)) {
            if (Files.exists(source)) {
                ModelFile.json(source).entrySet().stream().filter(entry -> !entry.getValue().isJsonNull())
                        .forEach(entry -> merged.add(entry.getKey(), entry.getValue()));
            }
        }
        return new Configuration(file, merged);
    }

    private static JsonObject byteLevel(Path folder, Path vocabulary, Configuration settings) {
        boolean prefixSpace = settings.flag("add_prefix_space", false);
        JsonObject ids = ModelFile.json(vocabulary);
        JsonArray merges = new JsonArray();
        Path mergesFile = folder.resolve("merges.txt");
        for (String line : lines(mergesFile)) {
            if (!line.startsWith("#version") && !line.isBlank()) {
                merges.add(line);
            }
        }
        JsonObject model = object("type", "BPE");
        model.add("vocab", ids);
        model.add("merges", merges);
        JsonObject pieces = object("type", "ByteLevel");
        pieces.addProperty("add_prefix_space", prefixSpace);
        pieces.addProperty("trim_offsets", true);
        pieces.addProperty("use_regex", true);
        String start = token(settings, "cls_token", "<s>");
        String end = token(settings, "sep_token", "</s>");
        JsonObject frame = object("type", "RobertaProcessing");
        frame.add("sep", pair(end, id(vocabulary, ids, end)));
        frame.add("cls", pair(start, id(vocabulary, ids, start)));
        frame.addProperty("trim_offsets", true);
        frame.addProperty("add_prefix_space", prefixSpace);
        return tokenizer(null, pieces, frame, model, addedTokens(folder));
    }

    private static JsonObject wordPiece(Path folder, Path vocabulary, Configuration settings) {
        JsonObject ids = new JsonObject();
        List<String> words = lines(vocabulary);
        for (int id = 0; id < words.size(); id++) {
            ids.addProperty(words.get(id), id);
        }
        String start = token(settings, "cls_token", "[CLS]");
        String end = token(settings, "sep_token", "[SEP]");
        JsonObject model = object("type", "WordPiece");
        model.addProperty("unk_token", token(settings, "unk_token", "[UNK]"));
        model.addProperty("continuing_subword_prefix", "##");
        model.addProperty("max_input_chars_per_word", 100);
        model.add("vocab", ids);
        id(vocabulary, ids, model.get("unk_token").getAsString());
        JsonObject normalizer = object("type", "BertNormalizer");
        normalizer.addProperty("clean_text", true);
        normalizer.addProperty("handle_chinese_chars", settings.flag("tokenize_chinese_chars", true));
        if (settings.has("strip_accents")) {
            normalizer.addProperty("strip_accents", settings.flag("strip_accents", false));
        } else {
            normalizer.add("strip_accents", JsonNull.INSTANCE);
        }
        normalizer.addProperty("lowercase", settings.flag("do_lower_case", true));
        return tokenizer(normalizer, object("type", "BertPreTokenizer"), template(start, id(vocabulary, ids, start), end, id(vocabulary, ids, end)),
                model, addedTokens(folder));
    }

    /** The start token, the sentence, the end token. */
    private static JsonObject template(String start, int startId, String end, int endId) {
        JsonArray single = new JsonArray();
        single.add(templatePart("SpecialToken", start, 0));
        single.add(templatePart("Sequence", "A", 0));
        single.add(templatePart("SpecialToken", end, 0));
        JsonArray pair = single.deepCopy();
        pair.add(templatePart("Sequence", "B", 1));
        pair.add(templatePart("SpecialToken", end, 1));
        JsonObject tokens = new JsonObject();
        tokens.add(start, templateToken(start, startId));
        tokens.add(end, templateToken(end, endId));
        JsonObject template = object("type", "TemplateProcessing");
        template.add("single", single);
        template.add("pair", pair);
        template.add("special_tokens", tokens);
        return template;
    }

    private static JsonObject templatePart(String kind, String id, int type) {
        JsonObject part = object("id", id);
        part.addProperty("type_id", type);
        JsonObject named = new JsonObject();
        named.add(kind, part);
        return named;
    }

    private static JsonObject templateToken(String token, int id) {
        JsonObject entry = object("id", token);
        entry.add("ids", array(new JsonPrimitive(id)));
        entry.add("tokens", array(new JsonPrimitive(token)));
        return entry;
    }

    private static JsonObject tokenizer(JsonObject normalizer, JsonObject preTokenizer, JsonObject postProcessor, JsonObject model, JsonArray added) {
        JsonObject tokenizer = object("version", "1.0");
        tokenizer.add("added_tokens", added);
        if (normalizer != null) {
            tokenizer.add("normalizer", normalizer);
        }
        tokenizer.add("pre_tokenizer", preTokenizer);
        tokenizer.add("post_processor", postProcessor);
        tokenizer.add("model", model);
        return tokenizer;
    }

    /** Words that a user added to an old tokenizer, in {@code added_tokens.json}. */
    private static JsonArray addedTokens(Path folder) {
        JsonArray tokens = new JsonArray();
        Path file = folder.resolve("added_tokens.json");
        if (Files.exists(file)) {
            Map<Integer, String> byId = new TreeMap<>();
            Configuration added = Configuration.read(file);
            added.json().keySet().forEach(token -> byId.put(added.token(token, 0), token));
            byId.forEach((id, token) -> {
                JsonObject entry = object("content", token);
                entry.addProperty("id", id);
                for (String off : List.of("single_word", "lstrip", "rstrip", "special")) {
                    entry.addProperty(off, false);
                }
                entry.addProperty("normalized", true);
                tokens.add(entry);
            });
        }
        return tokens;
    }

    private static Map<String, Integer> vocabulary(Path file, JsonObject json) {
        Map<String, Integer> vocabulary = new LinkedHashMap<>();
        try {
            JsonElement vocab = json.getAsJsonObject("model").get("vocab");
            if (vocab instanceof JsonArray pieces) {
                for (int id = 0; id < pieces.size(); id++) {
                    vocabulary.put(pieces.get(id).getAsJsonArray().get(0).getAsString(), id);
                }
            } else {
                vocab.getAsJsonObject().entrySet().forEach(entry -> vocabulary.put(entry.getKey(), id(file, entry.getValue())));
            }
            if (json.get("added_tokens") instanceof JsonArray added) {
                added.forEach(token -> vocabulary.put(token.getAsJsonObject().get("content").getAsString(), id(file, token.getAsJsonObject().get("id"))));
            }
        } catch (RuntimeException e) { // a part is missing or of the wrong kind
            throw new InvalidFileException(file, "has no valid model.vocab and added_tokens of tokens and ids");
        }
        return vocabulary;
    }

    /** The lines of a vocabulary, an id each. */
    private static List<String> lines(Path file) {
        List<String> lines = List.of(ModelFile.text(file).split("\\r\\n|\\r|\\n", -1));
        return lines.get(lines.size() - 1).isEmpty() ? lines.subList(0, lines.size() - 1) : lines;
    }

    private static int id(Path file, JsonObject ids, String token) {
        return Optional.ofNullable(ids.get(token)).filter(id -> id instanceof JsonPrimitive number && number.isNumber()).map(id -> id(file, id))
                .orElseThrow(() -> new InvalidFileException(file, "lacks the special token " + token + "; tokenizer_config.json may name another"));
    }

    /** An id, of which Gson would wrap around one that is too large. */
    private static int id(Path file, JsonElement number) {
        try {
            int id = number.getAsBigDecimal().intValueExact();
            if (id >= 0 && id <= LARGEST_ID) {
                return id;
            }
        } catch (ArithmeticException | NumberFormatException e) {
            // told below
        }
        throw new InvalidFileException(file, "has a token id that is no whole number from 0 to " + LARGEST_ID);
    }

    private static JsonElement canonical(JsonElement element) {
        if (element instanceof JsonArray items) {
            List<JsonElement> all = new ArrayList<>(items.asList());
            boolean merge = all.size() == 2 && all.stream().allMatch(item -> item instanceof JsonPrimitive part && part.isString());
            if (merge) { // a merge of a BPE, which older files write as one string
                return new JsonPrimitive(all.get(0).getAsString() + " " + all.get(1).getAsString());
            }
            JsonArray array = new JsonArray();
            all.forEach(item -> array.add(canonical(item)));
            return array;
        }
        if (element instanceof JsonObject members) {
            JsonObject object = new JsonObject();
            new TreeMap<>(members.asMap()).forEach((name, value) -> {
                boolean unset = value.isJsonNull() || value instanceof JsonPrimitive flag && (flag.isBoolean() && !flag.getAsBoolean() || flag.isString() && flag.getAsString().isEmpty());
                if (!unset && !name.equals("vocab")) {
                    object.add(name, canonical(value));
                }
            });
            return object;
        }
        return element == null ? JsonNull.INSTANCE : element;
    }

    private static JsonObject object(String name, String value) {
        JsonObject object = new JsonObject();
        object.addProperty(name, value);
        return object;
    }

    private static JsonArray pair(String token, int id) {
        return array(new JsonPrimitive(token), new JsonPrimitive(id));
    }

    private static JsonArray array(JsonElement... elements) {
        JsonArray array = new JsonArray();
        for (JsonElement element : elements) {
            array.add(element);
        }
        return array;
    }
}
