package io.github.miaudit.io;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256 of files, the identity that scores and reports state. */
public final class Sha256 {

    private static final int BUFFER = 1 << 16;

    private Sha256() {
    }

    /**
     * The digest of one or more files' bytes, one after the other.
     *
     * @param files the files, in an order that the caller keeps
     * @return SHA-256 in lower-case hexadecimal
     * @throws InvalidFileException if a file can't be read, or the thread is interrupted
     */
    public static String ofFiles(Path... files) {
        MessageDigest digest = newDigest();
        for (Path file : files) {
            update(digest, file);
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    /**
     * The digest of a purpose and a file's bytes, which can't be told from that of the bytes alone.
     *
     * @param purpose of the digest
     * @param file    the file
     * @return SHA-256 in lower-case hexadecimal
     * @throws InvalidFileException if the file can't be read
     */
    public static String ofFile(String purpose, Path file) {
        MessageDigest digest = newDigest();
        digest.update(purpose.getBytes(StandardCharsets.UTF_8));
        update(digest, file);
        return HexFormat.of().formatHex(digest.digest());
    }

    private static void update(MessageDigest digest, Path file) {
        byte[] bytes = new byte[BUFFER];
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        try (FileChannel channel = FileChannel.open(file)) { // which, unlike a stream, can be interrupted
            for (int read = channel.read(buffer); read >= 0; read = channel.read(buffer)) {
                digest.update(bytes, 0, read);
                buffer.clear();
            }
        } catch (IOException e) {
            throw new InvalidFileException(file, e);
        }
    }

    /**
     * The digest of bytes.
     *
     * @param bytes the bytes
     * @return SHA-256 in lower-case hexadecimal
     */
    public static String of(byte[] bytes) {
        return HexFormat.of().formatHex(newDigest().digest(bytes));
    }

    /** SHA-256 of bytes that come one after the other; of nothing so far. */
    public static MessageDigest newDigest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
