package io.github.miaudit.djl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class ReadAheadTest {

    @Property(tries = 200)
    void allAreUsedInOrderOnTheCallersThread(@ForAll @Size(max = 500) List<@IntRange(min = 0, max = 20_000) Integer> sizes) {
        Thread caller = Thread.currentThread();
        List<Integer> used = new ArrayList<>();
        ReadAhead.forEach(IntStream.range(0, sizes.size()).boxed().toList(), sizes::get, item -> 3 * item, result -> {
            assertEquals(caller, Thread.currentThread());
            used.add(result);
        });
        assertEquals(IntStream.range(0, sizes.size()).mapToObj(item -> 3 * item).toList(), used);
    }

    @Property(tries = 200)
    void itFailsAsOneAfterTheOtherWouldAndThenNothingIsAtWork(@ForAll @IntRange(min = 1, max = 400) int count,
            @ForAll @IntRange(min = 0, max = 399) int failing, @ForAll @IntRange(min = 0, max = 399) int unusable) {
        AtomicInteger atWork = new AtomicInteger();
        List<Integer> used = new ArrayList<>();
        Runnable run = () -> ReadAhead.forEach(IntStream.range(0, count).boxed().toList(), item -> 300, item -> {
            atWork.incrementAndGet();
            try {
                if (item >= failing) {
                    throw new IllegalStateException("item " + item);
                }
                return item;
            } finally {
                atWork.decrementAndGet();
            }
        }, result -> {
            if (result == unusable) {
                throw new IllegalArgumentException("use of " + result);
            }
            used.add(result);
        });
        if (Math.min(failing, unusable) >= count) {
            run.run();
            assertEquals(count, used.size());
        } else if (failing <= unusable) {
            assertEquals("item " + failing, assertThrows(IllegalStateException.class, run::run).getMessage());
        } else {
            assertEquals("use of " + unusable, assertThrows(IllegalArgumentException.class, run::run).getMessage());
        }
        assertEquals(IntStream.range(0, Math.min(count, Math.min(failing, unusable))).boxed().toList(), used);
        assertEquals(0, atWork.get());
    }

    @Test
    void noMoreThanSomeChunksAreAhead() {
        AtomicInteger prepared = new AtomicInteger();
        AtomicInteger used = new AtomicInteger();
        int most = 32 * (2 * Runtime.getRuntime().availableProcessors() + 1);
        ReadAhead.forEach(IntStream.range(0, 10_000).boxed().toList(), item -> 1, item -> prepared.incrementAndGet(), result -> {
            int ahead = prepared.get() - used.getAndIncrement();
            assertTrue(ahead <= most, ahead + " are prepared and not used");
        });
        assertEquals(10_000, used.get());
    }

    @Test
    void anInterruptedCallerStaysInterrupted() {
        List<Integer> used = new ArrayList<>();
        Thread.currentThread().interrupt();
        ReadAhead.forEach(List.of(1, 2, 3), item -> 1, item -> item, used::add);
        assertTrue(Thread.interrupted());
        assertEquals(List.of(1, 2, 3), used);
    }
}
