package io.github.miaudit.checkpoint;

import io.github.miaudit.io.AuditException;
import io.github.miaudit.io.FileReaderContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A tokenizer that is taken as it stands, and the same as each class of tokenizers makes it anew. */
class TokenizerJsonFuzzTest extends FileReaderContract {

    private static final List<String> OTHERS = List.of("bert", "roberta", "herbert", "xlm-roberta", "camembert", "albert", "deberta-v2",
            "big_bird");

    TokenizerJsonFuzzTest() {
        super("tokenizer.json", 4000);
    }

    @Override
    protected void read(Path file) throws IOException {
        Path configuration = file.resolveSibling("config.json");
        for (String type : OTHERS) {
            Files.writeString(configuration, "{\"model_type\": \"" + type + "\"}");
            try {
                TokenizerUse.of(file.getParent());
            } catch (AuditException e) {
                if (e.getMessage().isBlank()) {
                    throw e;
                }
            }
        }
        Files.delete(configuration);
        TokenizerUse.of(file.getParent());
    }
}
