package io.github.miaudit.io;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A file is missing, unreadable, truncated, malformed or not supported. The message starts with its name. */
public class InvalidFileException extends AuditException {

    private static final long serialVersionUID = 1L;
    private static final int LONGEST_NAME = 80;
    private static final List<String> NO_ROOM = List.of("No space left on device", "Disk quota exceeded",
            "There is not enough space on the disk");

    /**
     * A problem of a whole file.
     *
     * @param file    the file
     * @param problem what is wrong with it and what to do, such as {@code "is empty"}
     */
    public InvalidFileException(Path file, String problem) {
        super(file + ": " + problem);
    }

    /**
     * A problem at one line of a file.
     *
     * @param file    the file
     * @param line    its line, from 1
     * @param problem what is wrong there and what to do; never the line's content
     */
    public InvalidFileException(Path file, long line, String problem) {
        super(file + ":" + line + ": " + problem);
    }

    /**
     * A file that could not be read or written.
     *
     * @param file  the file
     * @param cause the failure
     */
    public InvalidFileException(Path file, IOException cause) {
        super(file + ": " + reason(cause), cause);
    }

    private InvalidFileException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    /** The same, with more words behind it on what to do. */
    public InvalidFileException with(String words) {
        return new InvalidFileException(getMessage() + words, getCause());
    }

    /** What may stand in a message of a name that a stranger gave: 80 characters, with question marks for what is not ASCII. */
    public static String printable(String name) {
        return name.substring(0, Math.min(LONGEST_NAME, name.length())).replaceAll("[^\\p{Graph} ]", "?");
    }

    /** Java has no exception of its own for these; the words are the system's. */
    private static boolean mentions(IOException cause, List<String> words) {
        return words.stream().anyMatch(String.valueOf(cause.getMessage())::contains);
    }

    private static String reason(IOException cause) {
        if (cause instanceof NoSuchFileException) {
            return "does not exist";
        }
        if (cause instanceof AccessDeniedException) {
            return "access denied; get the rights to it and to its folder, or name a place elsewhere";
        }
        if (mentions(cause, NO_ROOM)) {
            return "the disk is full; make room, or name a place on another disk, and run again";
        }
        if (mentions(cause, List.of("Read-only file system"))) {
            return "can't be written, as its disk is read-only; name a place elsewhere";
        }
        if (mentions(cause, List.of("Too many open files"))) {
            return "can't be opened, as too many files are open; allow more, such as with ulimit -n 4096, and run again";
        }
        if (cause instanceof DirectoryNotEmptyException) {
            return "a folder stands where a file is to be; remove it, or name a place elsewhere";
        }
        if (cause instanceof FileAlreadyExistsException) {
            return "is there already; remove it, or name a place elsewhere";
        }
        if (mentions(cause, List.of("Too many levels of symbolic links"))) {
            return "is a link, which is not followed there, or one of many that lead to each other; remove it";
        }
        String words = cause instanceof FileSystemException failure ? failure.getReason() : cause.getMessage();
        return "can't be read or written" + (words == null ? "" : ": " + words);
    }
}
