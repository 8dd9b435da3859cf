package io.github.miaudit.store;

import io.github.miaudit.InvalidFileException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * What makes a store useless to a thief: sentences are named in it by a digest that takes this secret to compute, so that a
 * guess can't be tested, and token ids, which are the text in other words, are enciphered under the secret and the text itself.
 * Thread-safe.
 */
final class StoreSecret {

    private static final int BYTES = 32;
    private static final int NAME_BYTES = 16;
    private static final String MAC = "HmacSHA256";

    private final byte[] secret;

    private StoreSecret(byte[] secret) {
        this.secret = secret;
    }

    /** Reads the secret, or makes one if the file is not there; the file is for its owner alone. */
    static StoreSecret at(Path file) {
        try {
            if (!Files.exists(file)) {
                byte[] made = new byte[BYTES];
                new SecureRandom().nextBytes(made);
                try {
                    Files.createFile(file, ownerOnly());
                    Files.writeString(file, HexFormat.of().formatHex(made) + "\n");
                } catch (FileAlreadyExistsException e) { // made by another process at the same moment
                    awaitContent(file);
                }
            }
            byte[] secret = HexFormat.of().parseHex(Files.readString(file).strip());
            if (secret.length != BYTES) {
                throw new InvalidFileException(file, "holds " + secret.length + " bytes; a store's secret has " + BYTES);
            }
            return new StoreSecret(secret);
        } catch (IllegalArgumentException e) {
            throw new InvalidFileException(file, "is no store's secret; restore it, or start a new store");
        } catch (IOException e) {
            throw new InvalidFileException(file, e);
        }
    }

    /** Attributes of a new file that only its owner may read, where the file system knows such. */
    static FileAttribute<?>[] ownerOnly() {
        return FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))} : new FileAttribute<?>[0];
    }

    /** What a text is called in the store. */
    byte[] name(String text) {
        return Arrays.copyOf(digest("name", text), NAME_BYTES);
    }

    /** Enciphers, or deciphers: bytes that belong to a text and a purpose, which no other bytes ever share. */
    byte[] ciphered(String purpose, String text, byte[] bytes) {
        try {
            Cipher cipher = Cipher.getInstance("AES/CTR/NoPadding");
            // a key of its own for each text and purpose, so the counter may begin at 0
            cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(digest(purpose, text), "AES"), new IvParameterSpec(new byte[16]));
            return cipher.doFinal(bytes);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has AES", e);
        }
    }

    private byte[] digest(String purpose, String text) {
        try {
            Mac mac = Mac.getInstance(MAC);
            mac.init(new SecretKeySpec(secret, MAC));
            mac.update(purpose.getBytes(StandardCharsets.UTF_8));
            mac.update((byte) 0);
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has HMAC-SHA256", e);
        }
    }

    private static void awaitContent(Path file) throws IOException {
        for (int time = 0; time < 100 && Files.size(file) < 2 * BYTES; time++) {
            try {
                Thread.sleep(10);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }
}
