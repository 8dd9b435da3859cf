package io.github.miaudit.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.github.miaudit.checkpoint.Architecture;
import java.nio.file.Path;
import java.util.Map;

/** What a training starts from. */
interface TrainingStart {

    /** Writes all of the model but the weights: {@code config.json} and the tokenizer. */
    void writeModelFiles(Path folder);

    /** The first weights by the program's names. */
    Map<String, NDArray> weights(Architecture architecture, long seed, NDManager manager);

    /** SHA-256 of all that it consists of. */
    String digest();
}
