package io.github.miaudit.io;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import org.jspecify.annotations.Nullable;

/** Files and folders that only their owner may read, where the file system knows such (POSIX); elsewhere as the system makes them. */
public final class OwnerOnly {

    private OwnerOnly() {
    }

    /** The attributes to make a file with: {@code rw-------}, or none. */
    public static FileAttribute<?>[] file(Path file) {
        return attributes(file, "rw-------");
    }

    /**
     * Makes a folder and those above it that are missing; one that is there stays as it is.
     *
     * @param folder the folder; null, as the parent of a bare name is, is there already
     * @throws IOException if it can't be made
     */
    public static void makeFolders(@Nullable Path folder) throws IOException {
        if (folder != null) {
            Files.createDirectories(folder, attributes(folder, "rwx------"));
        }
    }

    private static FileAttribute<?>[] attributes(Path path, String permissions) {
        return isPosix(path) ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))}
                : new FileAttribute<?>[0];
    }

    static boolean isPosix(Path path) {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix");
    }
}
