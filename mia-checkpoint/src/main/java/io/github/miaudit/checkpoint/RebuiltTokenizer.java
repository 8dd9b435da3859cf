package io.github.miaudit.checkpoint;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import io.github.miaudit.io.InvalidFileException;
import io.github.miaudit.io.StrictJson;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Makes the parts of a tokenizer anew, as Hugging Face transformers 5 do for a class of theirs: of the stored ones they take the
 * vocabulary, the merges and the table of normalised characters. What the class of version 4 took from the file and that of version 5
 * does not, so that the model may have been trained with either, is refused.
 */
final class RebuiltTokenizer {

    private static final Set<String> TYPES = Set.of("WordPiece", "BPE", "Unigram", "WordLevel");
    private static final String METASPACE = "Metaspace";
    private static final String WORD_BOUNDARY = "\u2581";
    /** Where some classes have the token for the unknown, whatever the file says. */
    private static final int ALBERT_UNKNOWN = 1;
    private static final int REMBERT_UNKNOWN = 2;
    private static final int XLM_ROBERTA_UNKNOWN = 3;
    private static final int BIG_BIRD_UNKNOWN = 100;
    /** Normalizers that a SentencePiece model's own may have become. */
    private static final Set<String> LIKE_SENTENCE_PIECE = Set.of("Precompiled", "Replace", "Strip", "NFC", "NFD", "NFKC", "NFKD", "Nmt",
            "Lowercase", "StripAccents");

    private final TokenizerClass tokenizer;
    private final Path file;
    private final JsonObject stored;
    private final TokenizerSettings settings;
    private final boolean prefixSpace;

    private RebuiltTokenizer(TokenizerClass tokenizer, Path file, JsonObject stored, TokenizerSettings settings) {
        this.tokenizer = tokenizer;
        this.file = file;
        this.stored = stored;
        this.settings = settings;
        this.prefixSpace = settings.flag("add_prefix_space", tokenizer.model() == TokenizerClass.Model.UNIGRAM);
    }

    /**
     * Of a tokenizer of the given class.
     *
     * @param ids of all its tokens
     */
    static JsonObject of(TokenizerClass tokenizer, Path file, JsonObject stored, TokenizerSettings settings, Map<String, Integer> ids) {
        RebuiltTokenizer rebuilt = new RebuiltTokenizer(tokenizer, file, stored, settings);
        JsonObject json = new JsonObject();
        json.addProperty("version", "1.0");
        json.add("added_tokens", stored.get("added_tokens"));
        json.add("model", rebuilt.model(ids));
        json.add("normalizer", rebuilt.normalizer());
        json.add("pre_tokenizer", rebuilt.preTokenizer());
        json.add("post_processor", rebuilt.frame(ids));
        json.add("decoder", rebuilt.decoder());
        return json;
    }

    private JsonObject model(Map<String, Integer> ids) {
        JsonObject old = stored.getAsJsonObject("model");
        String type = TokenizerParts.modelType(old);
        String expected = tokenizer.model().type();
        if (!TYPES.contains(type)) {
            throw new InvalidFileException(file, "is no usable tokenizer: model.type is " + type);
        }
        require("model.type", type, type.equals(expected), expected);
        JsonObject model = new JsonObject();
        model.addProperty("type", expected);
        switch (tokenizer.model()) {
            case WORD_PIECE -> {
                requireDefault(old, "continuing_subword_prefix", "##");
                requireDefault(old, "max_input_chars_per_word", 100);
                model.addProperty("unk_token", unknown(old, ids));
                model.addProperty("continuing_subword_prefix", "##");
                model.addProperty("max_input_chars_per_word", 100);
            }
            case BYTE_PAIRS -> {
                requireDefault(old, "continuing_subword_prefix", "");
                requireDefault(old, "end_of_word_suffix", tokenizer.endOfWord());
                requireDefault(old, "byte_fallback", false);
                requireDefault(old, "ignore_merges", false);
                if (tokenizer == TokenizerClass.HERBERT) {
                    requireDefault(old, "fuse_unk", false);
                    model.addProperty("unk_token", unknown(old, ids));
                    model.addProperty("end_of_word_suffix", tokenizer.endOfWord());
                }
                model.add("merges", old.get("merges"));
            }
            default -> {
                requireDefault(old, "byte_fallback", false);
                require("model.vocab", "no list", old.get("vocab") instanceof JsonArray, "a list of pieces and scores");
                int unknown = unknownPlace(old.get("vocab"));
                require("model.unk_id", old.get("unk_id"), old.get("unk_id") instanceof JsonPrimitive id && id.isNumber()
                        && TokenizerVocabulary.id(file, id) == unknown, unknown);
                model.addProperty("unk_id", unknown);
            }
        }
        model.add("vocab", old.get("vocab"));
        return model;
    }

    /** The token for the unknown, on which settings and file must agree. */
    private String unknown(JsonObject old, Map<String, Integer> ids) {
        String unknown = tokenizer.unknown(settings);
        requireDefault(old, "unk_token", unknown);
        id(unknown, ids);
        return unknown;
    }

    private int unknownPlace(JsonElement vocabulary) {
        return switch (tokenizer) {
            case ALBERT -> ALBERT_UNKNOWN;
            case REMBERT -> REMBERT_UNKNOWN;
            case XLM_ROBERTA -> XLM_ROBERTA_UNKNOWN;
            case CAMEMBERT -> place(vocabulary, false).orElse(0);
            case DEBERTA_V2 -> place(vocabulary, true).orElse(settings.merged().token("unk_id", 1));
            default -> place(vocabulary, true).orElse(BIG_BIRD_UNKNOWN);
        };
    }

    /** Where a list of pieces and scores has the token for the unknown, if need be with no other score than 0. */
    private Optional<Integer> place(JsonElement vocabulary, boolean scoreIsZero) {
        String unknown = tokenizer.unknown(settings);
        List<JsonElement> pieces = vocabulary.getAsJsonArray().asList();
        for (int place = 0; place < pieces.size(); place++) {
            JsonArray piece = pieces.get(place).getAsJsonArray();
            if (text(piece.get(0)).equals(unknown) && (!scoreIsZero || piece.get(1).getAsDouble() == 0)) {
                return Optional.of(place);
            }
        }
        return Optional.empty();
    }

    private JsonElement normalizer() {
        List<JsonObject> old = parts(stored.get("normalizer"), "normalizers");
        return switch (tokenizer) {
            case BERT, MPNET -> {
                requireParts("normalizer", old, Set.of("BertNormalizer"), "BertNormalizer");
                requireClean(old);
                yield bertNormalizer(settings.flag("tokenize_chinese_chars", true),
                        settings.has("strip_accents") ? settings.flag("strip_accents", false) : null, settings.flag("do_lower_case", true));
            }
            case HERBERT -> {
                requireParts("normalizer", old, Set.of("BertNormalizer"), "BertNormalizer");
                requireClean(old);
                old.forEach(part -> List.of("lowercase", "strip_accents").forEach(flag -> requireDefault(part, flag, false)));
                yield bertNormalizer(true, false, false);
            }
            case ROBERTA, DEBERTA -> {
                requireParts("normalizer", old, Set.of(), "");
                yield JsonNull.INSTANCE;
            }
            default -> sentencePieceNormalizer(old);
        };
    }

    private JsonElement sentencePieceNormalizer(List<JsonObject> old) {
        boolean albert = tokenizer == TokenizerClass.ALBERT;
        boolean quotes = albert || tokenizer == TokenizerClass.REMBERT;
        boolean lowerCase = (quotes || tokenizer == TokenizerClass.DEBERTA_V2) && settings.flag("do_lower_case", albert);
        boolean accents = !quotes || settings.flag("keep_accents", !albert);
        requireParts("normalizer", old, LIKE_SENTENCE_PIECE, "");
        if (fromTokenizerJson()) {
            requirePart("normalizer", old, "Lowercase", lowerCase);
            requirePart("normalizer", old, "StripAccents", !accents);
        }
        List<Object> parts = new ArrayList<>();
        if (quotes) {
            parts.add("{\"type\": \"Replace\", \"pattern\": {\"String\": \"``\"}, \"content\": \"\\\"\"}");
            parts.add("{\"type\": \"Replace\", \"pattern\": {\"String\": \"''\"}, \"content\": \"\\\"\"}");
        }
        if (quotes && !albert) {
            parts.add("{\"type\": \"Replace\", \"pattern\": {\"Regex\": \" {2,}\"}, \"content\": \" \"}");
        }
        if (!accents) {
            parts.add("{\"type\": \"NFKD\"}");
            parts.add("{\"type\": \"StripAccents\"}");
        }
        if (lowerCase) {
            parts.add("{\"type\": \"Lowercase\"}");
        }
        switch (tokenizer) {
            case DEBERTA_V2 -> {
                parts.add("{\"type\": \"Replace\", \"pattern\": {\"Regex\": \"\\\\s{2,}|[\\\\n\\\\r\\\\t]\"}, \"content\": \" \"}");
                parts.add("{\"type\": \"NFC\"}");
                parts.add("{\"type\": \"Strip\", \"strip_left\": false, \"strip_right\": true}");
            }
            case BIG_BIRD ->
                    parts.add("{\"type\": \"Replace\", \"pattern\": {\"Regex\": \" {2,}\"}, \"content\": \"" + WORD_BOUNDARY + "\"}");
            default -> old.stream().filter(part -> isA(part, "Precompiled")).findFirst().ifPresent(parts::add);
        }
        return parts.isEmpty() ? JsonNull.INSTANCE : json("{\"type\": \"Sequence\", \"normalizers\": %s}", parts);
    }

    private JsonElement preTokenizer() {
        List<JsonObject> old = parts(stored.get("pre_tokenizer"), "pretokenizers");
        return switch (tokenizer) {
            case BERT, MPNET, HERBERT -> {
                requireParts("pre_tokenizer", old, Set.of("BertPreTokenizer"), "BertPreTokenizer");
                yield json("{\"type\": \"BertPreTokenizer\"}");
            }
            case ROBERTA, DEBERTA -> {
                requireParts("pre_tokenizer", old, Set.of("ByteLevel"), "ByteLevel");
                old.forEach(part -> requireDefault(part, "use_regex", true));
                yield json("{\"type\": \"ByteLevel\", \"add_prefix_space\": %s, \"trim_offsets\": true, \"use_regex\": true}", prefixSpace);
            }
            default -> sentencePiecePreTokenizer(old);
        };
    }

    private JsonElement sentencePiecePreTokenizer(List<JsonObject> old) {
        boolean deberta = tokenizer == TokenizerClass.DEBERTA_V2;
        boolean punctuation = deberta && settings.flag("split_by_punct", false);
        if (fromTokenizerJson()) {
            requireParts("pre_tokenizer", old, Set.of("WhitespaceSplit", METASPACE, "Punctuation"), METASPACE);
            requirePart("pre_tokenizer", old, "Punctuation", punctuation);
            old.stream().filter(part -> isA(part, METASPACE)).forEach(this::requireLikeMetaspace);
        }
        if (tokenizer == TokenizerClass.BIG_BIRD || tokenizer == TokenizerClass.REMBERT) {
            return metaspace();
        }
        List<Object> parts = new ArrayList<>();
        if (!deberta) {
            parts.add("{\"type\": \"WhitespaceSplit\"}");
        } else if (punctuation) {
            parts.add("{\"type\": \"Punctuation\", \"behavior\": \"Isolated\"}");
        }
        parts.add(metaspace());
        return json("{\"type\": \"Sequence\", \"pretokenizers\": %s}", parts);
    }

    private void requireLikeMetaspace(JsonObject part) {
        requireDefault(part, "replacement", WORD_BOUNDARY);
        requireDefault(part, "split", true);
        String scheme = part.has("prepend_scheme") ? text(part.get("prepend_scheme"))
                : part.get("add_prefix_space") instanceof JsonPrimitive flag && !flag.getAsBoolean() ? "never" : "always";
        require("pre_tokenizer.prepend_scheme", scheme,
                prefixSpace != scheme.equals("never") || tokenizer == TokenizerClass.DEBERTA_V2 && scheme.equals("first"),
                prefixSpace ? "always" : "never");
    }

    private JsonElement frame(Map<String, Integer> ids) {
        String start = tokenizer.start(settings);
        String end = tokenizer.end(settings);
        int startId = id(start, ids);
        int endId = id(end, ids);
        SentenceFrame old = SentenceFrame.of(file, stored.get("post_processor"), ids);
        SentenceFrame rebuilt = new SentenceFrame(List.of(startId), List.of(endId));
        boolean stated = stored.has("post_processor") && !stored.get("post_processor").isJsonNull();
        require("post_processor", old.before() + " sentence " + old.after(), !stated || old.equals(rebuilt),
                start + " (" + startId + ") sentence " + end + " (" + endId + ")");
        require("post_processor", "missing", stated || tokenizer != TokenizerClass.REMBERT, start + " sentence " + end);
        if (tokenizer == TokenizerClass.HERBERT) { // whose class knows no others
            require("post_processor", startId + " sentence " + endId, startId == 0 && endId == 2, "0 sentence 2");
        }
        return switch (tokenizer) {
            case ROBERTA -> processing("RobertaProcessing", start, startId, end, endId,
                    ", \"trim_offsets\": " + settings.flag("trim_offsets", true) + ", \"add_prefix_space\": " + prefixSpace);
            case MPNET ->
                    processing("RobertaProcessing", start, startId, end, endId, ", \"trim_offsets\": true, \"add_prefix_space\": false");
            case HERBERT -> processing("BertProcessing", start, startId, end, endId, "");
            default -> SentenceFrame.template(start, startId, end, endId);
        };
    }

    /** Turns tokens into text again. */
    private JsonElement decoder() {
        return switch (tokenizer) {
            case HERBERT -> json("{\"type\": \"BPEDecoder\", \"suffix\": \"%s\"}", tokenizer.endOfWord());
            case BERT, MPNET -> json("{\"type\": \"WordPiece\", \"prefix\": \"##\", \"cleanup\": true}");
            case ROBERTA, DEBERTA ->
                    json("{\"type\": \"ByteLevel\", \"add_prefix_space\": true, \"trim_offsets\": true, \"use_regex\": true}");
            default -> metaspace();
        };
    }

    private JsonElement metaspace() {
        return json("{\"type\": \"Metaspace\", \"replacement\": \"%s\", \"prepend_scheme\": \"%s\", \"split\": true}", WORD_BOUNDARY,
                prefixSpace ? "always" : tokenizer == TokenizerClass.DEBERTA_V2 ? "first" : "never");
    }

    private static JsonElement processing(String type, String start, int startId, String end, int endId, String more) {
        return json("{\"type\": \"%s\", \"sep\": [%s, %s], \"cls\": [%s, %s]%s}", type, new JsonPrimitive(end), endId,
                new JsonPrimitive(start), startId, more);
    }

    private static JsonElement bertNormalizer(boolean chinese, @Nullable Boolean stripAccents, boolean lowerCase) {
        return json("""
                {"type": "BertNormalizer", "clean_text": true, "handle_chinese_chars": %s, "strip_accents": %s, "lowercase": %s}""",
                chinese,
                stripAccents, lowerCase);
    }

    private int id(String token, Map<String, Integer> ids) {
        Integer id = ids.get(token);
        if (id == null) {
            throw new InvalidFileException(file, "lacks the special token " + token
                    + "; tokenizer_config.json or special_tokens_map.json may name another (cls_token, sep_token, unk_token)");
        }
        return id;
    }

    private boolean fromTokenizerJson() {
        return file.endsWith("tokenizer.json");
    }

    private void requireClean(List<JsonObject> normalizers) {
        normalizers.forEach(part -> requireDefault(part, "clean_text", true));
    }

    /** Refuses parts that are none of the known ones, or none of the one that must be there. */
    private void requireParts(String section, List<JsonObject> old, Set<String> known, String needed) {
        if (fromTokenizerJson()) {
            List<String> types = old.stream().map(part -> text(part.get("type"))).toList();
            require(section, types, known.containsAll(types) && (needed.isEmpty() || types.contains(needed)),
                    needed.isEmpty() ? known.isEmpty() ? "none" : "one of " + known.stream().sorted().toList() : needed);
        }
    }

    private void requirePart(String section, List<JsonObject> old, String type, boolean expected) {
        boolean there = old.stream().anyMatch(part -> isA(part, type));
        require(section, (there ? "with " : "without ") + type, there == expected, (expected ? "with " : "without ") + type);
    }

    /** Refuses another value than the class has; one that is left out is none. */
    private void requireDefault(JsonObject part, String key, Object expected) {
        JsonElement value = part.get(key);
        boolean left = value == null || value.isJsonNull();
        require(key, value, left || value instanceof JsonPrimitive stated && stated.getAsString().equals(expected.toString()), expected);
    }

    private void require(String key, @Nullable Object value, boolean holds, Object expected) {
        if (!holds) {
            throw new InvalidFileException(file, key + " is " + value + ", but " + settings.classStated() + " in "
                    + settings.classFile().getFileName() + ", which with its settings makes it \"" + expected
                    + "\"; if tokenizer.json is what the model was trained with, set \"tokenizer_class\": \"PreTrainedTokenizerFast\" in"
                    + " tokenizer_config.json; else save the tokenizer anew");
        }
    }

    /** A section's parts, flat. */
    private List<JsonObject> parts(@Nullable JsonElement section, String sequence) {
        if (section == null || section.isJsonNull()) {
            return List.of();
        }
        if (section instanceof JsonObject part) {
            return part.get(sequence) instanceof JsonArray parts
                    ? parts.asList().stream().flatMap(each -> parts(each, sequence).stream()).toList()
                    : List.of(part);
        }
        throw new InvalidFileException(file, "has a normalizer or pre_tokenizer that is no object");
    }

    private static boolean isA(JsonObject part, String type) {
        return text(part.get("type")).equals(type);
    }

    private static String text(JsonElement value) {
        return value instanceof JsonPrimitive primitive ? primitive.getAsString() : String.valueOf(value);
    }

    private static JsonElement json(String template, @Nullable Object... values) {
        return StrictJson.parse(values.length == 0 ? template : template.formatted(values));
    }
}
