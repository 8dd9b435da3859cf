package io.github.miaudit.likelihood;

import java.time.Duration;
import java.util.Optional;

/**
 * How far one call of a scorer has come.
 *
 * @param model          the model that scores
 * @param sentencesDone  sentences scored so far
 * @param sentencesTotal sentences of the call
 * @param elapsed        since the call began
 */
public record ScoringProgress(ModelIdentity model, long sentencesDone, long sentencesTotal, Duration elapsed) {

    /** The time still needed, if sentences go on taking as long as those done; empty before the first sentence is done. */
    public Optional<Duration> remaining() {
        return sentencesDone == 0 ? Optional.empty()
                : Optional.of(Duration.ofNanos((long) (elapsed.toNanos() / (double) sentencesDone * (sentencesTotal - sentencesDone))));
    }
}
