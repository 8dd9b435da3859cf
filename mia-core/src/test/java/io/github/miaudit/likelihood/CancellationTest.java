package io.github.miaudit.likelihood;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class CancellationTest {

    @Test
    void whatIsInWorkIsWaitedForAndNothingMoreIsBegun() throws Exception {
        Cancellation cancellation = new Cancellation();
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch mayEnd = new CountDownLatch(1);
        CompletableFuture<String> work = CompletableFuture.supplyAsync(() -> cancellation.unlessRequested(() -> {
            begun.countDown();
            await(mayEnd);
            return "whole";
        }));
        begun.await();
        assertFalse(cancellation.request(Duration.ofMillis(20)), "something is in work");
        assertThrows(ScoringCancelledException.class, () -> cancellation.unlessRequested(() -> "more"));
        mayEnd.countDown();
        assertTrue(cancellation.request(Duration.ofMinutes(1)));
        assertEquals("whole", work.get());
        assertThrows(ScoringCancelledException.class, () -> cancellation.unlessRequested(() -> "more"));
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
