package io.github.miaudit.checkpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.miaudit.io.InvalidFileException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TokenizerJsonTest {

    @TempDir
    private Path folder;

    @Test
    void incompleteVocabulariesAreRefused() throws IOException {
        Files.copy(Resources.ROBERTA.resolve("vocab.json"), folder.resolve("vocab.json"));
        assertEquals(folder.resolve("merges.txt") + ": does not exist", message());
        Files.delete(folder.resolve("vocab.json"));
        assertTrue(
                message().startsWith(
                        folder.resolve("tokenizer.json") + ": does not exist, and neither do vocab.json with merges.txt or vocab.txt"),
                message());
        Files.writeString(folder.resolve("sentencepiece.bpe.model"), "");
        assertTrue(message().contains("save the tokenizer as tokenizer.json"), message());
        Files.writeString(folder.resolve("vocab.txt"), "a\nb\n");
        assertTrue(message().startsWith(folder.resolve("vocab.txt") + ": lacks the special token [UNK]"), message());
    }

    @Test
    void theDigestIsTheTokenizersWhicheverFilesItIsReadFrom() throws IOException {
        for (String name : List.of("vocab.json", "merges.txt", "tokenizer_config.json")) {
            Files.copy(Resources.ROBERTA.resolve(name), folder.resolve(name));
        }
        assertEquals(TokenizerJson.read(Resources.ROBERTA).digest(), TokenizerJson.read(folder).digest());
        Files.delete(folder.resolve("vocab.json"));
        Files.copy(Resources.BERT.resolve("vocab.txt"), folder.resolve("vocab.txt"));
        Files.copy(Resources.BERT.resolve("tokenizer_config.json"), folder.resolve("tokenizer_config.json"),
                StandardCopyOption.REPLACE_EXISTING);
        assertEquals(TokenizerJson.read(Resources.BERT).digest(), TokenizerJson.read(folder).digest());
        assertEquals("14942787ee36a30187cbfb4b33c02253f286793d48bd6e96633eeb9a57bc15ab", TokenizerJson.read(folder).digest(),
                "as stored scores know it");
    }

    @Test
    void twoTokenizersThatDifferInScoresOrFlagsHaveTwoDigests() throws IOException {
        String unigrams = "{\"added_tokens\": [{\"id\": 1, \"content\": \"a\"}], \"model\":"
                + " {\"type\": \"Unigram\", \"unk_id\": 0, \"vocab\": [[\"<mask>\", 0], [\"a\", -1.5]]}}";
        Set<String> digests = new TreeSet<>();
        for (String other : List.of(unigrams, unigrams.replace("-1.5", "-1.25"), unigrams.replace("\"a\"}", "\"a\", \"lstrip\": true}"))) {
            Files.writeString(folder.resolve("tokenizer.json"), other);
            digests.add(TokenizerJson.read(folder).digest());
        }
        assertEquals(3, digests.size());
        Files.writeString(folder.resolve("tokenizer.json"), unigrams.replace("-1.5", "-15e-1"));
        assertTrue(digests.contains(TokenizerJson.read(folder).digest()));
    }

    /** The same tokens, but what is shown of them is hidden by another. */
    @Test
    void twoTokenizersOfDifferentMasksHaveTwoDigests() throws IOException {
        Files.copy(Resources.ROBERTA.resolve("tokenizer.json"), folder.resolve("tokenizer.json"));
        String usual = TokenizerJson.read(folder).digest();
        Files.writeString(folder.resolve("tokenizer_config.json"), "{\"mask_token\": \"<mask>\"}");
        assertEquals(usual, TokenizerJson.read(folder).digest());
        Files.writeString(folder.resolve("tokenizer_config.json"), "{\"mask_token\": \"<unk>\"}");
        assertNotEquals(usual, TokenizerJson.read(folder).digest());
    }

    @Test
    void aConfigurationOf2019TellsTheClassByTheNetworks() throws IOException {
        Files.copy(Resources.ROBERTA.resolve("tokenizer.json"), folder.resolve("tokenizer.json"));
        Files.writeString(folder.resolve("config.json"), "{\"architectures\": [\"BertForMaskedLM\"]}");
        assertTrue(message().startsWith(folder.resolve("tokenizer.json") + ": model.type is BPE"), message());
        Files.writeString(folder.resolve("config.json"), "{\"architectures\": [\"RobertaForMaskedLM\"]}");
        assertEquals(999, TokenizerJson.read(folder).maskId());
    }

    @Test
    void oneTokenMayFrameASentenceOnBothSides() throws IOException {
        Files.writeString(folder.resolve("vocab.txt"), "[UNK]\n[SEP]\n[MASK]\na\n");
        Files.writeString(folder.resolve("tokenizer_config.json"), "{\"cls_token\":\"[SEP]\"}");
        TokenizerJson tokenizer = TokenizerJson.read(folder);
        assertEquals(Set.of(1, 2), tokenizer.specialIds());
        assertEquals(2, tokenizer.maskId());
        assertEquals(4, tokenizer.vocabularySize());
    }

    @Test
    void addedTokensThatAreInNoVocabularyMustBeReadAsTheirIds() throws IOException {
        Files.writeString(folder.resolve("vocab.txt"), "[UNK]\n[CLS]\n[SEP]\na\n");
        Files.writeString(folder.resolve("added_tokens.json"), "{\"[MASK]\": 4, \"stat\": 5}");
        TokenizerJson tokenizer = TokenizerJson.read(folder);
        assertTrue(tokenizer.isProvedBy(token -> new long[] {token.equals("stat") ? 5 : token.endsWith("[MASK]") ? 4 : 0}));
        assertFalse(tokenizer.isProvedBy(token -> new long[] {4}));
        assertFalse(tokenizer.isProvedBy(token -> new long[] {token.equals("stat") ? 5 : 4, 0}));
        assertTrue(TokenizerJson.read(Resources.ROBERTA).isProvedBy(token -> new long[0])); // whose tokens are all in its vocabulary
    }

    private String message() {
        return assertThrows(InvalidFileException.class, () -> TokenizerJson.read(folder).maskId()).getMessage();
    }
}
