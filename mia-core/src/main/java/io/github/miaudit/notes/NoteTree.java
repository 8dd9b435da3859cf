package io.github.miaudit.notes;

import io.github.miaudit.io.InvalidFileException;
import java.io.IOException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * What lies at a path and below it, links followed.
 *
 * @param files   what is no folder, by its name relative to the path, with {@code /}; of a path that is a file its own
 * @param ignored names of what is hidden, or is left behind by programs and is never notes
 * @param folders real paths of the folders
 */
record NoteTree(SortedMap<String, Path> files, List<String> ignored, List<Path> folders) {

    /** Hidden files, Spark's and Parquet's marks, checksums, Office's locks and what Windows and macOS add. */
    private static final Pattern NEVER_NOTES = Pattern
            .compile("\\..*|_SUCCESS|_(?:committed|started)(?:_.*)?|_(?:common_)?metadata|.*\\.crc"
                    + "|~\\$.*|Thumbs\\.db|desktop\\.ini|__MACOSX", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

    static NoteTree of(Path root) {
        NoteTree tree = new NoteTree(new TreeMap<>(), new ArrayList<>(), new ArrayList<>());
        try {
            Files.walkFileTree(root, Set.of(FileVisitOption.FOLLOW_LINKS), Integer.MAX_VALUE, tree.visitor(root));
        } catch (IOException e) {
            throw new InvalidFileException(root, e);
        }
        return tree;
    }

    private SimpleFileVisitor<Path> visitor(Path root) {
        return new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) throws IOException {
                if (!folder.equals(root) && isNeverNotes(folder.getFileName().toString())) {
                    ignored.add(name(root, folder));
                    return FileVisitResult.SKIP_SUBTREE;
                }
                folders.add(folder.toRealPath());
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                if (!file.equals(root) && isNeverNotes(file.getFileName().toString())) {
                    ignored.add(name(root, file));
                } else {
                    files.put(name(root, file), file);
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException failure) {
                if (failure instanceof FileSystemLoopException) {
                    throw new InvalidFileException(file, "is a link to a folder that it lies in; remove it");
                }
                throw new InvalidFileException(file, failure);
            }
        };
    }

    /** Whether a file or folder of that name is none that anybody keeps notes in. */
    static boolean isNeverNotes(String name) {
        return NEVER_NOTES.matcher(name).matches();
    }

    private static String name(Path root, Path path) {
        return (path.equals(root) ? path.getFileName() : root.relativize(path)).toString().replace('\\', '/');
    }
}
