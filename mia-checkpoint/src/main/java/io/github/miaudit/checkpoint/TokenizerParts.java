package io.github.miaudit.checkpoint;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import io.github.miaudit.io.InvalidFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What of a {@code tokenizer.json} may reach the tokenizers library, which ends the whole process at a value that it does not expect:
 * known parts with known keys and values and known regular expressions, in sequences of bounded depth, that lengthen a text by a
 * bounded factor.
 */
final class TokenizerParts {

    private static final Set<String> SECTIONS = Set.of("version", "truncation", "padding", "added_tokens", "normalizer", "pre_tokenizer",
            "post_processor", "decoder", "model");
    /** Post-processors that set tokens around a sentence; the library can't do so twice. */
    private static final Set<String> FRAMES = Set.of("BertProcessing", "RobertaProcessing", "TemplateProcessing");
    private static final int MOST_PARTS = 64;
    /** Patterns of known tokenizers have none; spellings of a letter have one or two. */
    private static final int MOST_LETTERS = 2;
    private static final int DEEPEST = 8;
    /** By which characters can be more once a text is normalised; ALBERT's are 72 times as many at most. */
    private static final int MOST_GROWTH = 80;
    /** How many equal characters Unicode's compatibility forms make of one. */
    private static final int COMPATIBILITY_GROWTH = 4;
    /** A Chinese character gets a space on both sides, each time. */
    private static final int CHINESE_GROWTH = 3;

    /** A key's value, and whether the key may be missing or null. */
    private record Rule(PartValue value, boolean optional) {

        private static Rule of(String name) {
            return new Rule(PartValue.valueOf(name.replace("?", "")), name.endsWith("?"));
        }
    }

    /** Parts by their type; of each the rules by key. */
    private static final Map<String, Map<String, Rule>> NORMALIZERS = parts("""
            BertNormalizer clean_text=FLAG handle_chinese_chars=FLAG strip_accents=FLAG? lowercase=FLAG
            Strip strip_left=FLAG strip_right=FLAG
            Replace pattern=PATTERN content=SHORT_TEXT
            Prepend prepend=PREFIX
            Precompiled precompiled_charsmap=READ_ELSEWHERE
            StripAccents
            NFC
            NFD
            NFKC
            NFKD
            Lowercase
            Nmt
            ByteLevel""");

    private static final String BYTE_LEVEL = "ByteLevel add_prefix_space=FLAG trim_offsets=FLAG use_regex=FLAG?\n";
    private static final String METASPACE = "Metaspace replacement=CHARACTER add_prefix_space=FLAG? prepend_scheme=PREPEND_SCHEME?"
            + " split=FLAG? str_rep=SHORT_TEXT?\n";

    private static final Map<String, Map<String, Rule>> PRE_TOKENIZERS = parts(BYTE_LEVEL + METASPACE + """
            BertPreTokenizer
            Whitespace
            WhitespaceSplit
            UnicodeScripts
            CharDelimiterSplit delimiter=CHARACTER
            Digits individual_digits=FLAG
            Punctuation behavior=BEHAVIOR?
            Split pattern=PATTERN behavior=BEHAVIOR invert=FLAG""");

    private static final Map<String, Map<String, Rule>> POST_PROCESSORS = parts(BYTE_LEVEL + """
            BertProcessing sep=TOKEN_WITH_ID cls=TOKEN_WITH_ID
            RobertaProcessing sep=TOKEN_WITH_ID cls=TOKEN_WITH_ID trim_offsets=FLAG add_prefix_space=FLAG
            TemplateProcessing single=READ_ELSEWHERE pair=READ_ELSEWHERE special_tokens=READ_ELSEWHERE""");

    private static final Map<String, Map<String, Rule>> DECODERS = parts(BYTE_LEVEL + METASPACE + """
            WordPiece prefix=SHORT_TEXT cleanup=FLAG
            BPEDecoder suffix=SHORT_TEXT
            CTC pad_token=TOKEN word_delimiter_token=TOKEN cleanup=FLAG
            Replace pattern=PATTERN content=SHORT_TEXT
            Strip content=CHARACTER start=CUT_AT_START stop=CUT_AT_END
            Fuse
            ByteFallback""");

    private static final Map<String, Map<String, Rule>> MODELS = parts("""
            WordPiece unk_token=TOKEN? continuing_subword_prefix=SHORT_TEXT? max_input_chars_per_word=WORD_LENGTH? vocab=READ_ELSEWHERE
            WordLevel unk_token=TOKEN? vocab=READ_ELSEWHERE
            Unigram unk_id=ID? byte_fallback=FLAG? vocab=READ_ELSEWHERE
            BPE dropout=NUMBER? unk_token=TOKEN? continuing_subword_prefix=SHORT_TEXT? end_of_word_suffix=SHORT_TEXT? fuse_unk=FLAG?\
             byte_fallback=FLAG? ignore_merges=FLAG? vocab=READ_ELSEWHERE merges=READ_ELSEWHERE""");

    private final Path file;
    private int growth = 1;

    private TokenizerParts(Path file) {
        this.file = file;
    }

    /**
     * Refuses a tokenizer that holds anything else.
     *
     * @param file where it comes from
     * @throws InvalidFileException that names the place and what is supported
     */
    static void requireKnown(Path file, JsonObject tokenizer) {
        TokenizerParts parts = new TokenizerParts(file);
        tokenizer.keySet().stream().filter(key -> !SECTIONS.contains(key)).findFirst().ifPresent(key -> {
            throw new InvalidFileException(file, "holds \"" + InvalidFileException.printable(key)
                    + "\", which is no known part of a tokenizer and could change its tokens; known are "
                    + String.join(", ", new TreeSet<>(SECTIONS)));
        });
        parts.requireSection("normalizer", "normalizers", tokenizer, NORMALIZERS);
        parts.requireSection("pre_tokenizer", "pretokenizers", tokenizer, PRE_TOKENIZERS);
        parts.requireSection("post_processor", "processors", tokenizer, POST_PROCESSORS);
        parts.requireSection("decoder", "decoders", tokenizer, DECODERS);
        parts.requirePart("model", typed(tokenizer.getAsJsonObject("model")), MODELS);
        if (parts.growth > MOST_GROWTH) {
            throw new InvalidFileException(file, "normalizer can make a text " + parts.growth + " times as long; supported is up to "
                    + MOST_GROWTH);
        }
    }

    /** What cuts words into tokens; files did not say it at first. */
    static String modelType(JsonObject model) {
        return model.has("type") ? text(model.get("type"))
                : model.has("merges") ? "BPE" : model.get("vocab") instanceof JsonArray ? "Unigram" : "WordPiece";
    }

    private static JsonObject typed(JsonObject model) {
        JsonObject typed = new JsonObject();
        model.entrySet().forEach(entry -> typed.add(entry.getKey(), entry.getValue()));
        typed.addProperty("type", modelType(model));
        return typed;
    }

    private void requireSection(String section, String sequence, JsonObject tokenizer, Map<String, Map<String, Rule>> known) {
        JsonElement part = tokenizer.get(section);
        if (part != null && !part.isJsonNull()) {
            Map<String, Integer> counts = new HashMap<>();
            requireParts(section, sequence, part, known, 1, counts);
            if (counts.values().stream().mapToInt(Integer::intValue).sum() > MOST_PARTS) {
                throw new InvalidFileException(file, section + " has more than " + MOST_PARTS + " parts");
            }
            requireOnce(section, section.equals("post_processor") ? FRAMES : Set.of("ByteLevel"), counts);
        }
    }

    private void requireOnce(String section, Set<String> types, Map<String, Integer> counts) {
        if (types.stream().mapToInt(type -> counts.getOrDefault(type, 0)).sum() > 1) {
            throw new InvalidFileException(file, section + " has more than one " + String.join(" or ", new TreeSet<>(types)));
        }
    }

    private void requireParts(String place, String sequence, JsonElement part, Map<String, Map<String, Rule>> known, int depth,
            Map<String, Integer> counts) {
        if (!(part instanceof JsonObject stated)) {
            throw new InvalidFileException(file, place + " must be an object with a type");
        }
        if (!text(stated.get("type")).equals("Sequence")) {
            requirePart(place, stated, known);
            counts.merge(text(stated.get("type")), 1, Integer::sum);
            return;
        }
        requireKeys(place, stated, Set.of("type", sequence));
        if (!(stated.get(sequence) instanceof JsonArray items)) {
            throw new InvalidFileException(file, place + "." + sequence + " must be a list");
        }
        if (depth == DEEPEST) {
            throw new InvalidFileException(file, place + " nests sequences more than " + DEEPEST + " deep");
        }
        for (int index = 0; index < items.size(); index++) {
            requireParts(place + "." + sequence + "[" + index + "]", sequence, items.get(index), known, depth + 1, counts);
        }
    }

    private void requirePart(String place, JsonObject part, Map<String, Map<String, Rule>> known) {
        String type = text(part.get("type"));
        Map<String, Rule> rules = known.get(type);
        if (rules == null) {
            throw new InvalidFileException(file, place + (place.equals("model") ? ".type is " : " is of type ")
                    + InvalidFileException.printable(type) + "; supported are " + String.join(", ", known.keySet()));
        }
        Set<String> keys = new TreeSet<>(rules.keySet());
        keys.add("type");
        requireKeys(place, part, keys);
        rules.forEach((key, rule) -> requireValue(place + "." + key, part.get(key), rule));
        if (part.get("pattern") instanceof JsonObject pattern) {
            requirePattern(place + ".pattern", pattern);
        }
        switch (type) {
            case "Precompiled" -> requireCharacterMap(place + ".precompiled_charsmap", part.get("precompiled_charsmap"));
            case "Replace" -> requireReplacement(place, part);
            case "NFKC", "NFKD" -> growBy(COMPATIBILITY_GROWTH);
            case "BertNormalizer" -> growBy(part.get("handle_chinese_chars").getAsBoolean() ? CHINESE_GROWTH : 1);
            case "TemplateProcessing" -> SentenceTemplate.requireWellFormed(file, place, part);
            default -> {
                // no more to say
            }
        }
    }

    private void requireKeys(String place, JsonObject part, Set<String> known) {
        part.keySet().stream().filter(key -> !known.contains(key)).findFirst().ifPresent(key -> {
            throw new InvalidFileException(file, place + " holds \"" + InvalidFileException.printable(key)
                    + "\", which is not known and could change the tokens; a " + text(part.get("type")) + " has "
                    + String.join(", ", new TreeSet<>(known)));
        });
    }

    private void requireValue(String place, @Nullable JsonElement value, Rule rule) {
        Optional<JsonElement> stated = Optional.ofNullable(value).filter(each -> !each.isJsonNull());
        if (!stated.map(rule.value::isMet).orElse(rule.optional)) {
            throw new InvalidFileException(file, place + stated.map(each -> " is " + shown(each)).orElse(" is missing") + "; it must be "
                    + rule.value.description());
        }
    }

    private void requirePattern(String place, JsonObject pattern) {
        if (pattern.has("Regex") && !KnownPatterns.contain(pattern.get("Regex").getAsString())) {
            throw new InvalidFileException(file, place + " is the regular expression " + shown(pattern.get("Regex"))
                    + ", on which a text could end the program; supported are those of GPT-2, GPT-4, GPT-4o, Llama 3, Qwen, BLOOM and CLIP"
                    + " for words, and the usual ones for white space and digits (docs/security.md); if it is another spelling of one of"
                    + " them, write that");
        }
        if (pattern.has("String")
                && pattern.get("String").getAsString().codePoints().filter(Character::isLetterOrDigit).count() > MOST_LETTERS) {
            throw new InvalidFileException(file, place + " is " + shown(pattern.get("String")) + ", with more than " + MOST_LETTERS
                    + " letters and digits, so one text would be read as another, which the scores would not tell");
        }
    }

    private void requireCharacterMap(String place, JsonElement map) {
        if (!(map instanceof JsonPrimitive text) || !text.isString()) {
            throw new InvalidFileException(file, place + " must be a string");
        }
        growBy(Math.max(1, CharacterMap.of(file, place, text.getAsString()).longestReplacement()));
    }

    private void requireReplacement(String place, JsonObject part) {
        if (place.startsWith("normalizer")) {
            JsonObject pattern = part.getAsJsonObject("pattern");
            int shortest = pattern.has("String") ? codePoints(pattern.get("String").getAsString()) : 1;
            growBy(Math.max(1, (codePoints(part.get("content").getAsString()) + shortest - 1) / shortest));
        }
    }

    private void growBy(int factor) {
        growth = (int) Math.min(Integer.MAX_VALUE, (long) growth * factor);
    }

    private static int codePoints(String text) {
        return text.codePointCount(0, text.length());
    }

    private static String shown(JsonElement value) {
        return InvalidFileException.printable(value instanceof JsonPrimitive text && text.isString() ? "\"" + text.getAsString() + "\""
                : value.toString());
    }

    private static String text(JsonElement value) {
        return value instanceof JsonPrimitive primitive ? primitive.getAsString() : String.valueOf(value);
    }

    /** A line for each part: its type, and of each key what may stand there, with a question mark if it may be missing. */
    private static Map<String, Map<String, Rule>> parts(String lines) {
        Map<String, Map<String, Rule>> parts = new TreeMap<>();
        lines.lines().map(line -> line.split(" ")).forEach(words -> {
            Map<String, Rule> rules = new TreeMap<>();
            Arrays.stream(words).skip(1).map(word -> word.split("=")).forEach(pair -> rules.put(pair[0], Rule.of(pair[1])));
            parts.put(words[0], rules);
        });
        return parts;
    }
}
