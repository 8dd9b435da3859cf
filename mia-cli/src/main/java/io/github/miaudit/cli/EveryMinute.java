package io.github.miaudit.cli;

import java.time.Duration;
import java.util.function.LongSupplier;

/** Says when a minute has passed since it last said so, or since it was made. */
final class EveryMinute {

    private static final long MINUTE = Duration.ofMinutes(1).toNanos();

    private final LongSupplier nanoseconds;
    private long last;

    EveryMinute(LongSupplier nanoseconds) {
        this.nanoseconds = nanoseconds;
        this.last = nanoseconds.getAsLong();
    }

    boolean isOver() {
        long now = nanoseconds.getAsLong();
        if (now - last < MINUTE) {
            return false;
        }
        last = now;
        return true;
    }
}
