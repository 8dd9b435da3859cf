package io.github.miaudit.store;

import io.github.miaudit.io.InvalidFileException;
import io.github.miaudit.io.OwnerOnly;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

/**
 * Held while a store is opened, so that only one of several processes, and of several threads, makes its files. The lock is on the
 * secret's file, which it makes, empty and for its owner alone; SQLite has locks of its own on its own. The secret must be read
 * through the channel that is locked: on POSIX systems a process loses a file's lock when it closes any other of the same file.
 */
final class OpeningLock {

    private static final ReentrantLock THREADS = new ReentrantLock(); // a process can hold the lock on a file but once

    private OpeningLock() {
    }

    static <T> T holding(Path secretFile, Function<FileChannel, T> opening) {
        THREADS.lock();
        try {
            OwnerOnly.makeFolders(secretFile.toAbsolutePath().getParent());
            try (FileChannel channel = FileChannel.open(secretFile,
                    Set.of(StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE), OwnerOnly.file(secretFile))) {
                FileLock lock = channel.lock();
                try {
                    return opening.apply(channel);
                } finally {
                    lock.release();
                }
            }
        } catch (IOException e) {
            throw new InvalidFileException(secretFile, e);
        } finally {
            THREADS.unlock();
        }
    }
}
