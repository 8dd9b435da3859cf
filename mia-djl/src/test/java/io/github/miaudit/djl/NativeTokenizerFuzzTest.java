package io.github.miaudit.djl;

import io.github.miaudit.io.FileReaderContract;
import java.io.IOException;
import java.nio.file.Path;

/** A tokenizer.json that is let through to the tokenizers library: the process must live on. */
class NativeTokenizerFuzzTest extends FileReaderContract {

    NativeTokenizerFuzzTest() {
        super("tokenizer.json", 10_000);
    }

    @Override
    protected void read(Path file) throws IOException {
        TokenizerUse.of(file.getParent());
    }
}
