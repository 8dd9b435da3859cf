package io.github.miaudit.io;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Results that belong together, in a folder that may hold other things too. Files are made in a folder of their own within it and take
 * their places only when all are there, after those of an earlier run are gone: no file of one run ever stands beside one of another
 * under {@value #SUMS}, which is written last and lists them with their digests ({@code sha256sum --check}). As long as it is open, the
 * folder is locked against other processes. For one thread.
 */
public final class OutputSet implements AutoCloseable {

    /** The list of a whole set: a line a file, its SHA-256 in hexadecimal digits and its name. */
    public static final String SUMS = "SHA256SUMS";

    private static final String LOCK = ".mia-lock";
    private static final String UNFINISHED = ".mia-unfinished";

    private final Path folder;
    private final Path unfinished;
    private final Set<String> names;
    private final FileChannel channel;
    private final List<Path> written = new ArrayList<>();
    private final Set<String> kept = new LinkedHashSet<>();

    private OutputSet(Path folder, Set<String> names, FileChannel channel) {
        this.folder = folder;
        this.unfinished = folder.resolve(UNFINISHED);
        this.names = names;
        this.channel = channel;
    }

    /**
     * Makes and locks a folder, before any long work. A verdict of an earlier run goes at once, for a run that fails must not leave it
     * where a pipeline looks.
     *
     * @param folder   the folder, whose owner alone may read what is made
     * @param names    of all files that such a set may have: those of earlier runs are replaced
     * @param verdicts those of them that tell a pipeline to go on
     * @throws InvalidFileException if it can't be made or written, or another process writes there
     */
    public static OutputSet open(Path folder, Set<String> names, Set<String> verdicts) {
        try {
            OwnerOnly.makeFolders(folder);
            if (!Files.isWritable(folder)) {
                throw new InvalidFileException(folder, "is not writable");
            }
            Path lock = folder.resolve(LOCK);
            if (!Files.isRegularFile(lock) && Files.exists(lock)) { // opening a pipe would wait for its reader
                throw new InvalidFileException(lock, "is no regular file; remove it");
            }
            FileChannel channel = FileChannel.open(lock,
                    Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS), OwnerOnly.file(lock));
            OutputSet set = new OutputSet(folder, new LinkedHashSet<>(names), channel);
            try {
                set.lock();
                if (verdicts.stream().anyMatch(name -> Files.exists(folder.resolve(name), LinkOption.NOFOLLOW_LINKS))) {
                    set.remove(Set.of(SUMS)); // as the set is whole no longer
                    set.remove(verdicts);
                }
                OwnerOnly.makeFolders(set.unfinished);
                if (!Files.isDirectory(set.unfinished, LinkOption.NOFOLLOW_LINKS)) {
                    throw new InvalidFileException(set.unfinished, "is no folder; remove it");
                }
                set.requireNoFolders();
                return set;
            } catch (IOException | RuntimeException e) {
                channel.close();
                throw e;
            }
        } catch (IOException e) {
            throw new InvalidFileException(folder, e);
        }
    }

    /** What can't be replaced or removed in the end is to be known before any long work. */
    private void requireNoFolders() throws IOException {
        try (Stream<Path> left = Files.list(unfinished)) {
            Stream.of(names.stream().map(folder::resolve), Stream.of(folder.resolve(SUMS)), left).flatMap(Function.identity())
                    .forEach(OutputSet::requireNoFolder);
        }
    }

    private static void requireNoFolder(Path file) {
        if (Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)) {
            throw new InvalidFileException(file, "is a folder where a file is to be; remove it");
        }
    }

    private void lock() throws IOException {
        FileLock held;
        try {
            held = channel.tryLock();
        } catch (OverlappingFileLockException e) {
            held = null; // by this very process
        }
        if (held == null) {
            throw new InvalidFileException(folder, "is being written by another run; wait for it, or choose another folder");
        }
    }

    /** The folder as its user calls it. */
    public Path folder() {
        return folder;
    }

    /** Where to write a file of the set. */
    public Path file(String name) {
        if (!names.contains(name)) {
            throw new IllegalArgumentException("\"" + name + "\" is none of the set's files, " + names);
        }
        Path file = unfinished.resolve(name);
        if (!written.contains(file)) {
            written.add(file);
        }
        return file;
    }

    /** Leaves a file of this very set, written before, where it is; if it is there. */
    public void keep(String name) {
        if (Files.exists(folder.resolve(name))) {
            kept.add(name);
        }
    }

    /**
     * Puts all files in their places.
     *
     * @return their names, the last {@value #SUMS}
     * @throws InvalidFileException if that fails; what is not in its place is still where it was written
     */
    public List<String> complete() {
        try {
            List<String> made = new ArrayList<>(written.stream().map(file -> file.getFileName().toString()).toList());
            String sums = Stream.concat(written.stream(), kept.stream().map(folder::resolve))
                    .map(file -> Sha256.ofFiles(file) + "  " + file.getFileName() + "\n").collect(Collectors.joining());
            AtomicFile.write(unfinished.resolve(SUMS), writer -> writer.write(sums));
            remove(Set.of(SUMS));
            remove(names.stream().filter(name -> !kept.contains(name)).collect(Collectors.toSet()));
            for (Path file : written) {
                Files.move(file, folder.resolve(file.getFileName()), StandardCopyOption.ATOMIC_MOVE);
            }
            Files.move(unfinished.resolve(SUMS), folder.resolve(SUMS), StandardCopyOption.ATOMIC_MOVE);
            written.clear();
            clear();
            AtomicFile.syncFolder(folder);
            made.add(SUMS);
            return made;
        } catch (IOException e) {
            throw new InvalidFileException(folder, e);
        }
    }

    private void remove(Set<String> some) throws IOException {
        for (String name : some) {
            requireNoFolder(folder.resolve(name));
            Files.deleteIfExists(folder.resolve(name));
        }
    }

    /** What earlier runs that were ended have left. */
    private void clear() throws IOException {
        try (Stream<Path> left = Files.list(unfinished)) {
            for (Path file : left.toList()) {
                Files.delete(file);
            }
        }
    }

    /** Ends the lock. What was written and is not in its place stays where it is until a later run is complete. */
    @Override
    public void close() {
        try {
            if (isEmpty(unfinished)) {
                Files.deleteIfExists(unfinished);
            }
            channel.close(); // the file stays: whoever removed it might remove one that another has just locked
        } catch (IOException e) {
            throw new InvalidFileException(folder, e);
        }
    }

    private static boolean isEmpty(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.findAny().isEmpty();
        }
    }

    /** The files that were written and are not in their places, such as scores of which no report could be made. */
    public List<Path> left() {
        return written.stream().filter(Files::exists).toList();
    }
}
