package io.github.miaudit.djl;

import io.github.miaudit.likelihood.TokenSequence;
import java.util.Arrays;
import java.util.List;

/**
 * A sentence to learn from, or a window of one that is longer than the model, with the positions that may be targets: the content,
 * where windows overlap each its half.
 */
record MaskableTokens(TokenSequence tokens, int[] maskable) {

    private static final double TARGET_SHARE = 0.15;

    /** The windows of a sentence that hold something to learn; none for a sentence without content. */
    static List<MaskableTokens> of(TokenSequence sentence, int maximumLength) {
        return LengthWindows.of(sentence, maximumLength).stream()
                .map(window -> new MaskableTokens(window.tokens(),
                        Arrays.stream(window.tokens().contentPositions()).filter(window::scores).toArray()))
                .filter(tokens -> tokens.maskable.length > 0).toList();
    }

    int length() {
        return tokens.length();
    }

    /** How many tokens are targets at a time, at least one. */
    int targetCount() {
        return (int) Math.max(1, Math.round(TARGET_SHARE * maskable.length));
    }
}
