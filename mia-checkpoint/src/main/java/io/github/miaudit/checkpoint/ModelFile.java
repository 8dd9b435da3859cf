package io.github.miaudit.checkpoint;

import com.google.gson.JsonObject;
import io.github.miaudit.io.InvalidFileException;
import io.github.miaudit.io.StrictJson;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * Where a model's files may lie: in its folder or, as the links of a snapshot in Hugging Face's cache lead, among the blobs
 * beside the snapshots. A stranger's link to anywhere else could have a file read that is none of the model's, or a device
 * that never ends.
 */
final class ModelFile {

    /** In bytes; the largest tokenizer known has 60 million. */
    private static final long LARGEST_TEXT = 256 << 20;

    private ModelFile() {
    }

    /**
     * Refuses a file that is none of a model's.
     *
     * @throws InvalidFileException if it is missing, is no file, or is a link out of its folder
     */
    static void requireInItsFolder(Path file) {
        try {
            Path real = file.toRealPath();
            Path folder = Objects.requireNonNull(file.toAbsolutePath().getParent()).toRealPath();
            if (!real.startsWith(folder) && !isBlob(real, folder)) {
                throw new InvalidFileException(file, "is a link to " + real + ", which is outside its folder; put the file itself there");
            }
            if (!Files.isRegularFile(real)) {
                throw new InvalidFileException(file, "is no regular file");
            }
        } catch (IOException e) {
            throw new InvalidFileException(file, e);
        }
    }

    static JsonObject json(Path file) {
        return StrictJson.object(file, text(file));
    }

    static String text(Path file) {
        requireInItsFolder(file);
        try {
            long size = Files.size(file);
            if (size > LARGEST_TEXT) {
                throw new InvalidFileException(file, "has " + size + " bytes; supported are up to " + LARGEST_TEXT);
            }
            return Files.readString(file);
        } catch (CharacterCodingException e) {
            throw new InvalidFileException(file, "is not UTF-8");
        } catch (IOException e) {
            throw new InvalidFileException(file, e);
        }
    }

    private static boolean isBlob(Path file, Path folder) {
        return Stream.iterate(folder, Objects::nonNull, Path::getParent).filter(parent -> parent.endsWith("snapshots"))
                .anyMatch(snapshots -> file.startsWith(snapshots.resolveSibling("blobs")));
    }
}
