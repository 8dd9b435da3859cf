package io.github.miaudit.checkpoint;

import io.github.miaudit.io.InvalidFileException;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/**
 * Networks that {@code config.json} describes in the same way.
 *
 * @param year          of their paper, by which errors list the families
 * @param architectures what configurations of 2019 call them in {@code architectures} instead of stating a {@code model_type}
 * @param formerCode    the programs, as {@code auto_map} names them, that came with checkpoints before Hugging Face transformers had the
 *                      family, and compute the same
 */
record NetworkFamily(String modelType, int year, List<String> architectures, Function<Configuration, Architecture> reading,
        Set<String> formerCode) {

    NetworkFamily(String modelType, int year, List<String> architectures, Function<Configuration, Architecture> reading) {
        this(modelType, year, architectures, reading, Set.of());
    }

    /** Refuses a checkpoint that brings a program of its own, which may compute anything under the family's name. */
    void requireNoProgram(Configuration configuration) {
        Configuration programs = configuration.object("auto_map");
        for (String task : List.of("AutoModelForMaskedLM", "AutoModel")) {
            String program = programs.text(task, "");
            if (!program.isEmpty() && !formerCode.contains(program.replaceFirst("^.*--", ""))) {
                throw new InvalidFileException(configuration.file(), "auto_map names a program of its own for " + task + ", \"" + program
                        + "\", which may compute otherwise than " + modelType + "; remove auto_map if it does not, or export the model to"
                        + " TorchScript, as model.pt in a folder of its own");
            }
        }
    }
}
