package io.github.miaudit.djl;

import io.github.miaudit.data.Sample;
import io.github.miaudit.io.AuditException;
import io.github.miaudit.likelihood.TokenSequence;
import java.nio.file.Path;
import java.util.List;

/** All that is done with a tokenizer, on sentences of all kinds. */
final class TokenizerUse {

    private static final List<String> SENTENCES = List.of("", " ", "ab a,b  The patient's pain: 12.5 mg/day.\n",
            "\u0001a\u0301 \uFDFA\u0001",
            "é中文\u00a0😀\u200b½", "<mask>[CLS]\uFDD0<mask> </s>", "a\u0000", " ".repeat(300) + "a".repeat(300),
            "a1 ".repeat(50) + "\r\n \t\u3000".repeat(50));

    private TokenizerUse() {
    }

    static void of(Path folder) {
        try (MaskedLmTokenizer tokenizer = MaskedLmTokenizer.open(folder)) {
            SENTENCES.forEach(text -> use(tokenizer, Sample.of("a", text)));
            tokenizer.casing();
            tokenizer.trialIds();
        }
    }

    private static void use(MaskedLmTokenizer tokenizer, Sample sample) {
        try {
            TokenSequence tokens = tokenizer.tokenise(sample);
            tokenizer.surfaces(sample);
            tokenizer.unknownCount(tokens);
            tokenizer.hasSpecialLiteral(tokens);
            int[] content = tokens.contentPositions();
            if (content.length > 0) {
                tokenizer.swapped(sample, tokenizer.spans(sample)[content[0]], tokens, content[0],
                        Math.min(1, tokenizer.vocabularySize() - 1));
            }
        } catch (AuditException e) {
            if (e.getMessage().isBlank()) {
                throw e;
            }
        }
    }
}
