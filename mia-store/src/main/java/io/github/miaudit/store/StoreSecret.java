package io.github.miaudit.store;

import io.github.miaudit.io.AtomicFile;
import io.github.miaudit.io.InvalidFileException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Objects;
import java.util.stream.IntStream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * What makes a store useless to a thief: all that it keeps is sealed under this secret, and found by digests that take it to
 * compute. A secret that may be known to others, or guessed, is refused. Thread-safe.
 */
final class StoreSecret {

    private static final int BYTES = 32;
    private static final int MOST_BYTES = 1024;
    static final int NAME_BYTES = 12;
    private static final int FEWEST_BYTE_VALUES = 18; // 32 random bytes have some 30, and 17 or fewer once in 10^10 times
    private static final int FEWEST_DIGITS = 11; // of 16; whoever types a number has 10
    private static final String MAC = "HmacSHA256";
    private static final int MAC_BYTES = 32;

    private final ThreadLocal<Mac> macs;

    private StoreSecret(byte[] secret) {
        macs = ThreadLocal.withInitial(() -> mac(secret));
    }

    /** Reads the secret, or makes one if the file is empty. */
    static StoreSecret readOrMake(FileChannel channel, Path file) {
        try {
            if (channel.size() == 0) {
                byte[] made = made();
                channel.write(ByteBuffer.wrap((HexFormat.of().formatHex(made) + "\n").getBytes(StandardCharsets.US_ASCII)));
                channel.force(true);
                AtomicFile.syncFolder(Objects.requireNonNull(file.toAbsolutePath().getParent()));
            }
            return read(channel, file);
        } catch (IOException e) {
            throw new InvalidFileException(file, e);
        }
    }

    private static byte[] made() {
        byte[] made = new byte[BYTES];
        do {
            new SecureRandom().nextBytes(made);
        } while (!looksRandom(made));
        return made;
    }

    static StoreSecret read(FileChannel channel, Path file) {
        try {
            if (channel.size() == 0) {
                throw new InvalidFileException(file,
                        "is missing or empty, but the store was made with a secret; restore it, or start a new store");
            }
            ByteBuffer text = ByteBuffer.allocate((int) Math.min(channel.size(), MOST_BYTES));
            while (text.hasRemaining() && channel.read(text, text.position()) >= 0) { // up to its end
            }
            byte[] secret = HexFormat.of().parseHex(new String(text.array(), 0, text.position(), StandardCharsets.US_ASCII).strip());
            if (secret.length != BYTES) {
                throw new InvalidFileException(file, "holds " + secret.length + " bytes; a store's secret has " + BYTES);
            }
            if (!looksRandom(secret)) {
                throw new InvalidFileException(file,
                        "can be guessed: its bytes repeat, count up or are text, which 32 random bytes don't. Whoever put it there may"
                                + " know it; remove it and start a new store");
            }
            return new StoreSecret(secret);
        } catch (IllegalArgumentException e) {
            throw new InvalidFileException(file, "is no store's secret; restore it, or start a new store");
        } catch (IOException e) {
            throw new InvalidFileException(file, e);
        }
    }

    /** Whether bytes are as various as random ones are: themselves, their steps, their hexadecimal digits; and are not all text. */
    private static boolean looksRandom(byte[] bytes) {
        IntStream values = IntStream.range(0, bytes.length).map(index -> bytes[index] & 0xff);
        IntStream steps = IntStream.range(1, bytes.length).map(index -> bytes[index] - bytes[index - 1] & 0xff);
        IntStream digits = HexFormat.of().formatHex(bytes).chars();
        return values.distinct().count() >= FEWEST_BYTE_VALUES && steps.distinct().count() >= FEWEST_BYTE_VALUES
                && digits.distinct().count() >= FEWEST_DIGITS
                && IntStream.range(0, bytes.length).anyMatch(index -> bytes[index] < ' ' || bytes[index] > '~');
    }

    /** What a text is called in the store. */
    byte[] name(String text) {
        return Arrays.copyOf(digest(Purpose.NAME, 0, text.getBytes(StandardCharsets.UTF_8)), NAME_BYTES);
    }

    /**
     * Deciphers, or enciphers, as the first format did: bytes that belong to a text and a purpose, which no other bytes
     * ever share, are added to a stream that takes secret, purpose and text to make (HMAC-SHA256 in counter mode).
     */
    byte[] ciphered(Purpose purpose, String text, byte[] bytes) {
        byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
        byte[] result = bytes.clone();
        for (int from = 0; from < bytes.length; from += MAC_BYTES) {
            byte[] stream = digest(purpose, from / MAC_BYTES, encoded);
            for (int index = from; index < Math.min(bytes.length, from + MAC_BYTES); index++) {
                result[index] ^= stream[index - from];
            }
        }
        return result;
    }

    /** HMAC-SHA256 under the secret; purposes keep its uses apart. */
    byte[] digest(Purpose purpose, int block, byte[] text) {
        Mac mac = macs.get();
        mac.update(purpose.bytes());
        mac.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, block));
        return mac.doFinal(text);
    }

    private static Mac mac(byte[] secret) {
        try {
            Mac mac = Mac.getInstance(MAC);
            mac.init(new SecretKeySpec(secret, MAC));
            return mac;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has HMAC-SHA256", e);
        }
    }
}
