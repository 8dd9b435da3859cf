package io.github.miaudit.checkpoint;

import java.util.List;
import java.util.function.Function;

/**
 * Networks that {@code config.json} describes in the same way.
 *
 * @param year          of their paper, by which errors list the families
 * @param architectures what configurations of 2019 call them in {@code architectures} instead of stating a {@code model_type}
 */
record NetworkFamily(String modelType, int year, List<String> architectures, Function<Configuration, Architecture> reading) {
}
