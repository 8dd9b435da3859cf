package io.github.miaudit.benchmarks;

/** The floating-point operations of a RoBERTa-base forward pass, a multiplication and an addition counting as two. */
final class Arithmetic {

    private static final double WIDTH = RandomCheckpoint.WIDTH;
    private static final double FEED_FORWARD = 4 * WIDTH * RandomCheckpoint.FEED_FORWARD_WIDTH;

    private Arithmetic() {
    }

    /**
     * What this library computes for a row: all layers but the last at every token; in the last, keys and values at
     * every token and the rest at the targets; the head at the targets. Only matrix products are counted.
     */
    static double ofRow(int length, int targets) {
        double layer = length * (8 * WIDTH * WIDTH + FEED_FORWARD) + 4.0 * length * length * WIDTH;
        double lastLayer = length * 4 * WIDTH * WIDTH + targets * (4 * WIDTH * WIDTH + FEED_FORWARD) + 4.0 * targets * length * WIDTH;
        double head = targets * (2 * WIDTH * WIDTH + 2 * WIDTH * RandomCheckpoint.VOCABULARY);
        return (RandomCheckpoint.LAYERS - 1) * layer + lastLayer + head;
    }
}
