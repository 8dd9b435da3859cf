package io.github.miaudit.io;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Objects;

/**
 * Writes result files whole or not at all: the content goes to a temporary neighbour, is synced, and takes its
 * name only when complete. A failure leaves an older file as it was and no partial one behind. Files and the folders
 * made for them are {@linkplain OwnerOnly for their owner alone}.
 */
public final class AtomicFile {

    /** Writes a file's content. */
    @FunctionalInterface
    public interface Content {

        /**
         * Writes everything.
         *
         * @param writer takes UTF-8 text; closed by the caller
         * @throws IOException if the writer fails
         */
        void writeTo(Writer writer) throws IOException;
    }

    /** Writes a file's bytes. */
    @FunctionalInterface
    public interface Bytes {

        /**
         * Writes everything.
         *
         * @param channel the open, empty file; closed by the caller
         * @throws IOException if the channel fails
         */
        void writeTo(FileChannel channel) throws IOException;
    }

    private AtomicFile() {
    }

    /**
     * Writes a UTF-8 text file. Missing folders are created.
     *
     * @param file    the file to make or replace
     * @param content writes the text
     * @throws InvalidFileException if the file can't be written
     */
    public static void write(Path file, Content content) {
        writeBytes(file, channel -> {
            Writer writer = new BufferedWriter(new OutputStreamWriter(Channels.newOutputStream(channel), StandardCharsets.UTF_8), 1 << 16);
            content.writeTo(writer);
            writer.flush();
        });
    }

    /**
     * Writes a file of bytes. Missing folders are created.
     *
     * @param file  the file to make or replace
     * @param bytes writes the bytes
     * @throws InvalidFileException if the file can't be written
     */
    public static void writeBytes(Path file, Bytes bytes) {
        Path target = file.toAbsolutePath();
        try {
            OwnerOnly.makeFolders(target.getParent());
            Path temporary = Files.createTempFile(target.getParent(), "." + target.getFileName(), ".tmp", OwnerOnly.file(target));
            try {
                try (FileChannel channel = FileChannel.open(temporary, StandardOpenOption.WRITE)) {
                    bytes.writeTo(channel);
                    channel.force(true);
                }
                move(temporary, target);
                syncFolder(Objects.requireNonNull(target.getParent()));
            } finally {
                Files.deleteIfExists(temporary);
            }
        } catch (IOException e) {
            throw new InvalidFileException(file, e);
        }
    }

    /**
     * Makes the names in a folder last through a loss of power, where the system can (POSIX).
     *
     * @throws IOException if it can't be synced
     */
    public static void syncFolder(Path folder) throws IOException {
        if (OwnerOnly.isPosix(folder)) { // Windows opens no folders
            try (FileChannel channel = FileChannel.open(folder)) {
                channel.force(true);
            }
        }
    }

    private static void move(Path from, Path to) throws IOException {
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(from, to, StandardCopyOption.REPLACE_EXISTING); // the file system offers nothing better
        }
    }
}
