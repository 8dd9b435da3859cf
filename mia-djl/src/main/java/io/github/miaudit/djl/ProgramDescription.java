package io.github.miaudit.djl;

import io.github.miaudit.checkpoint.ProgramFile;
import io.github.miaudit.io.InvalidFileException;
import io.github.miaudit.io.Sha256;
import java.nio.file.Path;
import java.util.Optional;
import java.util.SortedSet;

/**
 * What can be said of an exported model, a TorchScript program, without running it.
 *
 * @param file      the program
 * @param digest    its SHA-256
 * @param operators the functions of tensors that its sources call anywhere, sorted
 */
public record ProgramDescription(Path file, String digest, SortedSet<String> operators) {

    /**
     * Looks at the program of a folder that holds one and no weights; runs nothing.
     *
     * @return empty for a folder with weights, or without a program
     * @throws InvalidFileException if the program could do anything but compute
     */
    public static Optional<ProgramDescription> of(Path folder) {
        return OpenModel.exported(folder).map(ProgramDescription::ofFile);
    }

    static ProgramDescription ofFile(Path file) {
        return new ProgramDescription(file, Sha256.ofFiles(file), ProgramFile.requireHarmless(file));
    }
}
