package io.github.miaudit.djl;

import io.github.miaudit.likelihood.TokenSequence;
import java.util.ArrayList;
import java.util.List;

/** Cuts a sentence that is longer than its model into windows; see {@link io.github.miaudit.likelihood.LengthPolicy#WINDOW}. */
final class LengthWindows {

    /** What the model sees at once, and which part of it counts: the positions that are scored from this window, the end exclusive. */
    record Window(TokenSequence tokens, int scoredFrom, int scoredTo) {

        static Window whole(TokenSequence tokens) {
            return new Window(tokens, 0, tokens.length());
        }

        boolean scores(int position) {
            return position >= scoredFrom && position < scoredTo;
        }
    }

    private LengthWindows() {
    }

    /**
     * Windows of a sentence for an input of so many tokens, special ones included: of equal length, spread evenly, at most half a
     * window apart; where two overlap, each scores its half of the overlap.
     */
    static List<Window> of(TokenSequence tokens, int maximum) {
        int content = tokens.contentCount();
        int width = maximum - (tokens.length() - content);
        if (content <= width) {
            return List.of(Window.whole(tokens));
        }
        int steps = (content - width + Math.max(1, width / 2) - 1) / Math.max(1, width / 2);
        List<Window> windows = new ArrayList<>();
        int scored = 0;
        for (int step = 0; step <= steps; step++) {
            int begin = begin(content - width, step, steps);
            int next = step == steps ? content : (begin(content - width, step + 1, steps) + begin + width) / 2;
            TokenSequence window = tokens.window(begin, begin + width);
            int[] positions = window.contentPositions();
            windows.add(new Window(window, positions[scored - begin], positions[next - 1 - begin] + 1));
            scored = next;
        }
        return windows;
    }

    private static int begin(int slack, int step, int steps) {
        return (int) Math.round((double) slack * step / steps);
    }
}
