package io.github.miaudit.io;

import java.nio.file.Files;
import java.nio.file.Path;

/** Where Java, and the machine code that it unpacks, lay temporary files. */
public final class TemporaryFiles {

    private TemporaryFiles() {
    }

    /**
     * The folder for temporary files.
     *
     * @return {@code java.io.tmpdir}
     * @throws AuditException if it is not there, or nothing can be written to it
     */
    public static Path folder() {
        Path folder = Path.of(System.getProperty("java.io.tmpdir"));
        if (!Files.isDirectory(folder) || !Files.isWritable(folder)) {
            throw new AuditException(folder + ": is to hold temporary files, but " + (Files.exists(folder) ? "is no folder to write to"
                    : "is not there")
                    + "; make it, or name another folder to Java with -Djava.io.tmpdir=FOLDER, such as in MIA_JAVA_OPTIONS");
        }
        return folder;
    }
}
