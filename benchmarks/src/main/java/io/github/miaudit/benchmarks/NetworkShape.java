package io.github.miaudit.benchmarks;

/** The kind and the sizes of a network: what its cost depends on. */
record NetworkShape(NetworkKind kind, int layers, int width, int heads, int feedForwardWidth, int vocabulary, int positions) {

    static final NetworkShape ROBERTA_BASE = new NetworkShape(NetworkKind.ROBERTA, 12, 768, 12, 3072, 50_265, 514);
    static final NetworkShape DISTILROBERTA_BASE = new NetworkShape(NetworkKind.ROBERTA, 6, 768, 12, 3072, 50_265, 514);
    /** For comparing kinds, and for long sentences. */
    static final NetworkShape SMALL = new NetworkShape(NetworkKind.ROBERTA, 4, 256, 4, 1024, 2_000, 4098);
    /** For what needs many sentences rather than much arithmetic. */
    static final NetworkShape TINY = new NetworkShape(NetworkKind.ROBERTA, 2, 64, 2, 256, 2_000, 514);

    static NetworkShape named(String name) {
        return switch (name) {
            case "roberta-base" -> ROBERTA_BASE;
            case "distilroberta-base" -> DISTILROBERTA_BASE;
            case "small" -> SMALL;
            case "tiny" -> TINY;
            default -> throw new IllegalArgumentException("no shape is called " + name);
        };
    }

    NetworkShape withKind(NetworkKind other) {
        return new NetworkShape(other, layers, width, heads, feedForwardWidth, vocabulary, positions);
    }

    /**
     * The floating-point operations that this library needs for a row, a multiplication and an addition counting as two: all
     * layers but the last at every token; in the last, keys and values at every token and the rest at the targets; the head
     * at the targets. Only matrix products are counted.
     */
    double operations(int length, int targets) {
        double square = (double) width * width;
        double feedForward = 4.0 * width * feedForwardWidth;
        double layer = length * (8 * square + feedForward) + kind.attention(length) * width;
        double lastLayer = length * 4 * square + targets * (4 * square + feedForward) + targets * kind.attentionOfOne(length) * width;
        double head = targets * (2 * square + 2.0 * width * vocabulary);
        return (layers - 1) * layer + lastLayer + head;
    }
}
