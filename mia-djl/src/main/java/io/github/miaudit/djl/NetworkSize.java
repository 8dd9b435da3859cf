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
        Arguments.requireAtLeast("layers", layers, 1);
        Arguments.requireAtLeast("heads", heads, 1);
        Arguments.requireAtLeast("feed-forward width", feedForwardWidth, 1);
        Arguments.requireAtLeast("maximum length", maximumLength, 3);
        if (width < 1 || width % heads != 0) {
            throw new IllegalArgumentException("width " + width + " is no positive multiple of " + heads + " heads");
        }
    }
}
