package io.github.miaudit.djl;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;

/**
 * What can be done in a folder, which need not be there yet.
 *
 * @param folder     the folder
 * @param writable   whether a file could be made there, or the folder itself
 * @param executable whether what is written there may be loaded as a program; true where nothing tells
 * @param free       bytes that are left
 */
record FolderState(Path folder, boolean writable, boolean executable, long free) {

    /** Looks, by a file that is made and removed. */
    static FolderState of(Path folder) {
        Path nearest = Stream.iterate(folder.toAbsolutePath().normalize(), path -> path != null, Path::getParent).filter(Files::exists)
                .findFirst().orElse(folder);
        long free = free(nearest);
        try {
            Path trial = Files.createTempFile(nearest, "trial", ".tmp");
            try {
                boolean posix = trial.getFileSystem().supportedFileAttributeViews().contains("posix");
                if (posix) {
                    Files.setPosixFilePermissions(trial, PosixFilePermissions.fromString("rwx------"));
                }
                return new FolderState(folder, true, !posix || Files.isExecutable(trial), free);
            } finally {
                Files.delete(trial);
            }
        } catch (IOException e) {
            return new FolderState(folder, false, true, free);
        }
    }

    private static long free(Path folder) {
        try {
            return Files.getFileStore(folder).getUsableSpace();
        } catch (IOException e) {
            return 0;
        }
    }
}
