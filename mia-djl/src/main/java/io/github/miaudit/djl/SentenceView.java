package io.github.miaudit.djl;

import io.github.miaudit.likelihood.LengthPolicy;
import io.github.miaudit.likelihood.SequenceScore.Status;
import io.github.miaudit.likelihood.TokenSequence;
import java.util.List;

/**
 * What a model is shown of a sentence: the inputs, one after another (none if it is not scored), the tokens that are scored,
 * without padding, and what became of the sentence, if it has content.
 */
record SentenceView(List<LengthWindows.Window> windows, TokenSequence shown, Status status) {

    /** The view of most rules. */
    static SentenceView of(TokenSequence tokens, int maximum, LengthPolicy policy) {
        if (tokens.length() <= maximum) {
            return new SentenceView(List.of(LengthWindows.Window.whole(tokens)), tokens, Status.SCORED);
        }
        return switch (policy) {
            case WINDOW -> new SentenceView(LengthWindows.of(tokens, maximum), tokens, Status.WINDOWED);
            case TRUNCATE -> {
                TokenSequence cut = cut(tokens, maximum);
                yield new SentenceView(List.of(LengthWindows.Window.whole(cut)), cut, Status.TRUNCATED);
            }
            case REJECT -> new SentenceView(List.of(), tokens, Status.TOO_LONG);
        };
    }

    /** The view of a rule that wants every sentence cut or padded to one length. */
    static SentenceView padded(TokenSequence tokens, int length, int paddingId) {
        TokenSequence shown = tokens.length() > length ? cut(tokens, length) : tokens;
        return new SentenceView(List.of(LengthWindows.Window.whole(shown.padded(length, paddingId))), shown,
                shown == tokens ? Status.SCORED : Status.TRUNCATED);
    }

    private static TokenSequence cut(TokenSequence tokens, int maximum) {
        return tokens.window(0, maximum - (tokens.length() - tokens.contentCount()));
    }
}
