package io.github.miaudit.djl;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.miaudit.data.Sample;
import io.github.miaudit.io.AuditException;
import io.github.miaudit.io.InvalidFileException;
import io.github.miaudit.likelihood.MaskingRule;
import io.github.miaudit.likelihood.ScoringListener;
import io.github.miaudit.likelihood.TokenSequence;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same tokens from whichever files a tokenizer is read, and no special token from a text. */
class TokenizerFilesTest {

    /** A Unigram model whose vocabulary holds the special tokens as pieces that are likelier than any other. */
    private static final String UNIGRAM = """
            {"added_tokens":[{"id":0,"content":"<s>","special":true,"single_word":false,"lstrip":false,"rstrip":false,"normalized":false},
              {"id":1,"content":"</s>","special":true,"single_word":false,"lstrip":false,"rstrip":false,"normalized":false},
              {"id":9,"content":"<mask>","special":true,"single_word":false,"lstrip":true,"rstrip":false,"normalized":false}],
             "pre_tokenizer":{"type":"Metaspace","replacement":"\u2581","prepend_scheme":"always","split":true},
             "post_processor":{"type":"RobertaProcessing","sep":["</s>",1],"cls":["<s>",0],"trim_offsets":true,"add_prefix_space":true},
             "model":{"type":"Unigram","unk_id":2,"vocab":[["<s>",0.0],["</s>",0.0],["<unk>",0.0],["\u2581",-2.0],
                ["a",-3.0],["s",-3.0],["<",-4.0],[">",-4.0],["/",-4.0]]}}
            """;

    @TempDir
    private Path folder;

    @Test
    void everyFamilysTokensAreThoseOfTransformers() throws IOException {
        try (Stream<Path> families = Files.list(Golden.resource("/golden/families"))) {
            for (Path family : families.filter(Files::isDirectory).sorted().toList()) {
                Golden golden = Golden.family(family.getFileName().toString());
                try (MaskedLmTokenizer tokenizer = MaskedLmTokenizer.open(golden.folder())) {
                    for (Golden.Sentence sentence : golden.plainSentences()) {
                        TokenSequence tokens = tokenizer.tokenise(sentence.sample());
                        assertArrayEquals(sentence.contentIds(), Arrays.stream(tokens.contentPositions()).map(tokens::id).toArray(),
                                golden + " " + sentence.sample().id());
                    }
                }
            }
        }
    }

    @Test
    void vocabularyAndMergesGiveTheTokensOfTokenizerJson() throws IOException {
        copy(Golden.ROBERTA, "vocab.json", "merges.txt", "tokenizer_config.json");
        assertSameTokens(Golden.ROBERTA);
    }

    @Test
    void aWordListGivesTheTokensOfTokenizerJson() throws IOException {
        copy(Golden.BERT, "vocab.txt", "tokenizer_config.json");
        assertSameTokens(Golden.BERT);
    }

    @Test
    void aWordListAloneIsTheDefaultTokenizer() throws IOException {
        copy(Golden.BERT, "vocab.txt"); // as a ClinicalBERT of 2019; the default is lower case, which this one is
        assertSameTokens(Golden.BERT);
        Files.writeString(folder.resolve("tokenizer_config.json"), "{\"do_lower_case\": false}");
        try (MaskedLmTokenizer cased = MaskedLmTokenizer.open(folder);
                MaskedLmTokenizer uncased = MaskedLmTokenizer.open(Golden.BERT.folder())) {
            Sample shouting = Sample.of("a", "NO PAIN");
            assertFalse(Arrays.equals(uncased.tokenise(shouting).ids(), cased.tokenise(shouting).ids()));
        }
    }

    @Test
    void wordsAddedToAnOldTokenizerAreTokens() throws IOException {
        copy(Golden.BERT, "vocab.txt");
        Files.writeString(folder.resolve("added_tokens.json"), "{\"[DATE]\": 1000}");
        try (MaskedLmTokenizer tokenizer = MaskedLmTokenizer.open(folder)) {
            assertEquals(1001, tokenizer.vocabularySize());
            assertTrue(Arrays.stream(tokenizer.tokenise(Sample.of("a", "seen [DATE] here")).ids()).anyMatch(id -> id == 1000));
        }
    }

    @Test
    void noTypedSpecialTokenIsReadAsOne() throws IOException {
        for (Golden golden : List.of(Golden.ROBERTA, Golden.BERT)) {
            try (MaskedLmTokenizer tokenizer = MaskedLmTokenizer.open(golden.folder())) {
                assertNothingSpecial(tokenizer);
            }
        }
        Files.writeString(folder.resolve("tokenizer.json"), UNIGRAM);
        try (MaskedLmTokenizer tokenizer = MaskedLmTokenizer.open(folder)) {
            assertNothingSpecial(tokenizer);
            assertArrayEquals(new int[] {0, 3, 4, 6, 8, 5, 7, 1}, tokenizer.tokenise(Sample.of("a", "a</s>")).ids());
        }
    }

    @Test
    void aTextThatComesOutAsASpecialTokenAllTheSameIsFlagged() throws IOException {
        Files.writeString(folder.resolve("tokenizer.json"), UNIGRAM);
        try (MaskedLmTokenizer tokenizer = MaskedLmTokenizer.open(folder)) {
            assertTrue(tokenizer.hasSpecialLiteral(tokenizer.tokenise(Sample.of("a", "s\uFDD0<mask>s")))); // can be sent
            assertFalse(tokenizer.hasSpecialLiteral(tokenizer.tokenise(Sample.of("a", "s<mask>s"))));
        }
    }

    @Test
    void aWordBehindSpecialTokensThatAreInNoVocabularyKeepsItsId() {
        try (MaskedLmTokenizer tokenizer = MaskedLmTokenizer
                .open(Golden.resource("/tokenizers/added-token-after-specials-outside-vocab"))) {
            assertArrayEquals(new int[] {996, 111, 167, 120, 274, 999, 616, 145, 18, 997},
                    tokenizer.tokenise(Sample.of("a", "The patient was given tocilizumab 75 mg.")).ids()); // of transformers 5.18
        }
    }

    /** Values of transformers 5.17 for the weights of the golden folder. */
    @Test
    void settingsBesideTokenizerJsonWin() throws IOException {
        copy(Golden.BERT, "config.json", "model.safetensors", "tokenizer.json");
        Files.writeString(folder.resolve("tokenizer_config.json"), "{\"tokenizer_class\": \"BertTokenizer\", \"do_lower_case\": false}");
        try (MaskedLmScorer scorer = MaskedLmScorer.open(folder)) {
            assertArrayEquals(new double[] {-8.03646, -9.88849, -10.03335, -9.70139, -9.37412, -11.49262},
                    scorer.score(List.of(Sample.of("a", "URGENT: Patient Has Sepsis.")), Set.of(MaskingRule.withinWordLeftToRight()),
                            ScoringListener.NONE).get(MaskingRule.withinWordLeftToRight()).get(0).logLikelihoods(),
                    1e-4);
        }
    }

    @Test
    void anIdThatTheLibraryDoesNotGiveIsRefused() throws IOException {
        Files.writeString(folder.resolve("tokenizer.json"), UNIGRAM.replace("\"id\":9", "\"id\":4"));
        assertTrue(message().contains("gives the added token \"<mask>\" the id 4, but the tokenizers library reads it as [9]"), message());
    }

    @Test
    void anAddedTokenOfWhichTheNormalizerLeavesNothingIsRefused() throws IOException {
        String stripping = UNIGRAM.replace("\"added_tokens\":[", "\"normalizer\":{\"type\":\"StripAccents\"},\"added_tokens\":["
                + "{\"id\":10,\"content\":\"\u0345\",\"normalized\":%s},");
        Files.writeString(folder.resolve("tokenizer.json"), stripping.formatted(true));
        assertTrue(message().contains("of id 10, of which the normalizer leaves nothing"), message());
        Files.writeString(folder.resolve("tokenizer.json"), stripping.formatted(false).replace("\"id\":10", "\"id\":9")
                .replace("\"id\":9,\"content\":\"<mask>\"", "\"id\":10,\"content\":\"<mask>\""));
        MaskedLmTokenizer.open(folder).close();
    }

    @Test
    void aSentenceLongerThanAnyIsRefusedByItsIdAlone() {
        try (MaskedLmTokenizer tokenizer = MaskedLmTokenizer.open(Golden.ROBERTA.folder())) {
            assertTrue(tokenizer.tokenise(Sample.of("s7", " ".repeat(100_000))).length() > 2);
            assertEquals("sentence s7 has 100001 characters; supported are up to 100000; split it or leave it out",
                    assertThrows(AuditException.class, () -> tokenizer.tokenise(Sample.of("s7", " ".repeat(100_001)))).getMessage());
        }
    }

    private static void assertNothingSpecial(MaskedLmTokenizer tokenizer) {
        for (String literal : List.of("<s>", "</s>", "<pad>", "<mask>", "[CLS]", "[SEP]", "[PAD]", "[MASK]")) {
            for (String text : List.of(literal, "a " + literal, literal + " a", "a" + literal + "a")) {
                TokenSequence tokens = tokenizer.tokenise(Sample.of("a", text));
                assertFalse(tokenizer.hasSpecialLiteral(tokens), text);
                assertTrue(Arrays.stream(tokens.contentPositions()).noneMatch(position -> tokens.id(position) == tokenizer.maskId()), text);
                assertTrue(tokens.contentCount() > 1, text);
            }
        }
    }

    private void assertSameTokens(Golden golden) {
        try (MaskedLmTokenizer expected = MaskedLmTokenizer.open(golden.folder());
                MaskedLmTokenizer tokenizer = MaskedLmTokenizer.open(folder)) {
            for (Golden.Sentence sentence : golden.sentences()) {
                TokenSequence tokens = tokenizer.tokenise(sentence.sample());
                TokenSequence same = expected.tokenise(sentence.sample());
                assertArrayEquals(same.ids(), tokens.ids(), sentence.sample().id());
                assertArrayEquals(same.contentPositions(), tokens.contentPositions(), sentence.sample().id());
                for (int position = 0; position < tokens.length(); position++) {
                    assertEquals(same.wordId(position), tokens.wordId(position), sentence.sample().id());
                }
            }
            assertEquals(expected.maskId(), tokenizer.maskId());
            assertEquals(expected.vocabularySize(), tokenizer.vocabularySize());
            assertEquals(expected.digest(), tokenizer.digest());
        }
    }

    private void copy(Golden golden, String... names) throws IOException {
        for (String name : names) {
            Files.copy(golden.folder().resolve(name), folder.resolve(name));
        }
    }

    private String message() {
        return assertThrows(InvalidFileException.class, () -> MaskedLmTokenizer.open(folder)).getMessage();
    }
}
