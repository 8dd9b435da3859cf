package io.github.miaudit.io;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;

/**
 * The files of an earlier run while those of a new one take their places. If that does not come to its end they come back: at once after a
 * failure, at the next run after a kill. Each step is one rename, so that it can be told at any time how far it came.
 */
final class FormerSet {

    /** All files of the earlier run are here, and those that stand in the folder are new. */
    private static final String ASIDE = ".mia-former";
    /** Some of them are here, and those that stand in the folder are of the earlier run too. */
    private static final String PARTLY_ASIDE = ".mia-former-partly";

    private final Path folder;
    private final Path aside;
    private final Path partly;
    /** Of all files that a set may have, the list of the set first. */
    private final List<String> names;

    FormerSet(Path folder, List<String> names) {
        this.folder = folder;
        this.aside = folder.resolve(ASIDE);
        this.partly = folder.resolve(PARTLY_ASIDE);
        this.names = names;
    }

    /** Puts the files aside; the list goes first, for the set is whole no longer. */
    void putAside() throws IOException {
        if (Files.exists(aside, LinkOption.NOFOLLOW_LINKS)) {
            throw new InvalidFileException(aside, "is in the way of the results; remove it");
        }
        OwnerOnly.makeFolders(partly);
        for (String name : names) {
            moveIfThere(folder, name, partly);
        }
        Files.move(partly, aside, StandardCopyOption.ATOMIC_MOVE);
    }

    /**
     * Brings them back if the new ones did not all take their places, that is, if their list is not there; does nothing if nothing was
     * begun.
     *
     * @param unfinished where the new ones go
     */
    void bringBack(Path unfinished) throws IOException {
        if (Files.isDirectory(aside, LinkOption.NOFOLLOW_LINKS)) {
            if (Files.exists(folder.resolve(names.get(0)), LinkOption.NOFOLLOW_LINKS)) {
                discard();
                return;
            }
            OwnerOnly.makeFolders(unfinished);
            for (String name : names) {
                moveIfThere(folder, name, unfinished);
            }
            Files.move(aside, partly, StandardCopyOption.ATOMIC_MOVE);
        }
        if (Files.isDirectory(partly, LinkOption.NOFOLLOW_LINKS)) {
            for (int index = names.size() - 1; index >= 0; index--) { // the list last
                moveIfThere(partly, names.get(index), folder);
            }
            Files.delete(partly);
        }
    }

    /** Deletes them, when the new ones are all in their places. */
    void discard() throws IOException {
        try (Stream<Path> files = Files.list(aside)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(aside);
    }

    private static void moveIfThere(Path from, String name, Path to) throws IOException {
        if (Files.exists(from.resolve(name), LinkOption.NOFOLLOW_LINKS)) {
            Files.move(from.resolve(name), to.resolve(name), StandardCopyOption.ATOMIC_MOVE);
        }
    }
}
