package io.github.miaudit.checkpoint;

import io.github.miaudit.io.FileReaderContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Of the files of a tokenizer the one of added tokens, beside a whole list of words. */
class AddedTokensFuzzTest extends FileReaderContract {

    AddedTokensFuzzTest() {
        super("added_tokens.json", 1000);
    }

    @Override
    protected void prepare(Path folder) throws IOException {
        Files.writeString(folder.resolve("vocab.txt"), "[PAD]\n[UNK]\n[CLS]\n[SEP]\n[MASK]\na\n##b\n");
    }

    @Override
    protected void read(Path file) {
        TokenizerUse.of(file.getParent());
    }
}
