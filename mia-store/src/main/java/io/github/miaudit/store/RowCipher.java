package io.github.miaudit.store;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * What makes rows of a store useless to a thief, and a forger's rows useless to us. A row's key is a digest under the secret of what
 * the row is for and of whom it tells, so that rows of one sentence have nothing in common. Its content is sealed by AES-256-GCM
 * under a key that is the secret's too, with the row's key as what is authenticated beside it: at another key it does not open.
 * Each time a content is sealed it gets a nonce of its own, at random, so that nothing is told by a row that is written again;
 * NIST SP 800-38D allows 2<sup>32</sup> such under one key. Lengths are rounded up. Thread-safe.
 */
final class RowCipher {

    static final int KEY_BYTES = 16;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BYTES = 16;
    private static final int SMALLEST_CLASS = 128;
    private static final byte END = (byte) 0x80; // of the content; zeros follow it
    private static final SecureRandom RANDOM = new SecureRandom();

    private final StoreSecret secret;
    private final Key sealing;
    private final ThreadLocal<Cipher> ciphers = ThreadLocal.withInitial(RowCipher::cipher); // costly to make

    RowCipher(StoreSecret secret) {
        this.secret = secret;
        this.sealing = new SecretKeySpec(secret.digest(Purpose.SEAL, 0, new byte[0]), "AES");
    }

    private static Cipher cipher() {
        try {
            return Cipher.getInstance("AES/GCM/NoPadding");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has AES-GCM", e);
        }
    }

    /** The key of the row that tells something of a named sentence. */
    byte[] key(Purpose purpose, byte[] name) {
        byte[] whole = ByteBuffer.allocate(Purpose.BYTES + name.length).put(purpose.bytes()).put(name).array();
        return Arrays.copyOf(secret.digest(Purpose.ROW, 0, whole), KEY_BYTES);
    }

    /** The key of the row that tells of no sentence. */
    byte[] key(Purpose purpose) {
        return key(purpose, new byte[0]);
    }

    byte[] seal(byte[] key, byte[] content) {
        byte[] nonce = new byte[NONCE_BYTES];
        RANDOM.nextBytes(nonce);
        byte[] padded = Arrays.copyOf(content, sizeClass(content.length + 1));
        padded[content.length] = END;
        byte[] sealed = Arrays.copyOf(nonce, NONCE_BYTES + padded.length + TAG_BYTES);
        try {
            cipher(Cipher.ENCRYPT_MODE, key, nonce).doFinal(padded, 0, padded.length, sealed, NONCE_BYTES);
            return sealed;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES-GCM seals what it is given", e);
        }
    }

    /** The content; throws an {@link IllegalArgumentException} if it was not sealed under the secret and this key. */
    byte[] open(byte[] key, byte[] sealed) {
        if (sealed.length < NONCE_BYTES + SMALLEST_CLASS + TAG_BYTES) {
            throw new IllegalArgumentException("no sealed row");
        }
        try {
            byte[] padded = cipher(Cipher.DECRYPT_MODE, key, sealed).doFinal(sealed, NONCE_BYTES,
                    sealed.length - NONCE_BYTES);
            int end = padded.length - 1;
            while (padded[end] == 0) {
                end--;
            }
            return Arrays.copyOf(padded, end);
        } catch (AEADBadTagException e) {
            throw new IllegalArgumentException("not sealed here", e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES-GCM opens what it is given", e);
        }
    }

    private Cipher cipher(int mode, byte[] key, byte[] nonceFirst) throws GeneralSecurityException {
        Cipher cipher = ciphers.get();
        cipher.init(mode, sealing, new GCMParameterSpec(TAG_BYTES * Byte.SIZE, nonceFirst, 0, NONCE_BYTES));
        cipher.updateAAD(key);
        return cipher;
    }

    /** The next of 128, 192, 256, 384, 512, 768, 1024, and so on. */
    private static int sizeClass(int length) {
        int power = Math.max(SMALLEST_CLASS, Integer.highestOneBit(length));
        if (length <= power) {
            return power;
        }
        return length <= power + power / 2 ? power + power / 2 : 2 * power;
    }
}
