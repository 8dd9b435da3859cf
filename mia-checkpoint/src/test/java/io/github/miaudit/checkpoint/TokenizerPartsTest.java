package io.github.miaudit.checkpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import io.github.miaudit.io.InvalidFileException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What of a tokenizer.json gets to the tokenizers library. */
class TokenizerPartsTest {

    private static final String TEMPLATE = "{'type': 'TemplateProcessing', 'single': %s, 'pair': [], 'special_tokens': "
            + "{'a': {'id': 'a', 'ids': [1], 'tokens': ['a']}}}";
    private static final String SENTENCE = "{'Sequence': {'id': 'A', 'type_id': 0}}";

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            normalizer | {'type': 'Lowercase'}
            normalizer | {'type': 'BertNormalizer', 'clean_text': true, 'handle_chinese_chars': true, 'lowercase': false}
            normalizer | {'type': 'Replace', 'pattern': {'Regex': ' {2,}'}, 'content': ' '}
            normalizer | {'type': 'Sequence', 'normalizers': [{'type': 'Sequence', 'normalizers': []}, {'type': 'NFKC'}]}
            pre_tokenizer | {'type': 'Metaspace', 'replacement': '▁', 'add_prefix_space': true, 'str_rep': '▁'}
            pre_tokenizer | {'type': 'Metaspace', 'replacement': '▁', 'prepend_scheme': 'first', 'split': false}
            pre_tokenizer | {'type': 'Split', 'pattern': {'String': ' '}, 'behavior': 'MergedWithPrevious', 'invert': false}
            pre_tokenizer | {'type': 'Split', 'pattern': {'Regex': '\\\\d'}, 'behavior': 'Isolated', 'invert': false}
            pre_tokenizer | {'type': 'ByteLevel', 'add_prefix_space': false, 'trim_offsets': true}
            decoder | {'type': 'Strip', 'content': ' ', 'start': 1, 'stop': 0}
            """)
    void partsOfFamiliesAreTaken(String section, String part) throws IOException {
        assertEquals(3, read(section, part).vocabularySize());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            normalizer | {'type': 'Uppercase'} | normalizer is of type Uppercase; supported are BertNormalizer
            normalizer | {'lowercase': true} | normalizer is of type null
            normalizer | 7 | normalizer must be an object
            normalizer | {'type': 'Sequence', 'normalizers': 7} | normalizer.normalizers must be a list
            normalizer | {'type': 'Strip', 'strip_left': 1, 'strip_right': true} | normalizer.strip_left is 1; it must be true or false
            normalizer | {'type': 'Strip', 'strip_left': true} | normalizer.strip_right is missing
            normalizer | {'type': 'NFC', 'form': 'D'} | normalizer holds "form"
            normalizer | {'type': 'Precompiled'} | normalizer.precompiled_charsmap is missing
            normalizer | {'type': 'Precompiled', 'precompiled_charsmap': 1} | precompiled_charsmap must be a string
            normalizer | {'type': 'Replace', 'pattern': {'String': ''}, 'content': 'a'} | normalizer.pattern is
            normalizer | {'type': 'Replace', 'pattern': {'Regex': '(a+)+$'},\
             'content': 'a'} | normalizer.pattern is the regular expression "(a+)+$"
            normalizer | {'type': 'Replace', 'pattern': {'Regex': ' '}, 'content': '12345678901234567'} | normalizer.content
            normalizer | {'type': 'Sequence', 'normalizers': [{'type': 'ByteLevel'}, {'type': 'ByteLevel'}]} | more than one ByteLevel
            normalizer | {'type': 'Prepend', 'prepend': ''} | normalizer.prepend is ""; it must be a string of 1 to 16
            pre_tokenizer | {'type': 'FixedLength', 'length': 0} | pre_tokenizer is of type FixedLength
            pre_tokenizer | {'type': 'Sequence', 'pretokenizers': [{'type': 'Split', 'pattern': {'Regex': '(a*)*b'},\
             'behavior': 'Isolated', 'invert': false}]} | pre_tokenizer.pretokenizers[0].pattern is the regular expression
            pre_tokenizer | {'type': 'Split', 'pattern': {'Regex': '\\\\d'}, 'behavior': 'isolated',\
             'invert': false} | pre_tokenizer.behavior is "isolated"
            pre_tokenizer | {'type': 'Metaspace', 'replacement': '▁▁'} | pre_tokenizer.replacement
            pre_tokenizer | {'type': 'Digits', 'individual_digits': 1e99999} | pre_tokenizer.individual_digits
            decoder | {'type': 'Strip', 'content': ' ', 'start': 0, 'stop': 1} | decoder.stop is 1; it must be 0
            decoder | {'type': 'Strip', 'content': ' ', 'start': 1e9, 'stop': 0} | decoder.start is 1e9
            decoder | {'type': 'Sequence', 'decoders': [{'type': 'Lattice'}]} | decoder.decoders[0] is of type Lattice
            post_processor | {'type': 'RobertaProcessing', 'sep': ['a', 1], 'cls': ['a', 1]} | post_processor.add_prefix_space is missing
            post_processor | {'type': 'BertProcessing', 'sep': ['a', 1.0], 'cls': ['a', 1]} | post_processor.sep is
            """)
    void otherPartsAreRefusedByName(String section, String part, String expected) throws IOException {
        String message = message(section, part);
        assertTrue(message.startsWith(folder.resolve("tokenizer.json") + ": ") && message.contains(expected), message);
    }

    @Test
    void aSentenceStandsInItsTemplateOnce() throws IOException {
        assertEquals(3, read("post_processor", TEMPLATE.formatted("[" + SENTENCE + "]")).vocabularySize());
        for (String single : List.of("[]", "[" + SENTENCE + "," + SENTENCE + "]", "[" + SENTENCE.replace('A', 'B') + "]",
                "[" + SENTENCE + "," + SENTENCE.replace('A', 'B') + "]")) {
            String message = message("post_processor", TEMPLATE.formatted(single));
            assertTrue(message.contains("post_processor.single must hold the sentence"), message);
        }
        assertTrue(message("post_processor", TEMPLATE.formatted("[" + SENTENCE + "]").replace("'ids': [1]", "'ids': [1, 1]"))
                .contains("as many tokens"));
        assertTrue(message("post_processor", TEMPLATE.formatted("[" + SENTENCE + "]").replace("'pair': []",
                "'pair': [{'SpecialToken': {'id': 'b', 'type_id': 0}}]")).contains("post_processor.pair must be a list"));
        assertTrue(message("post_processor", TEMPLATE.formatted("[" + SENTENCE + ("," + SENTENCE).repeat(70) + "]"))
                .contains("at most 64 pieces"));
    }

    @Test
    void aSentenceIsFramedOnce() throws IOException {
        String template = TEMPLATE.formatted("[" + SENTENCE + "]");
        String rest = ", {'type': 'ByteLevel', 'add_prefix_space': true, 'trim_offsets': true}]}";
        assertEquals(3, read("post_processor", "{'type': 'Sequence', 'processors': [" + template + rest).vocabularySize());
        assertTrue(message("post_processor", "{'type': 'Sequence', 'processors': [" + template + ", " + template + rest)
                .contains("post_processor has more than one BertProcessing or RobertaProcessing or TemplateProcessing"));
    }

    @Test
    void sequencesAreOfBoundedDepthAndLength() throws IOException {
        String deep = "{'type': 'Sequence', 'normalizers': [".repeat(8) + "]}".repeat(8);
        assertTrue(message("normalizer", deep).contains("more than 8 deep"));
        String wide = "{'type': 'Sequence', 'normalizers': [{'type': 'NFC'}" + ", {'type': 'NFC'}".repeat(64) + "]}";
        assertTrue(message("normalizer", wide).contains("more than 64 parts"));
        String endless = ("{'normalizer': " + "{'type': 'Sequence', 'normalizers': [".repeat(10_000)).replace('\'', '"');
        Files.writeString(folder.resolve("tokenizer.json"), endless + "]}".repeat(10_000) + "}");
        assertTrue(assertThrows(InvalidFileException.class, () -> TokenizerJson.read(folder)).getMessage().contains("tokenizer.json:1: "));
    }

    @Test
    void aTextIsMadeLongerByABoundedFactor() throws IOException {
        String twice = "{'type': 'Replace', 'pattern': {'String': 'a'}, 'content': 'aa'}";
        assertEquals(3, read("normalizer", sequence(twice, 5)).vocabularySize());
        assertTrue(message("normalizer", sequence(twice, 30)).contains("1073741824 times as long; supported is up to 80"));
        assertTrue(message("normalizer", sequence("{'type': 'NFKC'}, " + twice, 5)).contains("32768 times as long"));
        String spaced = "{'type': 'BertNormalizer', 'clean_text': true, 'handle_chinese_chars': %s, 'lowercase': true}";
        assertTrue(message("normalizer", sequence(spaced.formatted(true), 4)).contains("81 times as long"));
        assertEquals(3, read("normalizer", sequence(spaced.formatted(true), 3)).vocabularySize());
        assertEquals(3, read("normalizer", sequence(spaced.formatted(false), 30)).vocabularySize());
    }

    /** Whoever made the tokenizer could have the model read something else in the place of a name that it remembers. */
    @Test
    void wordsAreNotReplaced() throws IOException {
        String replace = "{'type': 'Replace', 'pattern': {'String': '%s'}, 'content': 'x'}";
        assertEquals(3, read("normalizer", replace.formatted("``")).vocabularySize());
        assertEquals(3, read("normalizer", replace.formatted("ij")).vocabularySize());
        assertTrue(message("normalizer", replace.formatted("Eve")).contains("one text would be read as another"));
        assertTrue(message("pre_tokenizer",
                "{'type': 'Split', 'pattern': {'String': ' 1 2 3'}, 'behavior': 'Removed', 'invert': false}").contains("read as another"));
    }

    @Test
    void sectionsThatAreNotKnownAreRefusedAndLengthsDropped() throws IOException {
        JsonObject tokenizer = tokenizer("truncation", "{'max_length': 0, 'stride': 5}");
        tokenizer.add("padding", json("{'strategy': {'Fixed': 1000000000}}"));
        JsonObject handedOver = JsonParser
                .parseString(new String(read(tokenizer).withoutSpecialTokensInText(), StandardCharsets.UTF_8)).getAsJsonObject();
        assertFalse(handedOver.has("truncation") || handedOver.has("padding"));
        tokenizer.add("sampler", new JsonObject());
        assertTrue(message(tokenizer).contains("holds \"sampler\", which is no known part"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {'type': 'Lattice', 'vocab': {'a': 0}} | model.type is Lattice
            {'type': 'WordPiece', 'vocab': {'a': 0}, 'max_input_chars_per_word': 1000000} | model.max_input_chars_per_word is 1000000
            {'type': 'WordPiece', 'vocab': {'a': 0}, 'continuing_subword_prefix': '#################'} | model.continuing_subword_prefix
            {'type': 'WordPiece', 'vocab': {'a': 0}, 'sample': true} | model holds "sample"
            {'type': 'WordPiece', 'vocab': {'a': 10000000}} | no whole number from 0 to 9999999
            {'type': 'Unigram', 'unk_id': 1, 'vocab': [['a', 0]]} | model.unk_id is 1, but there are 1 tokens
            {'type': 'Unigram', 'unk_id': 0, 'vocab': [['a', 1e999]]} | no finite number
            {'type': 'Unigram', 'unk_id': 0.0, 'vocab': [['a', 0]]} | model.unk_id is 0.0
            {'type': 'BPE', 'vocab': {'a': 0}, 'merges': ['a']} | model.merges[0] is no pair
            {'type': 'BPE', 'vocab': {'a': 0}, 'merges': ['a b', 'a b c']} | model.merges[1] is no pair
            {'type': 'BPE', 'vocab': {'a': 0}, 'merges': [['a', 1]]} | model.merges[0] is no pair
            {'type': 'BPE', 'vocab': {'a': 0}} | no list model.merges
            {'type': 'BPE', 'vocab': {'a': 0}, 'merges': ['a b'], 'continuing_subword_prefix': '####'} | it must be ASCII,\
             and begin each second token
            {'type': 'BPE', 'vocab': {'a': 0}, 'merges': [['a', 'éb']], 'continuing_subword_prefix': 'é'} | it must be ASCII
            {'type': 'BPE', 'vocab': {'a': 0}, 'merges': [], 'dropout': 0.5} | model.dropout is 0.5
            """)
    void modelsOutOfBoundsAreRefused(String model, String expected) throws IOException {
        String message = message("model", model);
        assertTrue(message.startsWith(folder.resolve("tokenizer.json") + ": ") && message.contains(expected), message);
    }

    @Test
    void numbersAndLengthsOfTokensAreBounded() throws IOException {
        JsonObject tokenizer = tokenizer("decoder", "null");
        JsonArray added = new JsonArray();
        for (int id = 3; id < 200_003; id++) {
            added.add(json("{'id': " + id + ", 'content': '[" + id + "]', 'special': true}"));
        }
        tokenizer.add("added_tokens", added);
        assertTrue(message(tokenizer).contains("adds 200000 tokens to the vocabulary; supported are up to 50000"));
        tokenizer.add("added_tokens", json("[{'id': 3, 'content': '" + "x".repeat(1025) + "'}]"));
        assertTrue(message(tokenizer).contains("has a token of 1025 characters; supported are up to 1024"));
        tokenizer.add("added_tokens", json("[{'id': 2147483646, 'content': 'x'}]"));
        assertTrue(message(tokenizer).contains("no whole number from 0 to 9999999"));

        tokenizer.remove("added_tokens");
        JsonArray pieces = new JsonArray();
        JsonElement piece = json("['a', 0]");
        for (int count = 0; count <= 2_000_000; count++) {
            pieces.add(piece);
        }
        JsonObject unigram = json("{'type': 'Unigram', 'unk_id': 0}").getAsJsonObject();
        unigram.add("vocab", pieces);
        tokenizer.add("model", unigram);
        assertTrue(message(tokenizer).contains("model.vocab has 2000001 tokens; supported are up to 2000000"));
        JsonObject ids = new JsonObject();
        ids.add("y".repeat(1025), new JsonPrimitive(0));
        JsonObject words = json("{'type': 'WordLevel'}").getAsJsonObject();
        words.add("vocab", ids);
        tokenizer.add("model", words);
        assertTrue(message(tokenizer).contains("has a token of 1025 characters"));
    }

    @Test
    void addedTokensThatTakeInTheSameWhiteSpaceAreRefused() throws IOException {
        String beside = "[{'id': 1, 'content': 'a', 'rstrip': true}, {'id': 3, 'content': '%s', 'lstrip': true, 'normalized': %s}]";
        JsonObject tokenizer = tokenizer("added_tokens", beside.formatted(" ", false));
        assertTrue(message(tokenizer).contains("of id 3, with lstrip, which can be white space alone"));
        tokenizer.add("added_tokens", json(beside.formatted("[x]", true)));
        assertEquals(4, read(tokenizer).vocabularySize());
        tokenizer.add("normalizer", json("{'type': 'Replace', 'pattern': {'String': '[x]'}, 'content': ' '}"));
        assertTrue(message(tokenizer).contains("with lstrip, which can be white space alone"));
    }

    private static String sequence(String part, int times) {
        return "{'type': 'Sequence', 'normalizers': [" + part + (", " + part).repeat(times - 1) + "]}";
    }

    private static JsonElement json(String text) {
        return JsonParser.parseString(text.replace('\'', '"'));
    }

    private static JsonObject tokenizer(String section, String part) {
        JsonObject tokenizer = json("{'version': '1.0', 'model': {'type': 'WordLevel', 'vocab': {'a': 1, '[MASK]': 2, '[UNK]': 0}}}")
                .getAsJsonObject();
        tokenizer.add(section, json(part));
        return tokenizer;
    }

    private TokenizerJson read(String section, String part) throws IOException {
        return read(tokenizer(section, part));
    }

    private TokenizerJson read(JsonObject tokenizer) throws IOException {
        Files.writeString(folder.resolve("tokenizer.json"), tokenizer.toString());
        return TokenizerJson.read(folder);
    }

    private String message(String section, String part) throws IOException {
        return message(tokenizer(section, part));
    }

    private String message(JsonObject tokenizer) throws IOException {
        Files.writeString(folder.resolve("tokenizer.json"), tokenizer.toString());
        return assertThrows(InvalidFileException.class, () -> TokenizerJson.read(folder)).getMessage();
    }
}
