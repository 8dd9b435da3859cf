package io.github.miaudit.checkpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.miaudit.io.InvalidFileException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
        assertTrue(message().startsWith(folder.resolve("tokenizer.json") + ": does not exist, and neither do vocab.json with merges.txt or vocab.txt"), message());
        Files.writeString(folder.resolve("sentencepiece.bpe.model"), "");
        assertTrue(message().contains("save the tokenizer as tokenizer.json"), message());
        Files.writeString(folder.resolve("vocab.txt"), "a\nb\n");
        assertTrue(message().startsWith(folder.resolve("vocab.txt") + ": lacks the special token [UNK]"), message());
    }

    private String message() {
        return assertThrows(InvalidFileException.class, () -> TokenizerJson.read(folder).maskId()).getMessage();
    }
}
