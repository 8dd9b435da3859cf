package io.github.miaudit.store;

import io.github.miaudit.likelihood.ModelIdentity;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/** What sets names, keys, and the scores of one model and rule, apart from all others: their digests and ciphers differ. */
final class Purpose {

    static final int BYTES = 16;
    static final Purpose NAME = new Purpose("name");
    static final Purpose ROW = new Purpose("row");
    static final Purpose SEAL = new Purpose("seal");
    static final Purpose DIRECTORY = new Purpose("directory");
    static final Purpose CLAIMANT = new Purpose("claimant");

    private final byte[] bytes;

    private Purpose(byte[] bytes) {
        this.bytes = bytes;
    }

    private Purpose(String... words) {
        this(Arrays.copyOf(sha256(String.join("\n", words)), BYTES));
    }

    private static byte[] sha256(String words) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(words.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** The scores that one model makes by one rule. */
    static Purpose of(ScoredBy by) {
        return new Purpose("score", by.model(), by.tokenizer(), by.precision(), by.lengthPolicy(), by.rule());
    }

    /** The claims of sentences that one model is to score. */
    static Purpose claims(ModelIdentity model) {
        return new Purpose("claim", model.modelDigest(), model.tokenizerDigest(), model.precision(), model.lengthPolicy().label());
    }

    /** One whose bytes were kept. */
    static Purpose read(ByteBuffer in) {
        byte[] bytes = new byte[BYTES];
        in.get(bytes);
        return new Purpose(bytes);
    }

    /** {@value #BYTES} of them, not to be changed. */
    byte[] bytes() {
        return bytes;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Purpose purpose && Arrays.equals(bytes, purpose.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }
}
