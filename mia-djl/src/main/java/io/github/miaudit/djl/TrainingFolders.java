package io.github.miaudit.djl;

import io.github.miaudit.io.AtomicFile;
import io.github.miaudit.io.AuditException;
import io.github.miaudit.io.InvalidFileException;
import io.github.miaudit.io.OutputFolder;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Where a training writes: the model's folder, which comes to be when the training is over, and until then a neighbour
 * with {@code model} (all of the model but the weights) and {@code checkpoint-N} after N updates, of which the last
 * counts. Each folder takes its name when it is complete. Locked against a second training until closed.
 */
final class TrainingFolders implements AutoCloseable {

    private static final String CHECKPOINT = "checkpoint-";

    private final Path output;
    private final Path working;
    private final FileChannel lockFile;

    private TrainingFolders(Path output, Path working, FileChannel lockFile) {
        this.output = output;
        this.working = working;
        this.lockFile = lockFile;
    }

    /** Makes the working folder, or opens that of a training which was interrupted. */
    static TrainingFolders open(Path output) {
        OutputFolder.at(output).requireFree();
        Path working = workingFolder(output);
        try {
            Files.createDirectories(working);
            FileChannel lockFile = FileChannel.open(working.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            try {
                lock(lockFile, working);
                removeUnfinished(output);
                return new TrainingFolders(output, working, lockFile);
            } catch (IOException | RuntimeException e) {
                lockFile.close();
                throw e;
            }
        } catch (IOException e) {
            throw new InvalidFileException(working, e);
        }
    }

    /** Removes what is left beside a model that is complete. */
    static void removeLeftovers(Path output) {
        removeUnfinished(output);
        remove(workingFolder(output));
    }

    Path modelFiles() {
        return working.resolve("model");
    }

    /** The last checkpoint that is complete. */
    Optional<Path> lastCheckpoint() {
        return checkpoints().stream().max(Comparator.comparingInt(TrainingFolders::step));
    }

    /** Writes a checkpoint, in a folder which has the model's other files already, and removes those before it. */
    void writeCheckpoint(int step, Consumer<Path> files) {
        List<Path> before = checkpoints();
        write(working.resolve(CHECKPOINT + step), files);
        before.forEach(TrainingFolders::remove);
    }

    /** Writes the model, in a folder which has its other files already, and removes the working folder. */
    void finish(Consumer<Path> files) {
        write(output, files);
        close();
        remove(working);
    }

    @Override
    public void close() {
        try {
            lockFile.close();
            if (Files.exists(working) && lastCheckpoint().isEmpty()) {
                remove(working); // it has nothing to go on from
            }
        } catch (IOException e) {
            throw new InvalidFileException(working, e);
        }
    }

    private void write(Path folder, Consumer<Path> files) {
        OutputFolder.at(folder).write(unfinished -> {
            try (Stream<Path> others = Files.list(modelFiles())) {
                for (Path file : others.toList()) {
                    AtomicFile.writeBytes(unfinished.resolve(file.getFileName()),
                            channel -> Files.copy(file, Channels.newOutputStream(channel)));
                }
            } catch (IOException e) {
                throw new InvalidFileException(folder, e);
            }
            files.accept(unfinished);
        });
    }

    private List<Path> checkpoints() {
        try (Stream<Path> all = Files.list(working)) {
            return all.filter(path -> path.getFileName().toString().matches(CHECKPOINT + "\\d{1,9}")).toList();
        } catch (IOException e) {
            throw new InvalidFileException(working, e);
        }
    }

    private static int step(Path checkpoint) {
        return Integer.parseInt(checkpoint.getFileName().toString().substring(CHECKPOINT.length()));
    }

    private static Path workingFolder(Path output) {
        Path absolute = output.toAbsolutePath().normalize();
        return absolute.resolveSibling(absolute.getFileName() + "-training");
    }

    private static void lock(FileChannel lockFile, Path working) throws IOException {
        FileLock lock;
        try {
            lock = lockFile.tryLock();
        } catch (OverlappingFileLockException e) {
            lock = null;
        }
        if (lock == null) {
            throw new AuditException("another training is writing to " + working + "; wait for it, or choose another output folder");
        }
    }

    private static void removeUnfinished(Path output) {
        OutputFolder.at(output).unfinished().forEach(TrainingFolders::remove);
    }

    private static void remove(Path folder) {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        } catch (IOException e) {
            throw new InvalidFileException(folder, e);
        }
    }
}
