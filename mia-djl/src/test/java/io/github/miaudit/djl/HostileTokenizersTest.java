package io.github.miaudit.djl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import io.github.miaudit.checkpoint.KnownPatterns;
import io.github.miaudit.data.Sample;
import io.github.miaudit.io.AuditException;
import io.github.miaudit.io.InvalidFileException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Tokenizers, and texts, at which the tokenizers library ends the process or takes all its memory. Each is handed to it in this very
 * process, which lives on only if it never gets there.
 */
@Tag("redteam")
class HostileTokenizersTest {

    private static final int UNITS = 256;
    /** What the library is given at most: the longest sentence, as much longer as a normalizer may make it. */
    private static final int LONGEST = 8_000_000;

    /** In characters, of each kind. */
    private static final int RUN = 5_000;

    @TempDir
    private Path folder;

    /** Part of a tokenizer that is put in place of another. */
    private record Hostile(String name, String section, JsonElement part) {

        @Override
        public String toString() {
            return name;
        }
    }

    static List<Hostile> folders() {
        List<Hostile> all = new ArrayList<>();
        all.add(of("charsmap without a trie", "normalizer", charactersMap(new int[0], "a\0")));
        all.add(of("charsmap whose root leads away", "normalizer", charactersMap(root(5000), "a\0")));
        all.add(of("charsmap that is no base64", "normalizer", "{'type':'Precompiled','precompiled_charsmap':'!!!'}"));
        all.add(of("charsmap that is empty", "normalizer", "{'type':'Precompiled','precompiled_charsmap':''}"));
        all.add(of("charsmap with a replacement beyond all", "normalizer", charactersMap(leaf(77), "a\0")));
        all.add(of("charsmap with half a character", "normalizer", charactersMap(leaf(1), "é\0")));
        all.add(of("charsmap that is left out", "normalizer", "{'type':'Precompiled'}"));
        all.add(of("regular expression with endless tries", "pre_tokenizer",
                "{'type':'Split','pattern':{'Regex':'(a+)+$'},'behavior':'Isolated','invert':false}"));
        all.add(of("regular expression in a normalizer", "normalizer",
                "{'type':'Sequence','normalizers':[{'type':'Replace','pattern':{'Regex':'(a|aa)+$'},'content':''}]}"));
        all.add(of("pieces of no length", "pre_tokenizer", "{'type':'FixedLength','length':0}"));
        all.add(of("template of a second sentence", "post_processor",
                "{'type':'TemplateProcessing','single':[{'Sequence':{'id':'B','type_id':0}}],'pair':[],'special_tokens':{}}"));
        all.add(of("template with a token that is not there", "post_processor", "{'type':'TemplateProcessing',"
                + "'single':[{'SpecialToken':{'id':'x','type_id':0}},{'Sequence':{'id':'A','type_id':0}}],'pair':[],'special_tokens':{}}"));
        String template = "{'type':'TemplateProcessing',"
                + "'single':[{'SpecialToken':{'id':'a','type_id':0}},{'Sequence':{'id':'A','type_id':0}}],"
                + "'pair':[],'special_tokens':{'a':{'id':'a','ids':[1],'tokens':['a']}}}";
        all.add(of("template in a template", "post_processor",
                "{'type':'Sequence','processors':[" + template + "," + template + "," + template + "]}"));
        all.add(of("prefix longer than what it begins", "model",
                "{'type':'BPE','continuing_subword_prefix':'####','vocab':{'<mask>':0,'a':1,'b':2,'ab':3},'merges':['a b']}"));
        all.add(of("decoder that cuts off more than there is", "decoder", "{'type':'Strip','content':'a','start':1,'stop':1}"));
        all.add(of("number beyond all in a decoder", "decoder", "{'type':'Fuse','x':1e99999}"));
        all.add(of("added tokens that share white space", "added_tokens",
                "[{'id':1,'content':'a','rstrip':true},{'id':4,'content':' ','lstrip':true}]"));
        all.add(new Hostile("added token of which nothing is left", "normalizer", json("{'type':'StripAccents'}")));
        all.add(of("normalizer that puts nothing before a text", "normalizer", "{'type':'Prepend','prepend':''}"));
        all.add(of("normalizer that doubles 30 times", "normalizer", "{'type':'Sequence','normalizers':["
                + "{'type':'Replace','pattern':{'String':'a'},'content':'aa'},".repeat(30) + "{'type':'NFC'}]}"));
        all.add(of("sequences in sequences", "normalizer",
                "{'type':'Sequence','normalizers':[".repeat(60) + "{'type':'NFC'}" + "]}".repeat(60)));
        JsonArray added = new JsonArray();
        IntStream.range(10, 200_010).forEach(id -> added.add(json("{'id':" + id + ",'content':'[" + id + "]','special':true}")));
        all.add(new Hostile("200 000 special tokens", "added_tokens", added));
        all.add(of("token of the largest id", "added_tokens", "[{'id':2147483646,'content':'x'}]"));
        return all;
    }

    @ParameterizedTest
    @MethodSource("folders")
    void aHostileTokenizerIsRefusedByName(Hostile hostile) throws IOException {
        write(hostile.section, hostile.part);
        String message = assertThrows(InvalidFileException.class, () -> MaskedLmTokenizer.open(folder).close()).getMessage();
        assertTrue(message.startsWith(folder.resolve("tokenizer.json") + ": "), message);
    }

    @Test
    void tenMillionSpacesDoNotEndAGenuineTokenizer() throws IOException {
        write("pre_tokenizer", split(KnownPatterns.all().stream().filter(pattern -> pattern.startsWith("(?i:'s")).findFirst().get()));
        try (MaskedLmTokenizer tokenizer = MaskedLmTokenizer.open(folder)) {
            assertEquals("sentence s7 has 11000001 characters; supported are up to 100000; split it or leave it out",
                    assertThrows(AuditException.class, () -> tokenizer.tokenise(Sample.of("s7", " ".repeat(11_000_000) + "a")))
                            .getMessage());
        }
    }

    static List<String> patterns() {
        return KnownPatterns.all();
    }

    /** Straight to the library: runs of each kind of character, in words and alone, and the longest runs of what is tried most often. */
    @ParameterizedTest
    @MethodSource("patterns")
    void noTextEndsAKnownPattern(String pattern) throws IOException {
        write("pre_tokenizer", split(pattern));
        byte[] content = Files.readAllBytes(folder.resolve("tokenizer.json"));
        try (HuggingFaceTokenizer tokenizer = HuggingFaceTokenizer.newInstance(new ByteArrayInputStream(content),
                Map.of("truncation", "false", "padding", "false"))) {
            for (String piece : List.of(" ", "a", "A", "1", "a1", "aA", "Aa", "\u0301", "a\u0301", "😀", "中", "\n", " \n", "\r\n\t",
                    "\u00a0",
                    "\u3000", "'", "'s", "!", "!\n", "(", "'LL ", "ǅ", "ﷺ")) {
                String run = piece.repeat(RUN / piece.length());
                List.of(run, run + "a", run + "1", "(" + run + "A", run + " x").forEach(text -> encode(tokenizer, text));
            }
            if (pattern.contains("\\p{L}")) { // others make as many pieces
                List.of(" ", "A").forEach(piece -> encode(tokenizer, piece.repeat(LONGEST) + "1"));
            }
        }
    }

    private static void encode(HuggingFaceTokenizer tokenizer, String text) {
        assertTrue(tokenizer.encode(text, true, false).getIds().length > 0);
    }

    private void write(String section, JsonElement part) throws IOException {
        JsonObject tokenizer = json("""
                {'version': '1.0',
                 'added_tokens': [{'id': 4, 'content': '\u0345', 'single_word': false, 'lstrip': false, 'rstrip': false,
                   'normalized': true, 'special': false}],
                 'model': {'type': 'WordLevel', 'unk_token': 'u', 'vocab': {'<mask>': 0, 'a': 1, 'b': 2, 'u': 3}}}""").getAsJsonObject();
        tokenizer.add(section, part);
        Files.writeString(folder.resolve("tokenizer.json"), tokenizer.toString());
    }

    private static JsonObject split(String pattern) {
        JsonObject split = json("{'type':'Split','behavior':'Isolated','invert':false,'pattern':{}}").getAsJsonObject();
        split.getAsJsonObject("pattern").add("Regex", new JsonPrimitive(pattern));
        return split;
    }

    private static Hostile of(String name, String section, String part) {
        return new Hostile(name, section, json(part));
    }

    private static JsonElement json(String text) {
        return JsonParser.parseString(text.replace('\'', '"'));
    }

    private static int[] root(int offset) {
        int[] units = new int[UNITS];
        units[0] = offset << 10;
        return units;
    }

    private static int[] leaf(int place) {
        int[] units = new int[UNITS];
        units['a'] = 'a' | 1 << 8 | 1 << 10;
        units['a' ^ 1] = place | 1 << 31;
        return units;
    }

    private static String charactersMap(int[] units, String replacements) {
        byte[] text = replacements.getBytes(StandardCharsets.UTF_8);
        ByteBuffer table = ByteBuffer.allocate(4 + 4 * units.length + text.length).order(ByteOrder.LITTLE_ENDIAN)
                .putInt(4 * units.length);
        for (int unit : units) {
            table.putInt(unit);
        }
        return "{'type':'Precompiled','precompiled_charsmap':'" + Base64.getEncoder().encodeToString(table.put(text).array()) + "'}";
    }
}
