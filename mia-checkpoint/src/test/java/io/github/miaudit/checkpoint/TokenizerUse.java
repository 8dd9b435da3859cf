package io.github.miaudit.checkpoint;

import java.nio.file.Path;

/** All that is done with a tokenizer that was read. */
final class TokenizerUse {

    private TokenizerUse() {
    }

    static void of(Path folder) {
        TokenizerJson tokenizer = TokenizerJson.read(folder);
        tokenizer.maskId();
        tokenizer.specialIds();
        tokenizer.vocabularySize();
        tokenizer.digest();
        tokenizer.withoutSpecialTokensInText();
        if (tokenizer.mustProveNormalizer()) {
            tokenizer.normalizerAlone();
            tokenizer.requireSomethingLeft(token -> new long[] {0});
        }
        tokenizer.requireDistinct(token -> new long[] {0});
        if (!tokenizer.isProvedBy(token -> new long[] {0})) {
            tokenizer.forProof();
            tokenizer.requireIds(token -> new long[] {0});
        }
    }
}
