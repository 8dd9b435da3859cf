package io.github.miaudit.djl;

import ai.djl.huggingface.tokenizers.jni.CharSpan;
import io.github.miaudit.likelihood.TokenSequence;

/**
 * The tokens of a text and, side by side among them, those that hold characters of a part of it.
 *
 * @param tokens of the whole text
 * @param from   the first token that holds a character of the part, or, if none does, the first behind it
 * @param to     the end, exclusive; {@code from} if no token holds a character of the part
 */
record PlacedTokens(TokenSequence tokens, int from, int to) {

    /** By where the tokens stand in the text and the part lies, all in code points. */
    static PlacedTokens of(TokenSequence tokens, CharSpan[] spans, int start, int end) {
        int from = -1;
        int to = -1;
        int behind = -1;
        int last = 0;
        for (int position : tokens.contentPositions()) {
            CharSpan span = spans[position];
            last = position + 1;
            if (span == null) {
                continue;
            }
            if (Math.max(span.getStart(), start) < Math.min(span.getEnd(), end)) {
                from = from < 0 ? position : from;
                to = position + 1;
            } else if (behind < 0 && span.getStart() >= end) {
                behind = position;
            }
        }
        if (from >= 0) {
            return new PlacedTokens(tokens, from, to);
        }
        int none = behind < 0 ? last : behind;
        return new PlacedTokens(tokens, none, none);
    }

    /** How many tokens hold characters of the part. */
    int count() {
        return to - from;
    }
}
