package io.github.miaudit.checkpoint;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import io.github.miaudit.io.InvalidFileException;
import io.github.miaudit.io.StrictJson;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** Makes a {@code tokenizer.json} of the files that tokenizers had before it, with the defaults of Hugging Face transformers. */
final class OlderTokenizer {

    private OlderTokenizer() {
    }

    /** Of {@code vocab.json} and the {@code merges.txt} beside it. */
    static JsonObject byteLevel(Path pieces, TokenizerSettings settings) {
        boolean prefixSpace = settings.flag("add_prefix_space", false);
        JsonObject ids = ModelFile.json(pieces);
        JsonArray merges = new JsonArray();
        lines(pieces.resolveSibling("merges.txt")).stream().filter(line -> !line.startsWith("#version") && !line.isBlank())
                .forEach(merges::add);
        String start = settings.token("cls_token", "<s>");
        String end = settings.token("sep_token", "</s>");
        JsonObject tokenizer = json("""
                {"version": "1.0", "added_tokens": %s,
                 "pre_tokenizer": {"type": "ByteLevel", "add_prefix_space": %s, "trim_offsets": true, "use_regex": true},
                 "post_processor": {"type": "RobertaProcessing", "sep": [%s, %s], "cls": [%s, %s], "trim_offsets": true,
                  "add_prefix_space": %2$s},
                 "model": {"type": "BPE"}}""", addedTokens(pieces), prefixSpace, quoted(end), id(pieces, ids, end), quoted(start),
                id(pieces, ids, start));
        JsonObject model = tokenizer.getAsJsonObject("model");
        model.add("vocab", ids);
        model.add("merges", merges);
        return tokenizer;
    }

    /** Of {@code vocab.txt}. */
    static JsonObject wordPiece(Path words, TokenizerSettings settings) {
        JsonObject ids = new JsonObject();
        List<String> lines = lines(words);
        IntStream.range(0, lines.size()).forEach(id -> ids.addProperty(lines.get(id), id));
        String unknown = settings.token("unk_token", "[UNK]");
        id(words, ids, unknown);
        JsonObject tokenizer = json("""
                {"version": "1.0", "added_tokens": %s,
                 "normalizer": {"type": "BertNormalizer", "clean_text": true, "handle_chinese_chars": %s, "strip_accents": %s,
                  "lowercase": %s},
                 "pre_tokenizer": {"type": "BertPreTokenizer"},
                 "post_processor": %s,
                 "model": {"type": "WordPiece", "unk_token": %s, "continuing_subword_prefix": "##", "max_input_chars_per_word": 100}}""",
                addedTokens(words), settings.flag("tokenize_chinese_chars", true),
                settings.has("strip_accents") ? settings.flag("strip_accents", false) : null, settings.flag("do_lower_case", true),
                frame(words, ids, settings.token("cls_token", "[CLS]"), settings.token("sep_token", "[SEP]")), quoted(unknown));
        tokenizer.getAsJsonObject("model").add("vocab", ids);
        return tokenizer;
    }

    /** The start token, the sentence, the end token. */
    private static JsonObject frame(Path words, JsonObject ids, String start, String end) {
        JsonObject frame = json("""
                {"type": "TemplateProcessing",
                 "single": [{"SpecialToken": {"id": %1$s, "type_id": 0}}, {"Sequence": {"id": "A", "type_id": 0}},
                  {"SpecialToken": {"id": %2$s, "type_id": 0}}],
                 "pair": [{"SpecialToken": {"id": %1$s, "type_id": 0}}, {"Sequence": {"id": "A", "type_id": 0}},
                  {"SpecialToken": {"id": %2$s, "type_id": 0}}, {"Sequence": {"id": "B", "type_id": 1}},
                  {"SpecialToken": {"id": %2$s, "type_id": 1}}],
                 "special_tokens": {}}""", quoted(start), quoted(end));
        for (String token : List.of(start, end)) { // which can be the same
            frame.getAsJsonObject("special_tokens").add(token, json("""
                    {"id": %1$s, "ids": [%2$s], "tokens": [%1$s]}""", quoted(token), id(words, ids, token)));
        }
        return frame;
    }

    /** Words that a user added, in {@code added_tokens.json}. */
    private static JsonArray addedTokens(Path vocabulary) {
        JsonArray tokens = new JsonArray();
        Path file = vocabulary.resolveSibling("added_tokens.json");
        if (Files.exists(file)) {
            Map<Integer, String> byId = new TreeMap<>();
            Configuration added = Configuration.read(file);
            added.json().keySet().forEach(token -> byId.put(added.token(token, 0), token));
            byId.forEach((id, token) -> tokens.add(json("""
                    {"content": %s, "id": %s, "single_word": false, "lstrip": false, "rstrip": false, "special": false,
                     "normalized": true}""", quoted(token), id)));
        }
        return tokens;
    }

    /** The lines of a vocabulary, an id each. */
    private static List<String> lines(Path file) {
        List<String> lines = List.of(ModelFile.text(file).split("\\r\\n|\\r|\\n", -1));
        return lines.get(lines.size() - 1).isEmpty() ? lines.subList(0, lines.size() - 1) : lines;
    }

    private static int id(Path file, JsonObject ids, String token) {
        if (ids.get(token) instanceof JsonPrimitive number && number.isNumber()) {
            return TokenizerVocabulary.id(file, number);
        }
        throw new InvalidFileException(file, "lacks the special token " + token + "; tokenizer_config.json may name another");
    }

    private static JsonPrimitive quoted(String token) {
        return new JsonPrimitive(token);
    }

    private static JsonObject json(String template, Object... values) {
        return StrictJson.parse(template.formatted(values)).getAsJsonObject();
    }
}
