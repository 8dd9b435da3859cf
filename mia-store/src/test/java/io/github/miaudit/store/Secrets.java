package io.github.miaudit.store;

import io.github.miaudit.io.OwnerOnly;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;

/** A secret that is always the same, as no store's should be. */
final class Secrets {

    static final String DIGITS = "9d1c62c3f0a94be87a35d2160e8fb7445bc1f96a082ee37dd51490ac6b7f3e28";

    private Secrets() {
    }

    /** Puts it into a file, in place of any other. */
    static Path write(Path file) throws IOException {
        return write(file, DIGITS);
    }

    static Path write(Path file, String content) throws IOException {
        Files.deleteIfExists(file);
        return Files.writeString(Files.createFile(file, OwnerOnly.file(file)), content);
    }

    static StoreSecret read(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file)) {
            return StoreSecret.read(channel, file);
        }
    }
}
