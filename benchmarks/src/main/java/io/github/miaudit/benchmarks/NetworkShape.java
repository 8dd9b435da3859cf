package io.github.miaudit.benchmarks;

/** The sizes of a RoBERTa: what its cost depends on. */
record NetworkShape(int layers, int width, int heads, int feedForwardWidth, int vocabulary) {

    static final NetworkShape ROBERTA_BASE = new NetworkShape(12, 768, 12, 3072, 50_265);
    static final NetworkShape DISTILROBERTA_BASE = new NetworkShape(6, 768, 12, 3072, 50_265);
    /** For what needs many sentences rather than much arithmetic. */
    static final NetworkShape TINY = new NetworkShape(2, 64, 2, 256, 2_000);

    static NetworkShape named(String name) {
        return switch (name) {
            case "roberta-base" -> ROBERTA_BASE;
            case "distilroberta-base" -> DISTILROBERTA_BASE;
            case "tiny" -> TINY;
            default -> throw new IllegalArgumentException("no shape is called " + name);
        };
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
