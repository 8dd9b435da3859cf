package io.github.miaudit.djl;

import ai.djl.util.Utils;
import io.github.miaudit.io.OwnerOnly;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Loads machine code that DJL unpacks first. DJL unpacks into a folder of another name and renames it when it is whole, so that one that is
 * not counts for nothing; but each of several processes that begin at once would unpack 450 MB of its own, and what one leaves that is
 * killed stays. Here one does it after the other, and old leftovers are removed. Thread-safe.
 */
final class Unpacking {

    private static final Logger LOG = LoggerFactory.getLogger(Unpacking.class);
    private static final Pattern HALF_UNPACKED = Pattern.compile("tmp\\d+");
    /** What is younger may be the work of a program that knows nothing of this lock. */
    private static final Duration OLD = Duration.ofHours(1);

    private final String library;
    private volatile boolean done;

    /** Of what DJL unpacks to a folder of that name. */
    Unpacking(String library) {
        this.library = library;
    }

    /** Loads it; alone, until it has been loaded once. */
    <T> T loading(Supplier<T> load) {
        return done ? load.get() : alone(load);
    }

    private synchronized <T> T alone(Supplier<T> load) {
        Path cache = Utils.getEngineCacheDir();
        try (FileChannel channel = open(cache); FileLock lock = channel.lock()) {
            LOG.debug("{}: locked for {}: {}", cache, library, lock);
            removeLeftovers(cache.resolve(library));
            return loaded(load);
        } catch (IOException e) {
            LOG.debug("{}: can't be locked ({}); nothing is unpacked there then, or loading tells what is wrong", cache, e.toString());
            return loaded(load);
        }
    }

    private <T> T loaded(Supplier<T> load) {
        T loaded = load.get();
        done = true;
        return loaded;
    }

    private FileChannel open(Path cache) throws IOException {
        OwnerOnly.makeFolders(cache);
        return FileChannel.open(cache.resolve("." + library + ".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    }

    private static void removeLeftovers(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(Unpacking::isLeftOver).toList()) {
                LOG.info("{}: left by a process that ended while it unpacked; removed", file);
                remove(file);
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static boolean isLeftOver(Path file) {
        String name = file.getFileName().toString();
        return HALF_UNPACKED.matcher(name).matches() && isOld(file);
    }

    private static boolean isOld(Path file) {
        try {
            return Files.getLastModifiedTime(file).compareTo(FileTime.from(Instant.now().minus(OLD))) < 0;
        } catch (IOException e) {
            return false; // gone
        }
    }

    private static void remove(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
