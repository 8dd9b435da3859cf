package io.github.miaudit.checkpoint;

import io.github.miaudit.io.FileReaderContract;
import java.nio.file.Path;

class TokenizerJsonFuzzTest extends FileReaderContract {

    TokenizerJsonFuzzTest() {
        super("tokenizer.json", 1000);
    }

    @Override
    protected void read(Path file) {
        TokenizerJson tokenizer = TokenizerJson.read(file.getParent());
        tokenizer.maskId();
        tokenizer.specialIds();
        tokenizer.vocabularySize();
        tokenizer.digest();
        tokenizer.withoutSpecialTokensInText();
    }
}
