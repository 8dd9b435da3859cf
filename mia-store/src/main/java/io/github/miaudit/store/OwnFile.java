package io.github.miaudit.store;

import com.sun.security.auth.module.UnixSystem;
import io.github.miaudit.io.InvalidFileException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;

/**
 * Makes sure, as ssh does of its keys, that a file can't be a stranger's work: a regular file and no link, of the user who runs or of
 * root, closed to others as far as is asked, in a folder where not everybody may put another in its place. Where the file system
 * knows no POSIX modes, it asks only for a regular file.
 */
final class OwnFile {

    private static final long ROOT = 0;
    private static final int WRITABLE_BY_ALL = 0002;
    private static final int STICKY = 01000; // only a file's owner may replace it

    /** What users other than the owner may not do. */
    enum Closed {
        TO_READERS(0077, "chmod 600"), TO_WRITERS(0022, "chmod go-w");

        private final int forbidden;
        private final String cure;

        Closed(int forbidden, String cure) {
            this.forbidden = forbidden;
            this.cure = cure;
        }
    }

    private OwnFile() {
    }

    /**
     * Checks a file; one that is not there is nobody's.
     *
     * @throws InvalidFileException if the file may be a stranger's
     */
    static void require(Path file, Closed closed) {
        try {
            if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) && Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
                throw new InvalidFileException(file, Files.isSymbolicLink(file)
                        ? "is a link, which somebody else may have put there; name the file itself, or remove the link"
                        : "is no regular file; name another");
            }
            if (file.getFileSystem().supportedFileAttributeViews().contains("unix")) {
                requireOwner(file, closed);
            }
        } catch (NoSuchFileException e) {
            // so nobody put anything there
        } catch (IOException e) {
            throw new InvalidFileException(file, e);
        }
    }

    private static void requireOwner(Path file, Closed closed) throws IOException {
        Map<String, Object> attributes = Files.readAttributes(file, "unix:uid,mode", LinkOption.NOFOLLOW_LINKS);
        long owner = (Integer) Objects.requireNonNull(attributes.get("uid"));
        long user = new UnixSystem().getUid();
        if (owner != user && owner != ROOT) {
            throw new InvalidFileException(file, "belongs to user " + owner + ", not to " + user
                    + ", who runs this; whoever put it there may know or change what is in it. If it is yours, chown it");
        }
        int mode = (Integer) Objects.requireNonNull(attributes.get("mode"));
        if ((mode & closed.forbidden) != 0) {
            throw new InvalidFileException(file,
                    String.format("is open to other users: its mode is %o; %s it if nobody used that", mode & 0777,
                            closed.cure));
        }
        Path folder = file.toAbsolutePath().getParent();
        int ofFolder = (Integer) Files.getAttribute(folder, "unix:mode");
        if ((ofFolder & WRITABLE_BY_ALL) != 0 && (ofFolder & STICKY) == 0) {
            throw new InvalidFileException(file, "is in a folder where every user may put another file in its place; chmod o-w " + folder);
        }
    }
}
