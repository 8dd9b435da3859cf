package io.github.miaudit.djl;

import ai.djl.ndarray.NDArray;
import java.util.Collection;

/** The Euclidean length of all gradients taken as one vector (Pascanu et al. 2013). */
final class GlobalNorm {

    private GlobalNorm() {
    }

    static double of(Collection<NDArray> gradients) {
        double squares = 0;
        for (NDArray gradient : gradients) {
            try (NDArray norm = gradient.norm()) {
                squares += (double) norm.getFloat() * norm.getFloat();
            }
        }
        return Math.sqrt(squares);
    }

    /**
     * Shortens gradients that are longer than a limit together to that limit, in place.
     *
     * @return how long they were
     */
    static double clip(Collection<NDArray> gradients, double limit) {
        double norm = of(gradients);
        if (norm > limit) {
            gradients.forEach(gradient -> gradient.muli(limit / norm));
        }
        return norm;
    }
}
