package io.github.miaudit.spark;

import io.github.miaudit.io.AuditException;
import io.github.miaudit.io.OwnerOnly;
import io.github.miaudit.io.TemporaryFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.util.ShutdownHookManager;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What this process copied to its own disk, a model once: into a folder for temporary files that is this process's alone and goes when it
 * ends. What a process that was killed left there goes when the next one starts. Thread-safe.
 */
final class LocalFiles {

    private static final Logger LOG = LoggerFactory.getLogger(LocalFiles.class);
    private static final String PREFIX = "mia-spark-";
    private static final String NEW = PREFIX + "new-";
    private static final String IN_USE = PREFIX + "in-use-";
    private static final String LOCK = "lock";
    private static final int BEFORE_FILE_SYSTEMS_CLOSE = 20;

    private static final Map<String, Path> COPIES = new HashMap<>();
    private static final List<FileLock> LOCKS = new ArrayList<>(); // held as long as this process lives
    private static @Nullable Path own;

    private LocalFiles() {
    }

    /**
     * The copy of a model, made if need be.
     *
     * @param digest what {@link ModelFiles} must say of it
     * @throws AuditException if the folder now holds another model
     */
    static synchronized Path copyOf(String uri, String digest, Configuration hadoop) throws IOException {
        Path copy = COPIES.get(digest);
        if (copy == null) {
            copy = copy(uri, digest, hadoop);
            COPIES.put(digest, copy);
        }
        return copy;
    }

    /** A new folder that goes when this process ends, for its owner alone. */
    static synchronized Path newFolder(String prefix) throws IOException {
        return Files.createTempDirectory(ownFolder(), prefix);
    }

    private static Path copy(String uri, String digest, Configuration hadoop) throws IOException {
        ModelFiles files = ModelFiles.in(uri, hadoop);
        Path folder = newFolder("model-");
        Path partial = folder.resolve("partial");
        OwnerOnly.makeFolders(partial);
        String copied;
        try {
            copied = files.copyTo(partial);
        } catch (IOException | RuntimeException e) {
            deleteQuietly(folder);
            throw e;
        }
        if (!copied.equals(digest)) {
            deleteQuietly(folder);
            throw new AuditException(
                    uri + ": its files have the digest " + copied + ", but " + digest + " when the job began; the model was"
                            + " changed since, or executors see another folder of that name than the driver");
        }
        Path whole = folder.resolve(files.name());
        Files.move(partial, whole, StandardCopyOption.ATOMIC_MOVE);
        LOG.info("{}: copied to {}", uri, whole);
        return whole;
    }

    private static Path ownFolder() throws IOException {
        if (own == null) {
            Path temporary = TemporaryFiles.folder();
            removeLeftovers(temporary);
            Path made = Files.createTempDirectory(temporary, NEW);
            lock(made);
            Path folder = temporary.resolve(IN_USE + made.getFileName().toString().substring(NEW.length()));
            Files.move(made, folder, StandardCopyOption.ATOMIC_MOVE); // no other process sees it without its lock
            ShutdownHookManager.get().addShutdownHook(() -> deleteQuietly(folder), BEFORE_FILE_SYSTEMS_CLOSE);
            own = folder;
        }
        return own;
    }

    @SuppressWarnings("resource") // the lock would go with it
    private static void lock(Path folder) throws IOException {
        Path file = folder.resolve(LOCK);
        Files.createFile(file, OwnerOnly.file(file));
        LOCKS.add(FileChannel.open(file, StandardOpenOption.WRITE).lock());
    }

    /** Those of processes that hold no lock any more. */
    private static void removeLeftovers(Path temporary) throws IOException {
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(temporary, IN_USE + "*")) {
            for (Path folder : folders) {
                if (isLeftOver(folder)) {
                    LOG.info("{}: left by a process that ended early; removed", folder);
                    deleteQuietly(folder);
                }
            }
        }
    }

    private static boolean isLeftOver(Path folder) {
        try (FileChannel channel = FileChannel.open(folder.resolve(LOCK), StandardOpenOption.WRITE);
                FileLock lock = channel.tryLock()) {
            return lock != null;
        } catch (IOException e) {
            return false; // somebody else's
        }
    }

    private static void deleteQuietly(Path folder) {
        try {
            delete(folder);
        } catch (IOException | UncheckedIOException e) {
            LOG.warn("{}: a copy of a model can't be removed: {}", folder, e.toString());
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
