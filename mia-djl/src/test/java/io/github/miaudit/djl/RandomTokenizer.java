package io.github.miaudit.djl;

import com.google.gson.JsonPrimitive;
import io.github.miaudit.checkpoint.KnownPatterns;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A tokenizer.json of parts that are known, put together at random, and sentences of characters that tend to make trouble. */
final class RandomTokenizer {

    private static final List<String> CHARACTERS = List.of(" ", "a", "b", "c", "A", "1", "\u2581", "\u0120", "\u0301", "é", "ﷺ", "½", "中",
            "😀",
            "\u0001", "\n", "\t", "\u00a0", "\u200b", "-", "_", "'", "#", "²", "ß", "İ", "한", "\u1100\u1161", "ǆ", "\u0345", "\u0000",
            "\uFFFD",
            "\u2028", "##", "\u0300\u0316", "ﬁ");
    private static final String BOOLEAN = "%b";
    private static final List<String> NORMALIZERS = List.of(
            "'type':'BertNormalizer','clean_text':%b,'handle_chinese_chars':%b,'strip_accents':%b,'lowercase':%b",
            "'type':'Strip','strip_left':%b,'strip_right':%b", "'type':'StripAccents'", "'type':'NFC'", "'type':'NFD'", "'type':'NFKC'",
            "'type':'NFKD'", "'type':'Lowercase'", "'type':'Nmt'", "'type':'Precompiled','precompiled_charsmap':%map",
            "'type':'Replace','pattern':%pattern,'content':%text", "'type':'Replace','pattern':%pattern,'content':%text",
            "'type':'Prepend','prepend':%text", "'type':'ByteLevel'");
    private static final List<String> PRE_TOKENIZERS = List.of("'type':'BertPreTokenizer'",
            "'type':'ByteLevel','add_prefix_space':%b,'trim_offsets':%b,'use_regex':%b",
            "'type':'Metaspace','replacement':%metaspace,'prepend_scheme':%scheme,'split':%b", "'type':'Whitespace'",
            "'type':'WhitespaceSplit'", "'type':'UnicodeScripts'", "'type':'Digits','individual_digits':%b",
            "'type':'Punctuation','behavior':%how", "'type':'Split','pattern':%pattern,'behavior':%how,'invert':%b");
    private static final List<String> POST_PROCESSORS = List.of(
            "'type':'ByteLevel','add_prefix_space':%b,'trim_offsets':%b",
            "'type':'RobertaProcessing','sep':['b',2],'cls':['a',1],'trim_offsets':%b,'add_prefix_space':%b",
            "'type':'BertProcessing','sep':['b',2],'cls':['a',1]",
            "'type':'TemplateProcessing','single':[{'SpecialToken':{'id':'a','type_id':0}},{'Sequence':{'id':'A','type_id':0}}],'pair':[],"
                    + "'special_tokens':{'a':{'id':'a','ids':[1],'tokens':['a']}}");
    private static final List<String> DECODERS = List.of("'type':'WordPiece','prefix':%text,'cleanup':%b",
            "'type':'BPEDecoder','suffix':%text", "'type':'CTC','pad_token':%text,'word_delimiter_token':%text,'cleanup':%b",
            "'type':'Replace','pattern':%pattern,'content':%text", "'type':'Strip','content':%metaspace,'start':2,'stop':0",
            "'type':'Fuse'", "'type':'ByteFallback'", "'type':'ByteLevel','add_prefix_space':true,'trim_offsets':true",
            "'type':'Metaspace','replacement':'\u2581','prepend_scheme':%scheme");
    private static final List<String> MODELS = List.of("'type':'WordLevel','unk_token':%unknown,'vocab':%ids",
            "'type':'WordPiece','unk_token':%unknown,'continuing_subword_prefix':%prefix,'max_input_chars_per_word':%length,'vocab':%ids",
            "'type':'Unigram','unk_id':3,'byte_fallback':%b,'vocab':%pieces",
            "'type':'BPE','unk_token':%unknown,'end_of_word_suffix':%prefix,'fuse_unk':%b,'byte_fallback':%b,'ignore_merges':%b,"
                    + "'vocab':%ids,'merges':%merges");

    private final Random random;
    private final String characterMap;
    private final List<String> vocabulary;

    RandomTokenizer(long seed, String characterMap) {
        this.random = new Random(seed);
        this.characterMap = characterMap;
        Set<String> tokens = new LinkedHashSet<>(List.of("<mask>", "a", "b", "u"));
        Stream.generate(() -> one("", "##", "\u2581", "\u0120") + text(2)).filter(token -> !token.isEmpty()).limit(20).forEach(tokens::add);
        tokens.add("<0x61>");
        this.vocabulary = List.copyOf(tokens);
    }

    String json() {
        return "{" + filled("'version':'1.0','model':{" + one(MODELS) + "}") + ",\"added_tokens\":" + added()
                + section("normalizer", "normalizers", NORMALIZERS) + section("pre_tokenizer", "pretokenizers", PRE_TOKENIZERS)
                + section("post_processor", "processors", POST_PROCESSORS) + section("decoder", "decoders", DECODERS) + "}";
    }

    /** Of at most so many of the characters. */
    String text(int most) {
        return IntStream.range(0, random.nextInt(most + 1)).mapToObj(place -> one(CHARACTERS)).collect(Collectors.joining());
    }

    private String section(String name, String sequence, List<String> parts) {
        String items = IntStream.range(0, random.nextInt(4)).mapToObj(part -> "{" + filled(one(parts)) + "}")
                .collect(Collectors.joining(","));
        return ",\"" + name + "\":{\"type\":\"Sequence\",\"" + sequence + "\":[" + items + "]}";
    }

    private String added() {
        Set<String> contents = new LinkedHashSet<>();
        IntStream.range(0, random.nextInt(5)).forEach(token -> contents.add(one(CHARACTERS) + text(2)));
        List<String> fresh = contents.stream().filter(content -> !vocabulary.contains(content)).toList();
        return "[" + contents.stream().map(content -> filled("{'id':"
                + (fresh.contains(content) ? vocabulary.size() + fresh.indexOf(content) : vocabulary.indexOf(content)) + ",'content':")
                + quoted(content) + filled(",'single_word':%b,'lstrip':%b,'rstrip':false,'normalized':%b,'special':%b}"))
                .collect(Collectors.joining(",")) + "]";
    }

    /** A template of JSON with a random value in each place. */
    private String filled(String template) {
        String json = template.replace('\'', '"');
        while (json.contains(BOOLEAN)) {
            json = json.replaceFirst(BOOLEAN, String.valueOf(random.nextBoolean()));
        }
        while (json.contains("%text")) {
            json = replaced(json, "%text", quoted(text(3)));
        }
        return Stream.of(List.of("%map", quoted(characterMap)), List.of("%pattern", pattern()),
                List.of("%metaspace", quoted(one("\u2581", " ", "a"))), List.of("%scheme", quoted(one("always", "first", "never"))),
                List.of("%how", quoted(one("Removed", "Isolated", "MergedWithPrevious", "MergedWithNext", "Contiguous"))),
                List.of("%unknown", quoted(one("u", "none"))), List.of("%prefix", quoted(one("##", "", "é"))),
                List.of("%length", one("1", "3", "100")), List.of("%ids", ids()), List.of("%pieces", pieces()),
                List.of("%merges", merges()))
                .reduce(json, (filled, pair) -> replaced(filled, pair.get(0), pair.get(1)), (first, second) -> second);
    }

    private static String replaced(String json, String place, String value) {
        int from = json.indexOf(place);
        return from < 0 ? json : json.substring(0, from) + value + json.substring(from + place.length());
    }

    private String pattern() {
        return random.nextBoolean() ? "{\"Regex\":" + quoted(one(KnownPatterns.all())) + "}"
                : "{\"String\":" + quoted(one(CHARACTERS) + text(2)) + "}";
    }

    private String ids() {
        return "{" + IntStream.range(0, vocabulary.size()).mapToObj(id -> quoted(vocabulary.get(id)) + ":" + id)
                .collect(Collectors.joining(",")) + "}";
    }

    private String pieces() {
        return "[" + vocabulary.stream().map(piece -> "[" + quoted(piece) + "," + one("0", "-1.5", "-1e308", "1e308", "5") + "]")
                .collect(Collectors.joining(",")) + "]";
    }

    private String merges() {
        List<String> merges = new ArrayList<>();
        vocabulary.forEach(left -> vocabulary.stream().filter(right -> vocabulary.contains(left + right))
                .forEach(right -> merges.add("[" + quoted(left) + "," + quoted(right) + "]")));
        return merges.toString();
    }

    private String one(String... values) {
        return one(Arrays.asList(values));
    }

    private String one(List<String> values) {
        return values.get(random.nextInt(values.size()));
    }

    private static String quoted(String text) {
        return new JsonPrimitive(text).toString();
    }
}
