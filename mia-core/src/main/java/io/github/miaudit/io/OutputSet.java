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
 * their places only when all are there, after those of an earlier run are out of the way: no file of one run ever stands beside one of
 * another under {@value #SUMS}, which is written last and lists them with their digests ({@code sha256sum --check}). Those of the earlier
 * run come back where that fails, or, after a kill, when the next run begins. As long as it is open, the folder is locked against other
 * processes. For one thread.
 */
public final class OutputSet implements AutoCloseable {

    /** What becomes of the files of an earlier run. */
    public enum Earlier {

        /** They stay; a new run is refused. */
        KEPT,
        /** They are replaced, all of them at once. */
        REPLACED
    }

    /** The list of a whole set: a line a file, its SHA-256 in hexadecimal digits and its name. */
    public static final String SUMS = "SHA256SUMS";

    private static final String LOCK = ".mia-lock";
    private static final String UNFINISHED = ".mia-unfinished";

    private final Path folder;
    private final Path unfinished;
    private final Set<String> names;
    private final FormerSet former;
    private final FileChannel channel;
    private final List<Path> written = new ArrayList<>();
    private final Set<Path> kept = new LinkedHashSet<>();

    private OutputSet(Path folder, Set<String> names, FileChannel channel) {
        this.folder = folder;
        this.unfinished = folder.resolve(UNFINISHED);
        this.names = names;
        this.former = new FormerSet(folder, Stream.concat(Stream.of(SUMS), names.stream()).toList());
        this.channel = channel;
    }

    /**
     * Makes and locks a folder, before any long work. A verdict of an earlier run goes at once, for a run that fails must not leave it
     * where a pipeline looks; all other files stay until the set is complete.
     *
     * @param folder   the folder, whose owner alone may read what is made
     * @param names    of all files that such a set may have
     * @param verdicts those of them that tell a pipeline to go on
     * @param earlier  what becomes of files of these names
     * @throws InvalidFileException if it can't be made or written, another process writes there, or it holds what is to be kept
     */
    public static OutputSet open(Path folder, Set<String> names, Set<String> verdicts, Earlier earlier) {
        try {
            requireFolder(folder);
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
                set.former.bringBack(set.unfinished);
                requireFree(folder, names, earlier);
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

    /**
     * Makes sure, before any work, that a set can be written to a folder. Makes nothing.
     *
     * @param names   of all files that such a set may have
     * @param earlier what becomes of files of these names
     * @throws InvalidFileException if it holds one that is to be kept, or the place is a file's
     */
    public static void requireFree(Path folder, Set<String> names, Earlier earlier) {
        requireFolder(folder);
        if (earlier == Earlier.REPLACED) {
            return;
        }
        Stream.concat(names.stream().sorted(), Stream.of(SUMS)).map(folder::resolve)
                .filter(file -> Files.exists(file, LinkOption.NOFOLLOW_LINKS)).findFirst().ifPresent(OutputSet::refuse);
    }

    /**
     * Makes sure, before any work, that a result which is one file can be written.
     *
     * @param earlier what becomes of a file of this name
     * @throws InvalidFileException if there is one that is to be kept, a folder has this name, or the place of its folder is a file's
     */
    public static void requireFree(Path file, Earlier earlier) {
        if (Files.isDirectory(file)) {
            throw new InvalidFileException(file, "is a folder; name a file");
        }
        requireBelowFolders(file);
        if (earlier == Earlier.KEPT && Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            refuse(file);
        }
    }

    private static void refuse(Path file) {
        throw new InvalidFileException(file,
                "is there already, of an earlier run; name another place, or have its results replaced (--overwrite)");
    }

    private static void requireFolder(Path folder) {
        if (Files.exists(folder) && !Files.isDirectory(folder)) {
            throw new InvalidFileException(folder, "is a file; name a folder");
        }
        requireBelowFolders(folder);
    }

    private static void requireBelowFolders(Path place) {
        for (Path above = place.toAbsolutePath().getParent(); above != null; above = above.getParent()) {
            if (Files.exists(above) && !Files.isDirectory(above)) {
                throw new InvalidFileException(place, "can't be made, as " + above + " is a file; name another place");
            }
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

    /** Takes a file of this very set, written before, over into the new one; if it is there. */
    public void keep(String name) {
        try {
            if (Files.exists(folder.resolve(name))) {
                Files.copy(folder.resolve(name), unfinished.resolve(name), StandardCopyOption.REPLACE_EXISTING,
                        StandardCopyOption.COPY_ATTRIBUTES);
                kept.add(unfinished.resolve(name));
            }
        } catch (IOException e) {
            throw new InvalidFileException(folder.resolve(name), e);
        }
    }

    /**
     * Puts all files in their places.
     *
     * @return their names, the last {@value #SUMS}
     * @throws InvalidFileException if that fails; the files are still where they were written, and those of the earlier run in their places
     */
    public List<String> complete() {
        try {
            List<String> made = new ArrayList<>(written.stream().map(file -> file.getFileName().toString()).toList());
            List<Path> all = Stream.concat(written.stream(), kept.stream()).toList();
            String sums = all.stream().map(file -> Sha256.ofFiles(file) + "  " + file.getFileName() + "\n").collect(Collectors.joining());
            AtomicFile.write(unfinished.resolve(SUMS), writer -> writer.write(sums));
            requireNoFolders();
            replace(all);
            written.clear();
            clear();
            AtomicFile.syncFolder(folder);
            made.add(SUMS);
            return made;
        } catch (IOException e) {
            throw new InvalidFileException(folder, e);
        }
    }

    private void replace(List<Path> all) throws IOException {
        try {
            former.putAside();
            for (Path file : all) {
                Files.move(file, folder.resolve(file.getFileName()), StandardCopyOption.ATOMIC_MOVE);
            }
            Files.move(unfinished.resolve(SUMS), folder.resolve(SUMS), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            former.bringBack(unfinished);
            throw e;
        }
        former.discard();
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
