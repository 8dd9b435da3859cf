package io.github.miaudit.djl;

import ai.djl.ndarray.NDArray;
import java.util.Collection;

/** The Euclidean length of all gradients taken as one vector (Pascanu et al. 2013). */
final class GlobalNorm {

    private GlobalNorm() {
    }

    /** Shortens gradients that are longer than a limit together to that limit, in place; returns how long they were. */
    static double clip(Collection<NDArray> gradients, double limit) {
        double squares = 0;
        for (NDArray gradient : gradients) {
            try (NDArray length = gradient.norm()) {
                squares += (double) length.getFloat() * length.getFloat();
            }
        }
        double norm = Math.sqrt(squares);
        if (norm > limit) {
            gradients.forEach(gradient -> gradient.muli(limit / norm));
        }
        return norm;
    }
}
