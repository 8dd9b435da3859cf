package io.github.miaudit.store;

import io.github.miaudit.likelihood.MaskingRule;
import io.github.miaudit.likelihood.ModelIdentity;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/** What sets names, and the scores of one model and rule, apart from all others: their digests and ciphers differ. */
final class Purpose {

    static final Purpose NAME = new Purpose("name");
    private static final int BYTES = 16;

    private final byte[] bytes;

    private Purpose(String words) {
        try {
            bytes = Arrays.copyOf(MessageDigest.getInstance("SHA-256").digest(words.getBytes(StandardCharsets.UTF_8)), BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    static Purpose of(ModelIdentity model, MaskingRule rule) {
        return score(model.modelDigest(), model.tokenizerDigest(), model.precision(), model.lengthPolicy().label(), rule.label());
    }

    /** The scores of a model and a rule as a store's tables name them. */
    static Purpose score(String model, String tokenizer, String precision, String lengthPolicy, String rule) {
        return new Purpose(String.join("\n", "score", model, tokenizer, precision, lengthPolicy, rule));
    }

    /** Sixteen of them, not to be changed. */
    byte[] bytes() {
        return bytes;
    }
}
