package io.github.miaudit.checkpoint;

import io.github.miaudit.io.FileReaderContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Of the files of a tokenizer the one of pieces, beside whole merges. */
class TokenizerVocabularyFuzzTest extends FileReaderContract {

    TokenizerVocabularyFuzzTest() {
        super("vocab.json", 1000);
    }

    @Override
    protected void prepare(Path folder) throws IOException {
        Files.writeString(folder.resolve("merges.txt"), "#version: 0.2\na b\n");
    }

    @Override
    protected void read(Path file) {
        TokenizerUse.of(file.getParent());
    }
}
