package io.github.miaudit.djl;

import io.github.miaudit.io.FileReaderContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;

/** A table of normalised characters that is let through to the tokenizers library: the process must live on. */
class NativeCharacterMapFuzzTest extends FileReaderContract {

    private static final String TOKENIZER = """
            {"version": "1.0", "added_tokens": [{"id": 4, "content": "[DATE]", "normalized": true}],
             "normalizer": {"type": "Precompiled", "precompiled_charsmap": "%s"},
             "pre_tokenizer": {"type": "Metaspace", "replacement": "\u2581", "prepend_scheme": "always", "split": true},
             "model": {"type": "Unigram", "unk_id": 0, "vocab": [["<mask>", 0.0], ["a", -1.0], ["b", -2.0], ["\u2581", -3.0]]}}""";

    NativeCharacterMapFuzzTest() {
        super("table.charsmap", 10_000);
    }

    @Override
    protected void read(Path file) throws IOException {
        Files.writeString(file.resolveSibling("tokenizer.json"),
                TOKENIZER.formatted(Base64.getEncoder().encodeToString(Files.readAllBytes(file))));
        TokenizerUse.of(file.getParent());
    }
}
