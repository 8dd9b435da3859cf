package io.github.miaudit.likelihood;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class CancellationTest {

    @Test
    void whatIsInWorkIsWaitedForAndNothingMoreIsBegun() throws Exception {
        Cancellation cancellation = new Cancellation();
        Cancellation.Work first = cancellation.begin();
        Cancellation.Work second = cancellation.begin();
        assertFalse(cancellation.request(Duration.ofMillis(20)), "something is in work");
        assertThrows(ScoringCancelledException.class, cancellation::begin);
        CompletableFuture.runAsync(first::close).get(); // by another thread
        assertFalse(cancellation.request(Duration.ofMillis(20)), "something is in work still");
        second.close();
        assertTrue(cancellation.request(Duration.ofMinutes(1)));
        assertThrows(ScoringCancelledException.class, cancellation::begin);
    }
}
