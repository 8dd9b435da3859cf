package io.github.miaudit.suite;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.huggingface.tokenizers.Encoding;
import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BytePairEncodingTest {

    private static final int BYTES_AND_SPECIALS = 4 + 256 + 1;

    private static final List<String> NOTES = SyntheticNotes.patients(3, 60, 20).stream()
            .flatMap(patient -> patient.sentences().stream()).toList();

    @Test
    void theMostFrequentPairIsMergedFirst() {
        // "a b" occurs four times; after it, " ab" stands twice, "ab c" and "x ab" once.
        JsonObject model = model(BytePairEncoding.train(List.of("ab ab ab", "xabc"), BYTES_AND_SPECIALS + 2));
        assertEquals("[\"a b\",\"\u0120 ab\"]", model.get("merges").toString());
        assertEquals(260, model.getAsJsonObject("vocab").get("ab").getAsInt());
        assertEquals(261, model.getAsJsonObject("vocab").get("\u0120ab").getAsInt());
    }

    @Test
    void equallyFrequentPairsAreMergedByTheAlphabet() {
        // "cd", "ab", "ax" occur once each; none is in a word with another.
        JsonArray merges = model(BytePairEncoding.train(List.of("cd", "ax", "ab"), BYTES_AND_SPECIALS + 3)).getAsJsonArray("merges");
        assertEquals("[\"a b\",\"a x\",\"c d\"]", merges.toString());
    }

    @Test
    void overlappingPairsAreMergedFromTheLeft() {
        // "aaaaa" is "aa aa a" after the first merge, so two of its four pairs are gone.
        JsonArray merges = model(BytePairEncoding.train(List.of("aaaaa"), BYTES_AND_SPECIALS + 3)).getAsJsonArray("merges");
        assertEquals("[\"a a\",\"aa a\",\"aa aaa\"]", merges.toString());
    }

    @Test
    void trainingAgainGivesTheSameText() {
        List<String> reversed = new ArrayList<>(NOTES);
        Collections.reverse(reversed);
        String tokenizer = BytePairEncoding.train(NOTES, 900);
        assertEquals(tokenizer, BytePairEncoding.train(NOTES, 900));
        assertEquals(tokenizer, BytePairEncoding.train(reversed, 900), "the order of the sentences does not matter");
    }

    @Test
    void huggingFaceReadsItAndGetsTheTextBack() throws IOException {
        try (HuggingFaceTokenizer tokenizer = open(BytePairEncoding.train(NOTES, 900))) {
            for (String text : texts()) {
                long[] ids = tokenizer.encode(text, false, false).getIds();
                assertEquals(text, tokenizer.decode(ids));
                assertTrue(Arrays.stream(ids).allMatch(id -> id >= 4 && id < 899), text);
            }
        }
    }

    @Test
    void theSpecialTokensHaveTheIdsOfRoberta() throws IOException {
        try (HuggingFaceTokenizer tokenizer = open(BytePairEncoding.train(NOTES, 900))) {
            Encoding encoding = tokenizer.encode("<pad><unk><mask>", true, false);
            assertArrayEquals(new long[] {0, 1, 3, 899, 2}, encoding.getIds());
            assertArrayEquals(new String[] {"<s>", "<pad>", "<unk>", "<mask>", "</s>"}, encoding.getTokens());
        }
    }

    @Test
    void theBytesFollowTheSpecialTokensInTheOrderOfTheirSymbols() {
        JsonObject vocabulary = model(BytePairEncoding.train(List.of(), BYTES_AND_SPECIALS)).getAsJsonObject("vocab");
        assertEquals(BYTES_AND_SPECIALS, vocabulary.size());
        assertEquals(4, vocabulary.get("!").getAsInt());
        assertEquals(68, vocabulary.get("a").getAsInt());
        assertEquals(4 + 188, vocabulary.get("\u0100").getAsInt(), "the first byte that is not printable");
        assertEquals(4 + 188 + 32, vocabulary.get("\u0120").getAsInt(), "the space");
        assertEquals(260, vocabulary.get("<mask>").getAsInt());
    }

    @Test
    void tooFewMergesAreSaid() {
        IllegalArgumentException error = assertThrows(IllegalArgumentException.class,
                () -> BytePairEncoding.train(List.of("ab ab"), 300));
        assertEquals("a vocabulary of 300 needs 39 merges, and the sentences have only 2", error.getMessage());
    }

    @Test
    void aVocabularyWithoutRoomForTheBytesIsRefused() {
        IllegalArgumentException error = assertThrows(IllegalArgumentException.class, () -> BytePairEncoding.train(NOTES, 260));
        assertEquals("a vocabulary of 260 has no room for the 261 special tokens and bytes", error.getMessage());
    }

    private static List<String> texts() {
        List<String> texts = new ArrayList<>(NOTES.subList(0, 100));
        texts.addAll(List.of("They'll say it isn't 38.5 \u00b0C \u2013 caf\u00e9 \u65e5\u672c \ud83d\ude42",
                "two  spaces\tand\u00a0others ", "'s 'S 1a2b"));
        return texts;
    }

    private static JsonObject model(String tokenizer) {
        return JsonParser.parseString(tokenizer).getAsJsonObject().getAsJsonObject("model");
    }

    private static HuggingFaceTokenizer open(String tokenizer) throws IOException {
        return HuggingFaceTokenizer.newInstance(new ByteArrayInputStream(tokenizer.getBytes(StandardCharsets.UTF_8)),
                Map.of("truncation", "false", "padding", "false"));
    }
}
