package io.github.miaudit.checkpoint;

import java.util.List;

/**
 * The families that one TorchScript program computes. A class that is annotated with {@code @AutoService} is found by
 * {@link java.util.ServiceLoader}: a new one is a file here and the program beside those of the engine, nothing else.
 */
interface NetworkFamilies {

    /** Those of the same year in the order in which errors are to list them. */
    List<NetworkFamily> families();
}
