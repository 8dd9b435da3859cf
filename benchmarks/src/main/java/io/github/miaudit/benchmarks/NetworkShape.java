package io.github.miaudit.benchmarks;

import java.util.Locale;

/** The sizes of a RoBERTa: what its cost depends on. */
enum NetworkShape {

    ROBERTA_BASE(12, 768, 12, 3072, 50_265),
    DISTILROBERTA_BASE(6, 768, 12, 3072, 50_265),
    /** For what needs many sentences rather than much arithmetic. */
    TINY(2, 64, 2, 256, 2_000);

    private final int layers;
    private final int width;
    private final int heads;
    private final int feedForwardWidth;
    private final int vocabulary;

    NetworkShape(int layers, int width, int heads, int feedForwardWidth, int vocabulary) {
        this.layers = layers;
        this.width = width;
        this.heads = heads;
        this.feedForwardWidth = feedForwardWidth;
        this.vocabulary = vocabulary;
    }

    /** The shape of a name such as {@code roberta-base}. */
    static NetworkShape named(String name) {
        return valueOf(name.toUpperCase(Locale.ROOT).replace('-', '_'));
    }

    int layers() {
        return layers;
    }

    int width() {
        return width;
    }

    int heads() {
        return heads;
    }

    int feedForwardWidth() {
        return feedForwardWidth;
    }

    int vocabulary() {
        return vocabulary;
    }

    /**
     * The floating-point operations that this library needs for a row, a multiplication and an addition counting as two: all
     * layers but the last at every token; in the last, keys and values at every token and the rest at the targets; the head
     * at the targets. Only matrix products are counted.
     */
    double operations(int length, int targets) {
        double square = (double) width * width;
        double feedForward = 4.0 * width * feedForwardWidth;
        double layer = length * (8 * square + feedForward) + 4.0 * length * length * width;
        double lastLayer = length * 4 * square + targets * (4 * square + feedForward) + 4.0 * targets * length * width;
        double head = targets * (2 * square + 2.0 * width * vocabulary);
        return (layers - 1) * layer + lastLayer + head;
    }
}
