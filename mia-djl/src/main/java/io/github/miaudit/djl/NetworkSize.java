package io.github.miaudit.djl;

/**
 * The size of a RoBERTa network to be trained.
 *
 * @param layers           encoder layers, at least 1
 * @param width            hidden size, a multiple of the number of heads
 * @param heads            attention heads a layer, at least 1
 * @param feedForwardWidth width between the two feed-forward matrices, at least 1
 * @param maximumLength    the longest sentence in tokens, special tokens included, at least 3
 */
public record NetworkSize(int layers, int width, int heads, int feedForwardWidth, int maximumLength) {

    /** Throws an {@link IllegalArgumentException} if a size is too small or the width is no multiple of the heads. */
    public NetworkSize {
        require("layers", layers, 1);
        require("heads", heads, 1);
        require("feed-forward width", feedForwardWidth, 1);
        require("maximum length", maximumLength, 3);
        if (width < 1 || width % heads != 0) {
            throw new IllegalArgumentException("width " + width + " is no positive multiple of " + heads + " heads");
        }
    }

    private static void require(String name, int value, int minimum) {
        if (value < minimum) {
            throw new IllegalArgumentException(name + " is " + value + "; it must be at least " + minimum);
        }
    }
}
