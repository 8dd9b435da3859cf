package io.github.miaudit.djl;

import io.github.miaudit.checkpoint.Checkpoint;
import io.github.miaudit.checkpoint.ModelFolder;
import io.github.miaudit.io.InvalidFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What a folder with weights holds, as {@link MaskedLmScorer} reads it.
 *
 * @param modelType     the family, as {@code config.json} calls it
 * @param tensorsTaken  how many tensors the network takes
 * @param unscored      the stored tensors that are known to be no part of masked-LM scoring
 * @param adapter       the settings of an adapter that is merged into the weights
 * @param adapted       how many of the tensors it changes by a low-rank update
 * @param head          whether the masked-language-model head has been trained
 * @param tokenizer     the file that the tokens come from
 * @param vocabulary    how many tokens the network tells apart
 * @param maximumLength the longest input in tokens, special tokens included; longer sentences are scored in windows
 * @param digest        of configuration and weights, an adapter's included: equal only for the same network
 * @param tokens        digest of the tokenizer: equal only where texts become the same tokens
 */
public record ModelDescription(String modelType, int tensorsTaken, List<String> unscored, Optional<Path> adapter, int adapted,
        HeadState head, Path tokenizer, int vocabulary, int maximumLength, String digest, String tokens) {

    /** Whether a folder's model is a TorchScript program, of which nothing can be described. */
    public static boolean isExported(Path folder) {
        return OpenModel.exported(folder).isPresent();
    }

    /**
     * Looks at a folder.
     *
     * @throws InvalidFileException if it holds no checkpoint that can be scored
     */
    public static ModelDescription of(Path folder) {
        Checkpoint checkpoint = Checkpoint.open(folder);
        try (MaskedLmTokenizer tokenizer = MaskedLmTokenizer.open(folder)) {
            tokenizer.requireFit(checkpoint.architecture());
            return new ModelDescription(checkpoint.modelType(), checkpoint.tensors().size(), checkpoint.unscored(),
                    ModelFolder.of(folder).adapter(), checkpoint.updates().size(), HeadState.of(checkpoint), tokenizer.file(),
                    checkpoint.architecture().vocabularySize(), checkpoint.architecture().maximumLength(), checkpoint.digest(),
                    tokenizer.digest());
        }
    }
}
