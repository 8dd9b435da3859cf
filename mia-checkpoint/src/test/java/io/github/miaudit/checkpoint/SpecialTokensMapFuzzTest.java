package io.github.miaudit.checkpoint;

import io.github.miaudit.io.FileReaderContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Of the files of a tokenizer the one of special tokens, beside pieces with scores that are taken anew. */
class SpecialTokensMapFuzzTest extends FileReaderContract {

    SpecialTokensMapFuzzTest() {
        super("special_tokens_map.json", 1000);
    }

    @Override
    protected void prepare(Path folder) throws IOException {
        Files.writeString(folder.resolve("config.json"), "{\"model_type\": \"albert\"}");
        Files.writeString(folder.resolve("tokenizer.json"), """
                {"normalizer": {"type": "Sequence", "normalizers": [{"type": "StripAccents"}, {"type": "Lowercase"}]},
                 "pre_tokenizer": {"type": "Metaspace", "replacement": "\u2581", "add_prefix_space": true},
                 "model": {"type": "Unigram", "unk_id": 1, "vocab": [["<pad>", 0], ["<unk>", 0], ["[CLS]", 0], ["[SEP]", 0],
                  ["[MASK]", 0], ["a", -1]]}}""");
    }

    @Override
    protected void read(Path file) {
        TokenizerUse.of(file.getParent());
    }
}
