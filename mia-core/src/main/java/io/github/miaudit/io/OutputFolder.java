package io.github.miaudit.io;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Where a folder of results goes: whole or not at all, and for its owner alone. */
public final class OutputFolder {

    private final Path named;
    private final Path real;

    private OutputFolder(Path named, Path real) {
        this.named = named;
        this.real = real;
    }

    /**
     * The folder of a name, which need not exist; links are followed.
     *
     * @return the folder, not yet made
     * @throws InvalidFileException if it can't be told where it is
     */
    public static OutputFolder at(Path folder) {
        try {
            return new OutputFolder(folder, real(folder.toAbsolutePath()).normalize());
        } catch (NoSuchFileException e) {
            throw new InvalidFileException(folder, "is a link to nothing; choose another folder, or remove it");
        } catch (IOException e) {
            throw new InvalidFileException(folder, e);
        }
    }

    /** What earlier runs that were killed have left beside it; it may be confidential. */
    public List<Path> unfinished() {
        if (real.getParent() == null || !Files.isDirectory(real.getParent())) {
            return List.of();
        }
        try (Stream<Path> siblings = Files.list(real.getParent())) {
            return siblings.filter(sibling -> sibling.getFileName().toString().startsWith(unfinishedName())).sorted().toList();
        } catch (IOException e) {
            throw new InvalidFileException(named, e);
        }
    }

    /**
     * Makes sure, before any work, that it can be written.
     *
     * @throws InvalidFileException if it holds something, or can't be made
     */
    public void requireFree() {
        try {
            if (Files.exists(real) && !isEmptyFolder(real) || real.getParent() == null) {
                throw new InvalidFileException(named, "is there already; choose another folder, or remove it first");
            }
        } catch (IOException e) {
            throw new InvalidFileException(named, e);
        }
        Path above = Objects.requireNonNull(real.getParent());
        while (!Files.exists(above)) {
            above = Objects.requireNonNull(above.getParent()); // the root is there
        }
        if (!Files.isDirectory(above) || !Files.isWritable(above)) {
            throw new InvalidFileException(named,
                    "can't be made, as " + above + " is no folder that may be written to; choose another folder");
        }
    }

    /**
     * Makes sure that no later run reads what is written as its input.
     *
     * @param input      as its user calls it
     * @param isPartOfIt whether a path without links lies in the input
     * @throws InvalidFileException if this folder does
     */
    public void requireApart(Path input, Predicate<Path> isPartOfIt) {
        if (isPartOfIt.test(real)) {
            throw new InvalidFileException(named,
                    "lies in the input " + input + ", where a later run would read it; choose a folder elsewhere");
        }
    }

    /**
     * Writes into a folder of another name, which is renamed when all is there.
     *
     * @param files writes the files into the folder it is given, no folders
     * @throws InvalidFileException if it holds something, or can't be written
     */
    public void write(Consumer<Path> files) {
        requireFree();
        try {
            OwnerOnly.makeFolders(real.getParent());
            Path unfinished = Files.createTempDirectory(real.getParent(), unfinishedName()); // for its owner alone
            try {
                files.accept(unfinished);
                Files.deleteIfExists(real);
                Files.move(unfinished, real, StandardCopyOption.ATOMIC_MOVE);
                AtomicFile.syncFolder(Objects.requireNonNull(real.getParent()));
            } catch (IOException | RuntimeException e) {
                remove(unfinished); // it holds notes
                throw e;
            }
        } catch (IOException e) {
            throw new InvalidFileException(named, e);
        }
    }

    private String unfinishedName() {
        return "." + real.getFileName() + "-unfinished-";
    }

    /** The path without links; what does not exist is below something that does. */
    private static Path real(Path path) throws IOException {
        if (Files.exists(path, LinkOption.NOFOLLOW_LINKS) || path.getParent() == null) {
            return path.toRealPath();
        }
        return real(path.getParent()).resolve(path.getFileName());
    }

    private static void remove(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(folder);
    }

    private static boolean isEmptyFolder(Path path) throws IOException {
        if (!Files.isDirectory(path)) {
            return false;
        }
        try (Stream<Path> content = Files.list(path)) {
            return content.findAny().isEmpty();
        }
    }
}
