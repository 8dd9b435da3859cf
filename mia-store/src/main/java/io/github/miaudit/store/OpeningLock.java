package io.github.miaudit.store;

import io.github.miaudit.io.InvalidFileException;
import io.github.miaudit.io.OwnerOnly;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

/**
 * Held while a store is opened, so that only one of several processes, and of several threads, makes its files. The lock is on the
 * secret's file, which it makes, empty and for its owner alone; SQLite has locks of its own on its own. The secret must be read
 * through the channel that is locked: on POSIX systems a process loses a file's lock when it closes any other of the same file.
 * No link is followed, also none that leads nowhere yet.
 */
final class OpeningLock {

    private static final ReentrantLock THREADS = new ReentrantLock(); // a process can hold the lock on a file but once
    private static final Set<OpenOption> EXISTING = Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
    private static final Set<OpenOption> ANY = Set.of(StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE,
            LinkOption.NOFOLLOW_LINKS);

    private OpeningLock() {
    }

    /** Does something with the secret's file, which is made if it is not there. */
    static <T> T holding(Path secretFile, Function<FileChannel, T> opening) {
        try {
            OwnerOnly.makeFolders(secretFile.toAbsolutePath().getParent());
        } catch (IOException e) {
            throw new InvalidFileException(secretFile, e);
        }
        return holding(secretFile, ANY, opening);
    }

    /** Does something with a secret's file that is there. */
    static <T> T holdingExisting(Path secretFile, Function<FileChannel, T> opening) {
        return holding(secretFile, EXISTING, opening);
    }

    private static <T> T holding(Path secretFile, Set<OpenOption> options, Function<FileChannel, T> opening) {
        THREADS.lock();
        try {
            OwnFile.require(secretFile, OwnFile.Closed.TO_READERS); // before it is opened, as opening a pipe would wait
            try (FileChannel channel = FileChannel.open(secretFile, options, OwnerOnly.file(secretFile))) {
                FileLock lock = channel.lock();
                try {
                    OwnFile.require(secretFile, OwnFile.Closed.TO_READERS);
                    return opening.apply(channel);
                } finally {
                    lock.release();
                }
            }
        } catch (NoSuchFileException e) {
            throw new InvalidFileException(secretFile,
                    "does not exist, but this takes the store's secret; restore it, or name where it is");
        } catch (IOException e) {
            throw new InvalidFileException(secretFile, e);
        } finally {
            THREADS.unlock();
        }
    }
}
