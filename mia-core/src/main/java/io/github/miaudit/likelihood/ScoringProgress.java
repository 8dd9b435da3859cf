package io.github.miaudit.likelihood;

import java.time.Duration;
import java.util.Optional;

/**
 * How far one call of a scorer has come.
 *
 * @param model     the model that scores
 * @param rowsDone  rows passed through the model so far
 * @param rowsTotal rows that the call takes
 * @param elapsed   since the first row
 */
public record ScoringProgress(ModelIdentity model, long rowsDone, long rowsTotal, Duration elapsed) {

    /**
     * The time still needed, if rows go on taking as long as those done.
     *
     * @return empty before the first row is done
     */
    public Optional<Duration> remaining() {
        return rowsDone == 0
                ? Optional.empty()
                : Optional.of(Duration.ofNanos((long) (elapsed.toNanos() / (double) rowsDone * (rowsTotal - rowsDone))));
    }
}
