package io.github.miaudit.djl;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AdamWTest {

    private NDManager manager;

    @BeforeEach
    void open() {
        manager = NDManager.newBaseManager("PyTorch");
    }

    @AfterEach
    void close() {
        manager.close();
    }

    /** m' = g and v' = g² after one step, so a weight moves by the learning rate times (decay times weight + sign of g). */
    @Test
    void theFirstStepByHand() {
        NDArray matrix = manager.create(new float[] {1, -2}, new Shape(1, 2));
        NDArray vector = manager.create(new float[] {1, -2});
        NDArray gradient = manager.create(new float[] {0.5f, -4});
        Map<String, NDArray> weights = Map.of("matrix", matrix, "vector", vector);
        AdamW.of(weights, 0.01, manager).update(Map.of("matrix", gradient.reshape(1, 2), "vector", gradient), 0.1, 1);
        assertArrayEquals(new float[] {0.899f, -1.898f}, matrix.toFloatArray(), 1e-6f); // 1 - 0.1 (0.01 + 1), -2 - 0.1 (-0.02 - 1)
        assertArrayEquals(new float[] {0.9f, -1.9f}, vector.toFloatArray(), 1e-6f); // no decay
    }

    /** The second step of the paper's formula, with numbers worked out by hand: g = 1, then g = -1. */
    @Test
    void theSecondStepByHand() {
        NDArray vector = manager.create(new float[] {0});
        AdamW optimiser = AdamW.of(Map.of("w", vector), 0, manager);
        optimiser.update(Map.of("w", manager.create(new float[] {1})), 0.5, 1);
        optimiser.update(Map.of("w", manager.create(new float[] {-1})), 0.5, 2);
        // m = 0.9 * 0.1 - 0.1 = -0.01, m' = -0.01 / 0.19; v' = 1: -0.5 + 0.5 * 0.01 / 0.19
        assertEquals(-0.5 + 0.5 * 0.01 / 0.19, vector.toFloatArray()[0], 1e-6);
    }

    @Test
    void manyStepsAgreeWithThePapersFormula() {
        Random random = new Random(7);
        double[] expected = random.doubles(6, -1, 1).toArray();
        NDArray weight = manager.create(floats(expected), new Shape(2, 3));
        AdamW optimiser = AdamW.of(Map.of("w", weight), 0.3, manager);
        double[] m = new double[6];
        double[] v = new double[6];
        for (int step = 1; step <= 50; step++) {
            double[] gradient = random.doubles(6, -1, 1).map(g -> g * g * g).toArray();
            double rate = 0.02 / step;
            optimiser.update(Map.of("w", manager.create(floats(gradient), new Shape(2, 3))), rate, step);
            for (int i = 0; i < 6; i++) {
                m[i] = 0.9 * m[i] + 0.1 * gradient[i];
                v[i] = 0.999 * v[i] + 0.001 * gradient[i] * gradient[i];
                double corrected = m[i] / (1 - Math.pow(0.9, step)) / (Math.sqrt(v[i] / (1 - Math.pow(0.999, step))) + 1e-8);
                expected[i] = expected[i] - rate * (corrected + 0.3 * expected[i]);
            }
        }
        assertArrayEquals(floats(expected), weight.toFloatArray(), 2e-6f);
    }

    @Test
    void gradientsAreShortenedTogether() {
        List<NDArray> gradients = List.of(manager.create(new float[] {3, 0}), manager.create(new float[] {0, 0, 0, -4}, new Shape(2, 2)));
        assertEquals(5, GlobalNorm.clip(gradients, 6), 1e-6);
        assertArrayEquals(new float[] {3, 0}, gradients.get(0).toFloatArray());
        assertEquals(5, GlobalNorm.clip(gradients, 1), 1e-6);
        assertArrayEquals(new float[] {0.6f, 0}, gradients.get(0).toFloatArray(), 1e-6f);
        assertArrayEquals(new float[] {0, 0, 0, -0.8f}, gradients.get(1).toFloatArray(), 1e-6f);
    }

    private static float[] floats(double[] values) {
        float[] floats = new float[values.length];
        for (int index = 0; index < floats.length; index++) {
            floats[index] = (float) values[index];
        }
        return floats;
    }
}
